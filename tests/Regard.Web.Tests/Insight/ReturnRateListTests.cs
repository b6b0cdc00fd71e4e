using Regard.Access;
using Regard.Kit;

namespace Regard.Insight;

/// <summary>The list of what comes back can be read to its end.</summary>
[Trait("req", "M11")]
public sealed class ReturnRateListTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 1, 9, 0);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task each_part_of_it_begins_where_the_one_before_ended_in_every_order(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(Now);
        var shop = await PatternShop.OpenAsync(server.Data);
        await shop.SellAsync(Now - Duration.FromDays(100), 40, back: 10);
        await shop.SellOthersAsync(Now - Duration.FromDays(100), 30, 6, back: 1);
        await server.Data.Database.RunAsync(ReturnsWork.Kind, Now);
        using var agent = await server.SignInAsync(Role.Agent);
        await using var work = await server.Data.ReadAsync();
        foreach (var order in Enum.GetValues<ReturnRateOrder>())
        {
            var query = new ReturnRateQuery { Sort = Words.Of(order) };
            var whole = await new ReturnRateStore(work).PageAsync(query, 100);
            whole.Count.ShouldBe(31);
            var parts = new List<ReturnRateRow>();
            for (var part = await new ReturnRateStore(work).PageAsync(query, 7); part.Count > 0; part = await new ReturnRateStore(work).PageAsync(query.Beyond(part[^1]), 7))
                parts.AddRange(part);
            parts.Select(row => row.Thing).ShouldBe(whole.Select(row => row.Thing), order.ToString());
            (await agent.GetStringAsync(query.Beyond(whole[24]).Href)).ShouldContain(whole[25].Name);
        }
    }
}
