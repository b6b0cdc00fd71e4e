using Regard.Kit;
using Regard.Storage;

namespace Regard.Changes;

public sealed class PlanMakingTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C2")]
    public async Task the_most_affected_stand_first_with_every_component_from_their_own_orders(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        var (heavy, light) = (await shop.BuyerAsync("Heavy", 20), await shop.BuyerAsync("Light", 2, months: 4, others: 2));
        await shop.BuyerAsync("Euro", 50, currency: "EUR");
        var (plan, rows) = await shop.SeeAsync(await shop.PlanAsync(await shop.RegisterAsync(ChangeShop.Dearer()), 600));
        rows.Select(row => row.CustomerId).ShouldBe([heavy, light]);
        rows[0].SpendMinor.ShouldBe(120_000);
        rows[0].ExtraCostMinor.ShouldBe(9_600);
        rows[0].Read().Components.ShareOfSpend.ShouldBe(1);
        rows[0].Read().Components.MonthsBought.ShouldBe(12);
        rows[1].Read().Components.ShareOfSpend.ShouldBe(0.5);
        rows[1].Read().Components.IsScaled.ShouldBeTrue();
        rows[1].AffectedSpendMinor.ShouldBe(12_000);
        plan.State.ShouldBe("draft");
        plan.Read().Affected.ShouldBe(2);
        plan.Read().ExpectedLossMinor.ShouldBe(rows.Sum(row => row.ExpectedLossMinor));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C3")]
    public async Task whose_silence_was_unusual_before_the_change_is_more_at_risk_and_the_plan_says_so(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        var (silent, usual, later) = (await shop.BuyerAsync("Silent", 20), await shop.BuyerAsync("Usual", 20), await shop.BuyerAsync("Later", 20));
        await using (var work = await data.WriteAsync())
        {
            await ScoreAsync(work, silent, ChangeShop.Now - Duration.FromDays(40));
            await ScoreAsync(work, usual, null);
            await ScoreAsync(work, later, ChangeShop.Now + Duration.FromDays(40));
            await work.CommitAsync();
        }
        var (_, rows) = await shop.SeeAsync(await shop.PlanAsync(await shop.RegisterAsync(ChangeShop.Dearer()), 600));
        rows[0].CustomerId.ShouldBe(silent);
        rows.Where(row => row.Read().Components.IsSilent).ShouldHaveSingleItem();
        rows[0].ChanceOfLeaving.ShouldBe(StatedPrior.WhenSilent(rows[1].ChanceOfLeaving), 1e-9);
        rows[1].ChanceOfLeaving.ShouldBe(rows[2].ChanceOfLeaving);
    }

    private static Task<int> ScoreAsync(UnitOfWork work, Guid customerId, Instant? unusualAt) => work.ExecuteAsync(
        """
        insert into loyalty_score (customer_id, model_id, first_at, last_at, purchases, currency, spend_minor, chance_alive, chance_of_silence, expected, value_minor, year_minor, unusual_at, seen_orders, seen_version, computed_at)
        values (@customerId, @model, @at, @at, 2, 'GBP', 1, 0.5, 0.5, 1, 1, 1, @unusualAt, 1, 1, @at)
        """,
        new { customerId, model = Ids.New(ChangeShop.Now), at = ChangeShop.Now, unusualAt });

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C4")]
    public async Task the_minutes_go_where_they_prevent_most_and_everybody_gets_a_notice(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        var (a, b, c) = (await shop.BuyerAsync("Anna", 30), await shop.BuyerAsync("Ben", 20), await shop.BuyerAsync("Cleo", 10));
        var planId = await shop.PlanAsync(await shop.RegisterAsync(ChangeShop.Dearer()), 20, id => id == b ? PersonalMeans.Mail : PersonalMeans.Call);
        var (plan, rows) = await shop.SeeAsync(planId);
        rows.Single(r => r.CustomerId == a).WantedChannel.ShouldBe("phone");
        rows.Single(r => r.CustomerId == b).WantedChannel.ShouldBe("email");
        rows.Single(r => r.CustomerId == c).WantedChannel.ShouldBeNull();
        plan.Read().MinutesUsed.ShouldBe(17);
        plan.Read().UpperBoundMinor.ShouldBeGreaterThanOrEqualTo(plan.Read().PreventedMinor);
        await using var work = await data.ReadAsync();
        var notices = await work.ListAsync<Guid>("select customer_id from plan_step where plan_id = @planId and step = 'notice' order by customer_id", new { planId });
        notices.Order().ShouldBe(new[] { a, c }.Order(), "the personal mail is Ben's notice");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C2")]
    public async Task a_discontinued_product_touches_buyers_in_every_currency_but_losses_are_compared_in_one(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        await shop.BuyerAsync("Pound", 2);
        await shop.BuyerAsync("Sterling", 3);
        await shop.BuyerAsync("Euro", 50, currency: "EUR");
        var (plan, rows) = await shop.SeeAsync(await shop.PlanAsync(await shop.RegisterAsync(ChangeShop.NoMore()), 600));
        rows.Count.ShouldBe(3);
        rows.ShouldAllBe(row => row.Read().Components.Replacement == Replacement.None);
        plan.Currency.ShouldBe("GBP");
        plan.Read().InOtherCurrencies.ShouldBe(1);
        rows.Single(row => row.Currency == "EUR").WantedChannel.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C2")]
    public async Task more_customers_than_one_block_are_all_measured_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        const int many = (2 * HistoryStore.Block) + 7;
        await using (var work = await data.WriteAsync())
        {
            foreach (var id in Enumerable.Range(0, many).Select(n => Ids.Of(ChangeShop.Now, "many", $"{n}")))
            {
                await work.ExecuteAsync("insert into customer (customer_id, kind, name, source, created_at, updated_at) values (@id, 'person', 'Many', 'test', @now, @now)", new { id, now = ChangeShop.Now });
                await work.ExecuteAsync(
                    "insert into product_month (customer_id, product_id, month, currency, orders, quantity, spend_minor, returned_quantity, returned_minor) values (@id, @Mug, 202605, 'GBP', 1, 2, 1000, 0, 0)",
                    new { id, shop.Mug });
                await work.ExecuteAsync("insert into order_month (customer_id, month, currency, orders, spend_minor, returned_minor) values (@id, 202605, 'GBP', 1, 3000, 0)", new { id });
            }
            await work.CommitAsync();
        }
        var (plan, rows) = await shop.SeeAsync(await shop.PlanAsync(await shop.RegisterAsync(ChangeShop.Dearer()), 60));
        plan.Read().Affected.ShouldBe(many);
        plan.Read().MinutesUsed.ShouldBe(60);
        rows.Count.ShouldBe(100);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C2")]
    public async Task the_impact_table_is_sorted_filtered_and_paged_without_losing_a_row(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        foreach (var n in Enumerable.Range(1, 7)) await shop.BuyerAsync($"Buyer{n % 3}{(char)('a' + n)}", 1 + (n % 3), months: 6, others: n % 2);
        var planId = await shop.PlanAsync(await shop.RegisterAsync(ChangeShop.Dearer()), 60);
        await using var work = await data.ReadAsync();
        var store = new ImpactStore(work);
        foreach (var sort in new[] { "loss", "extra", "affected", "spend", "chance" })
        {
            foreach (var ascending in new[] { true, false })
            {
                var query = new ImpactQuery { Sort = sort, IsAscending = ascending };
                var seen = new List<ImpactRow>();
                while (await store.PageAsync(planId, query, 3) is { Count: > 0 } page)
                {
                    seen.AddRange(page);
                    query = query with { After = (query.Key(page[^1]), page[^1].CustomerId) };
                }
                seen.Select(row => row.CustomerId).Distinct().Count().ShouldBe(7, $"{sort} {ascending}");
                seen.Count.ShouldBe(7);
            }
        }
        (await store.PageAsync(planId, new ImpactQuery { Text = "buyer0" }, 10)).ShouldAllBe(row => row.Name.StartsWith("Buyer0"));
        (await store.PageAsync(planId, new ImpactQuery { Text = "100%_\\" }, 10)).ShouldBeEmpty();
        (await store.PageAsync(planId, new ImpactQuery { Show = "personal" }, 10)).Count.ShouldBe(5);
        (await store.PageAsync(planId, new ImpactQuery { Show = "notice" }, 10)).Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C2")]
    public async Task records_that_end_long_ago_are_measured_at_their_end(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        await shop.BuyerAsync("Anna", 3);
        await using var work = await data.ReadAsync();
        (await HistoryStore.AsOfAsync(work, new(2026, 11, 1))).ShouldBe(new(2026, 11, 1));
        (await HistoryStore.AsOfAsync(work, new(2031, 1, 1))).ShouldBe(new(2026, 10, 11));
    }
}
