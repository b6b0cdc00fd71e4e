using NodaTime.Testing;
using Regard.Access;
using Regard.Demo;
using Regard.Kit;

namespace Regard.Insight;

/// <summary>Asks for a run and does it as a node would.</summary>
internal static class InsightKit
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 9, 0);

    /// <summary>A database with the demo shop of <see cref="Now"/>.</summary>
    public static async Task<TestDatabase> DemoAsync(string engine)
    {
        var data = await TestDatabase.MakeAsync(engine);
        await new DemoLoader(data.Database, new FakeClock(Now), (_, _) => { }).LoadAsync(DemoShop.DefaultSeed, default);
        return data;
    }

    /// <summary>A run from being asked for to its end.</summary>
    public static async Task<InsightRun> RunAsync(this TestDatabase data, Instant now, Actor? by = null, string kind = "loyalty")
    {
        var id = await data.AskAsync(now, by, kind);
        await data.WorkAsync(now);
        return await data.RunAsync(id);
    }

    public static async Task<Guid> AskAsync(this TestDatabase data, Instant now, Actor? by = null, string kind = "loyalty")
    {
        var id = Ids.New(now);
        await using var work = await data.WriteAsync();
        (await new InsightRunStore(work).AskAsync(id, kind, by ?? Actor.System("nightly"), now)).ShouldBeTrue();
        await work.CommitAsync();
        return id;
    }

    /// <summary>What one node does until there is nothing left for it.</summary>
    public static async Task WorkAsync(this TestDatabase data, Instant now, string holder = "one", CancellationToken stop = default)
    {
        while (await InsightJob.OnceAsync(data.Database, new FakeClock(now), holder, stop)) await Task.Yield();
    }

    public static async Task<InsightRun> RunAsync(this TestDatabase data, Guid id)
    {
        await using var read = await data.ReadAsync();
        return (await new InsightRunStore(read).FindAsync(id))!;
    }

    public static async Task<LoyaltyModel> ModelAsync(this TestDatabase data)
    {
        await using var read = await data.ReadAsync();
        return (await new LoyaltyModelStore(read).CurrentAsync())!;
    }

    public static async Task<List<StoredScore>> ScoresAsync(this TestDatabase data)
    {
        await using var read = await data.ReadAsync();
        return await new LoyaltyScoreStore(read).PageAsync(Guid.Empty, 1_000_000);
    }
}
