using NodaTime.Testing;
using Regard.Access;
using Regard.Demo;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>The demo shop in a database, and runs over all customers done to their end.</summary>
internal static class Computing
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 9, 0);

    public static async Task<TestDatabase> DemoAsync(string engine)
    {
        var data = await TestDatabase.MakeAsync(engine);
        await new DemoLoader(data.Database, new FakeClock(Now), (_, _) => { }).LoadAsync(DemoShop.DefaultSeed, TestContext.Current.CancellationToken);
        return data;
    }

    /// <summary>Asks for a run and does it; answers how it ended.</summary>
    public static async Task<InsightRun> RunAsync(this Database database, string kind, Instant now)
    {
        var id = Ids.New(now);
        await using (var work = await database.WriteAsync(TestContext.Current.CancellationToken))
        {
            (await new InsightRunStore(work).AskAsync(id, kind, Actor.System("test"), now)).ShouldBeTrue();
            await work.CommitAsync();
        }
        while (await InsightJob.OnceAsync(database, new FakeClock(now), "test", TestContext.Current.CancellationToken)) continue;
        await using var read = await database.ReadAsync(TestContext.Current.CancellationToken);
        return (await new InsightRunStore(read).FindAsync(id))!;
    }

    public static async Task<List<FindingRow>> FindingsAsync(this TestDatabase data, string kind)
    {
        await using var work = await data.ReadAsync();
        return await new FindingStore(work).OfKindAsync(kind);
    }
}

/// <summary>How many weeks of sale still wait to be counted.</summary>
internal sealed class SaleNewsCount(UnitOfWork work)
{
    public Task<long> CountAsync() => work.ScalarAsync<long>("select count(*) from sale_news");
}
