using Regard.Access;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Customers;

[Trait("req", "M1"), Trait("req", "L1")]
public sealed class SearchStoreTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 9, 0);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task customers_are_found_by_the_beginning_and_with_small_slips(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        await FillAsync(work);
        await FindsAsync(work, "Schmidt", "Anna Schmidt", "Jörg Schmidt", "Anna Lena Schmidtke");
        await FindsAsync(work, "ann schm", "Anna Schmidt", "Anna Lena Schmidtke");
        await FindsAsync(work, "schmidt anna", "Anna Schmidt", "Anna Lena Schmidtke");
        await FindsAsync(work, "Shmidt", "Anna Schmidt", "Jörg Schmidt");
        await FindsAsync(work, "Schmitd", "Anna Schmidt", "Jörg Schmidt");
        await FindsAsync(work, "joerg schmidd", "Jörg Schmidt");
        await FindsAsync(work, "ana shmidt", "Anna Schmidt");
        await FindsAsync(work, "mueller", "Müller & Söhne GmbH");
        await FindsAsync(work, "MÜLLER SOHNE", "Müller & Söhne GmbH");
        await FindsAsync(work, "obrian", "Pat O'Brien");
        await FindsAsync(work, "papadopoulos");
        await FindsAsync(work, "Παπαδόπουλος", "Νίκος Παπαδόπουλος");
        await FindsAsync(work, "王", "王小明");
        await FindsAsync(work, "100%_");
        await FindsAsync(work, "  ");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task customers_are_found_by_address_card_and_numbers_however_they_are_typed(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        await FillAsync(work);
        await FindsAsync(work, "anna.schmidt@example.com", "Anna Schmidt");
        await FindsAsync(work, "ANNA.SCH", "Anna Schmidt", "Anna Lena Schmidtke");
        await FindsAsync(work, "ana.shmidt@example.com", "Anna Schmidt");
        await FindsAsync(work, "+49 171 2345678", "Anna Schmidt");
        await FindsAsync(work, "0171 234", "Anna Schmidt");
        await FindsAsync(work, "0049171", "Anna Schmidt");
        await FindsAsync(work, "tag 100-7", "Jörg Schmidt");
        await FindsAsync(work, "tag10", "Jörg Schmidt");
        await FindsAsync(work, "crm:A77", "Pat O'Brien");
        await FindsAsync(work, "a77", "Pat O'Brien");
        var holder = (await new CustomerStore(work).ResolveAsync(IdentityKind.External, "crm:A77"))!.Value;
        await work.ExecuteAsync("insert into order_lookup (number, source, kind, customer_id, order_id) values ('R-536365', 'shop', 'order', @holder, @order)", new { holder, order = Ids.New(Now) });
        (await new SearchStore(work).FindAsync("R-5363", 0, 20)).ShouldHaveSingleItem().FoundBy.ShouldBe(FoundBy.Order);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_new_name_is_found_at_once_and_the_old_one_no_more(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        await FillAsync(work);
        var profiles = new ProfileStore(work);
        var hit = (await new SearchStore(work).FindAsync("obrien", 0, 20)).ShouldHaveSingleItem();
        var profile = (await profiles.BareAsync(hit.CustomerId))!;
        (await profiles.UpdateAsync(profile with { Name = "Pat Zimmermann", GivenName = null, FamilyName = null }, Now)).ShouldBeTrue();
        (await profiles.UpdateAsync(profile with { Name = "Too Late" }, Now)).ShouldBeFalse();
        await new TermStore(work).WriteAsync(hit.CustomerId);
        await FindsAsync(work, "obrien");
        await FindsAsync(work, "zimmerman", "Pat Zimmermann");
        await FindsAsync(work, "zimermann", "Pat Zimmermann");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task pages_of_hits_and_of_the_whole_list_follow_each_other(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        for (var i = 0; i < 45; i++)
            await new CustomerStore(work).RecordAsync(new CustomerDraft { Name = $"Berta Nr{i:00}", Source = "test" }, Actor.System("test"), Now);
        var store = new SearchStore(work);
        var hits = new List<CustomerSummary>();
        for (var skip = 0; skip < 60; skip += 20) hits.AddRange(await store.FindAsync("berta", skip, 20));
        hits.Select(h => h.Name).ShouldBe(Enumerable.Range(0, 45).Select(i => $"Berta Nr{i:00}"));
        var first = await store.ListAsync(null, 30);
        var rest = await store.ListAsync(first[^1].CustomerId, 30);
        first.Concat(rest).Select(c => c.Name).ShouldBe(Enumerable.Range(0, 45).Select(i => $"Berta Nr{i:00}"));
    }

    private static async Task FindsAsync(UnitOfWork work, string query, params string[] names) =>
        (await new SearchStore(work).FindAsync(query, 0, 20)).Select(h => h.Name).ShouldBe(names, query);

    private static async Task FillAsync(UnitOfWork work)
    {
        CustomerDraft[] drafts =
        [
            new() { Source = "t", GivenName = "Anna", FamilyName = "Schmidt", Country = "DE", Identities = [IdentityDraft.Email("anna.schmidt@example.com"), IdentityDraft.Phone("0171 2345678")] },
            new() { Source = "t", GivenName = "Jörg", FamilyName = "Schmidt", Identities = [IdentityDraft.Card("TAG 100 7")] },
            new() { Source = "t", Name = "Anna Lena Schmidtke" },
            new() { Source = "t", Name = "Müller & Söhne GmbH", Kind = CustomerKind.Account },
            new() { Source = "t", Name = "Pat O'Brien", Identities = [IdentityDraft.External("crm", "A77")] },
            new() { Source = "t", Name = "Νίκος Παπαδόπουλος" },
            new() { Source = "t", Name = "王小明" },
        ];
        foreach (var draft in drafts) await new CustomerStore(work).RecordAsync(draft, Actor.System("test"), Now);
    }
}
