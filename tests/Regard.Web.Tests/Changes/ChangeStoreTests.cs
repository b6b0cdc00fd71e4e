using Regard.Kit;

namespace Regard.Changes;

[Trait("req", "C1")]
public sealed class ChangeStoreTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_change_is_kept_as_it_was_registered(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        var change = await shop.RegisterAsync(ChangeShop.Dearer());
        change.Reason.ShouldBe("Clay costs more.");
        change.Currency.ShouldBe("GBP");
        change.Products.Single().OldPriceMinor.ShouldBe(500);
        change.Products.Single().NewPriceMinor.ShouldBe(540);
        (await shop.RegisterAsync(ChangeShop.NoMore("LAMP"))).Products.Single().ReplacementName.ShouldBe("Lamp");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_same_change_told_twice_is_registered_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        var first = await shop.RegisterAsync(ChangeShop.Dearer() with { SourceId = "erp-7" });
        (await shop.RegisterAsync(ChangeShop.Dearer(9) with { SourceId = "erp-7" })).Id.ShouldBe(first.Id);
        await using var work = await data.ReadAsync();
        (await new ChangeStore(work).ListAsync(null, null, 10)).Count.ShouldBe(1);
        (await new ChangeStore(work).FindAsync(first.Id))!.Products.Single().NewPriceMinor.ShouldBe(540);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task what_cannot_be_understood_is_named(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await ChangeShop.OpenAsync(data);
        await using var work = await data.ReadAsync();
        async Task<string> Problems(ChangeInput input) => string.Join(" ", (await ChangeIntake.ReadAsync(new ChangeProductStore(work), input, ChangeShop.Now)).Problems.Select(p => p.Text));
        (await Problems(ChangeShop.Dearer() with { Products = [new() { Sku = "CUP" }] })).ShouldBe("No product has the number 'CUP'.");
        (await Problems(ChangeShop.Dearer() with { Currency = "EUR" })).ShouldBe("MUG has no price in EUR: register one change for each currency.");
        (await Problems(ChangeShop.Dearer() with { Percent = null })).ShouldContain("or a percentage");
        (await Problems(ChangeShop.NoMore("CUP"))).ShouldContain("replacement of MUG");
        (await Problems(ChangeShop.NoMore("MUG"))).ShouldContain("discontinued by the same change");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task changes_are_listed_a_page_at_a_time_and_by_state(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        var all = new List<Change>();
        foreach (var n in Enumerable.Range(0, 5)) all.Add(await shop.RegisterAsync(ChangeShop.Dearer() with { EffectiveOn = new LocalDate(2027, 1, 4).PlusDays(n / 2) }));
        await using (var write = await data.WriteAsync())
        {
            (await new ChangeStore(write).WithdrawAsync(all[0].Id)).ShouldBeTrue();
            (await new ChangeStore(write).WithdrawAsync(all[0].Id)).ShouldBeFalse();
            await write.CommitAsync();
        }
        await using var work = await data.ReadAsync();
        var store = new ChangeStore(work);
        var first = await store.ListAsync(null, null, 3);
        var rest = await store.ListAsync(null, (first[^1].EffectiveOn, first[^1].ChangeId), 3);
        first.Concat(rest).Select(row => row.ChangeId).ShouldBe(all.OrderByDescending(c => c.EffectiveOn).ThenBy(c => c.Id.ToString(), StringComparer.Ordinal).Select(c => c.Id));
        (await store.ListAsync(ChangeState.Withdrawn, null, 3)).Single().ChangeId.ShouldBe(all[0].Id);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task products_are_found_by_number_by_name_and_by_what_they_bring(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        await shop.BuyerAsync("Anna", 2, others: 1);
        await using var work = await data.ReadAsync();
        var store = new ChangeProductStore(work);
        (await store.SearchAsync("mu", ChangeShop.Now)).Single().Prices.Single().ShouldBe(new Money(500, "GBP"));
        (await store.SearchAsync("%", ChangeShop.Now)).ShouldBeEmpty();
        (await store.BestsellersAsync(2, new(2026, 11, 20), ChangeShop.Now)).Select(p => p.Sku).ShouldBe(["MUG", "VASE"]);
    }
}
