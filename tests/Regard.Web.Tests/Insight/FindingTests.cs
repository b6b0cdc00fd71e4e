using System.Net;
using Regard.Access;
using Regard.Customers;
using Regard.Kit;
using Regard.Orders;
using Regard.Outreach;

namespace Regard.Insight;

/// <summary>A finding is followed by its owner until surveillance says that it is gone, and is back when it comes back.</summary>
[Trait("req", "M11")]
public sealed class FindingTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 1, 9, 0);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "V7")]
    public async Task it_goes_from_hand_to_hand_until_sales_since_the_fix_say_that_it_is_gone_and_comes_back_with_them(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(Now);
        var shop = await PatternShop.OpenAsync(server.Data);
        await shop.SellAsync(Now - Duration.FromDays(100), 80, back: 30);
        await shop.SellOthersAsync(Now - Duration.FromDays(100), 20, 60, back: 2);
        (await server.Data.Database.RunAsync(ReturnsWork.Kind, Now)).State.ShouldBe(InsightState.Finished);
        var found = (await server.Data.FindingsAsync(ReturnsWork.Kind)).ShouldHaveSingleItem();
        (found.State, found.OwnerId).ShouldBe((FindingState.Open, null));

        using var agent = await server.SignInAsync(Role.Agent);
        (await agent.GetStringAsync("/today")).ShouldContain(found.Href);
        server.Clock.AdvanceMinutes(1);
        (await agent.PostFormAsync(found.Href, ("press", "take"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await Only(server.Data)).ShouldSatisfyAllConditions(f => f.State.ShouldBe(FindingState.Assigned), f => f.OwnerId.ShouldBe(agent.Actor!.Id));
        // Without a word about what was done, nothing is believed.
        await agent.PostFormAsync(found.Href, ("press", "fixed"), ("fixed_on", "2026-06-01"));
        (await Only(server.Data)).State.ShouldBe(FindingState.Assigned);
        server.Clock.AdvanceMinutes(1);
        await agent.PostFormAsync(found.Href, ("press", "fixed"), ("fixed_on", "2026-06-01"), ("words", "The supplier glues the handle now"));
        (await Only(server.Data)).State.ShouldBe(FindingState.CauseFixed);
        (await agent.GetStringAsync("/today")).ShouldNotContain(found.Href);

        await shop.SellAsync(Now + Duration.FromDays(8), 10, back: 0);
        await server.Data.Database.RunAsync(ReturnsWork.Kind, Now + Duration.FromDays(60));
        (await Only(server.Data)).State.ShouldBe(FindingState.Watched);
        await shop.SellAsync(Now + Duration.FromDays(70), 120, back: 3);
        await server.Data.Database.RunAsync(ReturnsWork.Kind, Now + Duration.FromDays(120));
        (await Only(server.Data)).State.ShouldBe(FindingState.Gone);
        await shop.SellAsync(Now + Duration.FromDays(130), 60, back: 30);
        await server.Data.Database.RunAsync(ReturnsWork.Kind, Now + Duration.FromDays(190));
        var back = await Only(server.Data);
        (back.State, back.OwnerId).ShouldBe((FindingState.Recurred, agent.Actor!.Id));
        (await agent.GetStringAsync("/today")).ShouldContain("It came back");
        await using var read = await server.Data.ReadAsync();
        (await new FindingStore(read).HistoryAsync(found.FindingId)).Select(e => e.What).Reverse().ShouldBe(["found", "given", "cause_fixed", "watched", "gone", "recurred"]);
        (await ReturnCountStore.CheckAsync(read)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task only_weeks_with_news_are_counted_and_looking_twice_changes_nothing(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await PatternShop.OpenAsync(data);
        await shop.SellAsync(Now - Duration.FromDays(100), 30, back: 5);
        await data.Database.RunAsync(ReturnsWork.Kind, Now);
        await shop.SellAsync(Now - Duration.FromDays(40), 5, back: 0);
        await using (var work = await data.ReadAsync())
        {
            (await new ReturnCountStore(work).NewsAsync()).ShouldBe([Week.Of(Now - Duration.FromDays(40))]);
            // What waits to be counted is no difference.
            (await ReturnCountStore.CheckAsync(work)).ShouldBeEmpty();
        }
        await data.Database.RunAsync(ReturnsWork.Kind, Now);
        var before = await CellsAsync(data);
        await data.Database.RunAsync(ReturnsWork.Kind, Now);
        (await CellsAsync(data)).ShouldBe(before);
        before.Count.ShouldBe(2);
        await using (var work = await data.WriteAsync())
        {
            await work.ExecuteAsync("update return_cell set returned = returned + 1 where week = @week", new { week = Week.Of(Now - Duration.FromDays(100)) });
            (await ReturnCountStore.CheckAsync(work)).ShouldHaveSingleItem();
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_customer_who_moves_merges_or_is_erased_takes_their_purchases_along(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await PatternShop.OpenAsync(data);
        await shop.SellAsync(Now - Duration.FromDays(100), 6, back: 2);
        await data.Database.RunAsync(ReturnsWork.Kind, Now);
        await using (var work = await data.WriteAsync())
        {
            var customer = (await new ProfileStore(work).BareAsync(shop.Customer))!;
            (await new ProfileStore(work).UpdateAsync(customer with { Country = "FR" }, Now)).ShouldBeTrue();
            await work.CommitAsync();
        }
        await data.Database.RunAsync(ReturnsWork.Kind, Now);
        (await CellsAsync(data)).ShouldAllBe(cell => cell.Contains("FR"));
        await using (var work = await data.WriteAsync())
        {
            (await new EraseStore(work).EraseAsync(shop.Customer, Now)).ShouldBeTrue();
            await work.CommitAsync();
        }
        await data.Database.RunAsync(ReturnsWork.Kind, Now);
        (await CellsAsync(data)).ShouldAllBe(cell => !cell.Contains("FR"));
        await using var read = await data.ReadAsync();
        (await read.ScalarAsync<long>("select count(*) from return_reason where reason <> ''")).ShouldBe(0);
        (await ReturnCountStore.CheckAsync(read)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task pages_rows_files_and_the_api_say_the_same(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(Now);
        using var manager = await server.SignInAsync(Role.Manager);
        (await manager.GetStringAsync("/insight/returns")).ShouldContain("Nothing was looked at yet");
        (await manager.GetStringAsync("/insight/parity")).ShouldContain("Nothing was compared yet");
        var shop = await PatternShop.OpenAsync(server.Data);
        await shop.SellAsync(Now - Duration.FromDays(100), 80, back: 30);
        await shop.SellOthersAsync(Now - Duration.FromDays(100), 20, 60, back: 2);
        await server.Data.Database.RunAsync(ReturnsWork.Kind, Now);
        await server.Data.Database.RunAsync(ParityWork.Kind, Now);
        var found = await Only(server.Data);
        var page = await manager.GetStringAsync("/insight/returns");
        page.ShouldContain(found.Href);
        page.ShouldContain("stands out");
        var lines = "/insight/returns/lines?thing=" + Uri.EscapeDataString(found.Subject);
        (await manager.GetStringAsync(lines)).ShouldContain("handle came loose");
        (await manager.GetStringAsync(lines.Replace("lines?", "lines.csv?", StringComparison.Ordinal))).Trim().Split('\n').Length.ShouldBe(31);
        (await manager.GetStringAsync(lines.Replace("lines?", "lines.csv?show=sold&", StringComparison.Ordinal))).Trim().Split('\n').Length.ShouldBe(81);
        (await manager.GetStringAsync("/insight/returns.csv?by=product")).Trim().Split('\n').Length.ShouldBe(22);
        (await manager.GetStringAsync("/insight/findings.csv?show=work")).Trim().Split('\n').Length.ShouldBe(2);
        (await manager.GetStringAsync(found.Href)).ShouldContain("Give it to");
        using var api = await server.WithKeyAsync(Right.InsightRead);
        (await api.GetStringAsync("/api/v1/insight/findings?kind=returns&limit=1")).ShouldContain("handle came loose");
        (await api.GetStringAsync("/api/v1/insight/returns?by=batch")).ShouldContain("B-1");
        (await api.GetStringAsync("/api/v1/insight/parity")).ShouldContain("items");
        (await api.GetAsync("/api/v1/insight/findings?state=lost")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<FindingRow> Only(TestDatabase data) => (await data.FindingsAsync(ReturnsWork.Kind)).ShouldHaveSingleItem();

    private static async Task<List<string>> CellsAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        return await work.ListAsync<string>("select week || ' ' || country || ' ' || sold || ' ' || returned || ' ' || returned_minor from return_cell order by week, country");
    }
}
