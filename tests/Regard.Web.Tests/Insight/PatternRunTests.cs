using NodaTime.Testing;
using Regard.Kit;

namespace Regard.Insight;

/// <summary>Runs that look for patterns, when their node dies or somebody stops them.</summary>
[Trait("req", "M11")]
public sealed class PatternRunTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 6, 1, 9, 0);

    public static TheoryData<string, string> KindsAndEngines { get; } = new(from kind in new[] { ReturnsWork.Kind, ParityWork.Kind } from row in Engines.All select (kind, (string)row));

    [Theory, MemberData(nameof(KindsAndEngines))]
    public async Task what_a_dead_node_left_is_taken_over_when_its_time_is_over_and_nothing_is_found_twice(string kind, string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await FillAsync(data);
        var id = await data.AskAsync(Now, kind: kind);
        var dead = await TakeAsync(data, id, "dead");
        // It wrote down all that it found, and died before it could say so.
        await InsightWork.Of(kind)!.PrepareAsync(dead);
        var found = (await data.FindingsAsync(kind)).Count;
        await data.WorkAsync(Now + Duration.FromMinutes(1), "alive");
        (await data.RunAsync(id)).State.ShouldBe(InsightState.Preparing);
        await data.WorkAsync(Now + Duration.FromMinutes(3), "alive");
        (await data.RunAsync(id)).State.ShouldBe(InsightState.Finished);
        (await data.FindingsAsync(kind)).Count.ShouldBe(found);
        found.ShouldBe(kind == ReturnsWork.Kind ? 1 : 0);
    }

    [Theory, MemberData(nameof(KindsAndEngines))]
    public async Task a_cancelled_run_ends_and_its_node_stops_writing(string kind, string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await FillAsync(data);
        var id = await data.AskAsync(Now, kind: kind);
        var hand = await TakeAsync(data, id, "one");
        await using (var work = await data.WriteAsync())
        {
            (await new InsightRunStore(work).EndAsync(id, InsightState.Cancelled, "Stopped.", Now)).ShouldBeTrue();
            await work.CommitAsync();
        }
        await Should.ThrowAsync<RunLostException>(() => InsightWork.Of(kind)!.PrepareAsync(hand));
        (await data.FindingsAsync(kind)).ShouldBeEmpty();
        await data.WorkAsync(Now);
        (await data.RunAsync(id)).State.ShouldBe(InsightState.Cancelled);
        // The next one is not hindered.
        (await data.RunAsync(Now + Duration.FromDays(1), kind: kind)).State.ShouldBe(InsightState.Finished);
        (await data.FindingsAsync(kind)).Count.ShouldBe(kind == ReturnsWork.Kind ? 1 : 0);
    }

    private static async Task FillAsync(TestDatabase data)
    {
        var shop = await PatternShop.OpenAsync(data);
        await shop.SellAsync(Now - Duration.FromDays(100), 80, back: 30);
        await shop.SellOthersAsync(Now - Duration.FromDays(100), 20, 60, back: 2);
    }

    private static async Task<RunAtHand> TakeAsync(TestDatabase data, Guid id, string holder)
    {
        await using (var work = await data.WriteAsync())
        {
            (await new InsightRunStore(work).TakeAsync(id, holder, Now, Now + RunAtHand.Patience)).ShouldBeTrue();
            await work.CommitAsync();
        }
        return new RunAtHand(data.Database, await data.RunAsync(id), holder, new FakeClock(Now), default);
    }
}
