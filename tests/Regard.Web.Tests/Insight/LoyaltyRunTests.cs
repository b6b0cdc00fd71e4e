using Regard.Access;
using Regard.Commands;
using Regard.Customers;
using Regard.Kit;
using static Regard.Insight.LoyaltyShop;

namespace Regard.Insight;

/// <summary>Loyalty is computed for who has news, by any number of nodes, whatever happens to them.</summary>
[Trait("req", "L2")]
public sealed class LoyaltyRunTests
{
    private static readonly Instant Tomorrow = Now + Duration.FromDays(1);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task only_customers_with_news_are_scored_again_and_the_models_hold_until_there_is_a_reason(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var ids = await FillAsync(data);
        (await data.RunAsync(Now)).Explanation!.ShouldEndWith("100 customers with news were scored.");
        var model = (await data.ModelAsync()).ModelId;
        var before = await data.ScoresAsync();

        (await data.RunAsync(Now + Duration.FromHours(1))).Explanation!.ShouldEndWith("still hold. 0 customers with news were scored.");
        (await data.ScoresAsync()).ShouldBe(before);

        await BuyAsync(data, ids[65], "back", Tomorrow - Duration.FromHours(2));
        (await data.RunAsync(Tomorrow)).Explanation!.ShouldContain("still hold. ");
        (await data.ModelAsync()).ModelId.ShouldBe(model);
        var after = await data.ScoresAsync();
        var changed = after.Except(before).Select(score => score.CustomerId).ToList();
        changed.ShouldContain(ids[65]);
        // Besides who bought, at most those whose silence has become unusual overnight.
        after.Where(score => changed.Contains(score.CustomerId) && score.CustomerId != ids[65]).ShouldAllBe(score => score.UnusualAt <= Tomorrow && score.UnusualAt > Now - Duration.FromDays(1));
        var back = after.Single(score => score.CustomerId == ids[65]);
        (back.UnusualAt > Tomorrow).ShouldBeTrue();
        await DiffersNothingAsync(data);

        (await data.RunAsync(Tomorrow, Actor.Staff(ids[0], "Mia", Role.Manager))).Explanation!.ShouldStartWith("Somebody asked for it: the models were learned anew.");
        (await data.ModelAsync()).ModelId.ShouldNotBe(model);
        (await data.RunAsync(Tomorrow + LoyaltyWork.Lasts)).Explanation!.ShouldStartWith("The last fit was 28 days old");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_silence_becomes_unusual_by_the_clock_alone_without_a_row_being_written(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await FillAsync(data);
        await data.RunAsync(Now);
        var next = (await data.ScoresAsync()).Where(score => score.UnusualAt > Now).MinBy(score => score.UnusualAt)!;
        async Task<bool> IsListedAsync(Instant at)
        {
            await using var read = await data.ReadAsync();
            return (await new LeavingReading(read, await data.ModelAsync(), at).PageAsync(new LeavingQuery(), 200)).Any(row => row.CustomerId == next.CustomerId);
        }
        (await IsListedAsync(next.UnusualAt!.Value - Duration.FromMinutes(1))).ShouldBeFalse();
        (await IsListedAsync(next.UnusualAt.Value)).ShouldBeTrue();
        await data.RunAsync(next.UnusualAt.Value + Duration.FromHours(2));
        var crossed = (await data.ScoresAsync()).Single(score => score.CustomerId == next.CustomerId);
        crossed.UnusualAt.ShouldBe(next.UnusualAt);
        crossed.ComputedAt.ShouldBeGreaterThan(next.ComputedAt);
        crossed.ChanceOfSilence.ShouldBeLessThan(LoyaltyStory.Leaving);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task two_nodes_share_the_work_and_nobody_is_forgotten(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await FillAsync(data);
        var id = await data.AskAsync(Now);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(node => Task.Run(() => data.WorkAsync(Now, $"node {node}"))));
        await data.WorkAsync(Now, "node 0");
        (await data.RunAsync(id)).State.ShouldBe(InsightState.Finished);
        (await data.ScoresAsync()).Count.ShouldBe(100);
        await using var read = await data.ReadAsync();
        (await read.ScalarAsync<long>("select count(*) from loyalty_model")).ShouldBe(1);
        await DiffersNothingAsync(data);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task what_a_dead_node_left_is_taken_over_when_its_time_is_over_and_not_before(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await FillAsync(data);
        var id = await data.AskAsync(Now);
        await using (var work = await data.WriteAsync())
        {
            // A node took it and died.
            (await new InsightRunStore(work).TakeAsync(id, "dead", Now, Now + RunAtHand.Patience)).ShouldBeTrue();
            await work.CommitAsync();
        }
        await data.WorkAsync(Now + Duration.FromMinutes(1), "alive");
        (await data.RunAsync(id)).State.ShouldBe(InsightState.Preparing);
        await data.WorkAsync(Now + Duration.FromMinutes(3), "alive");
        (await data.RunAsync(id)).State.ShouldBe(InsightState.Finished);

        var second = await data.AskAsync(Tomorrow);
        await using (var work = await data.WriteAsync())
        {
            var runs = new InsightRunStore(work);
            (await runs.TakeAsync(second, "dead", Tomorrow, Tomorrow + RunAtHand.Patience)).ShouldBeTrue();
            (await runs.ShareAsync(second, "dead", [new() { Part = 0, UntilId = new("ffffffff-ffff-ffff-ffff-ffffffffffff") }], "shared")).ShouldBeTrue();
            (await runs.TakePartAsync(second, "dead", Tomorrow, Tomorrow + RunAtHand.Patience)).ShouldNotBeNull();
            await work.CommitAsync();
        }
        await data.WorkAsync(Tomorrow + Duration.FromMinutes(1), "alive");
        (await data.RunAsync(second)).State.ShouldBe(InsightState.Sharing);
        await data.WorkAsync(Tomorrow + Duration.FromMinutes(3), "alive");
        (await data.RunAsync(second)).State.ShouldBe(InsightState.Finished);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_cancelled_run_ends_and_its_node_stops_writing(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await FillAsync(data);
        var id = await data.AskAsync(Now);
        await using (var work = await data.WriteAsync())
        {
            (await new InsightRunStore(work).TakeAsync(id, "one", Now, Now + RunAtHand.Patience)).ShouldBeTrue();
            (await new InsightRunStore(work).EndAsync(id, InsightState.Cancelled, "Stopped.", Now)).ShouldBeTrue();
            await work.CommitAsync();
        }
        var hand = new RunAtHand(data.Database, await data.RunAsync(id), "one", new NodaTime.Testing.FakeClock(Now), default);
        await Should.ThrowAsync<RunLostException>(() => LoyaltyWork.Work.PrepareAsync(hand));
        await data.WorkAsync(Now);
        (await data.RunAsync(id)).State.ShouldBe(InsightState.Cancelled);
        (await data.ScoresAsync()).ShouldBeEmpty();
        // The next one is not hindered.
        (await data.RunAsync(Tomorrow)).State.ShouldBe(InsightState.Finished);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task merged_unmerged_and_erased_customers_are_scored_from_what_is_theirs(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var ids = await FillAsync(data);
        await data.RunAsync(Now);
        var before = (await data.ScoresAsync()).ToDictionary(score => score.CustomerId);
        Guid merge;
        await using (var work = await data.WriteAsync())
        {
            merge = (await new MergeStore(work).MergeAsync(ids[3], ids[4], "The same person", Actor.System("test"), Now))!.MergeId!.Value;
            (await new EraseStore(work).EraseAsync(ids[5], Now)).ShouldBeTrue();
            await work.CommitAsync();
        }
        (await data.ScoresAsync()).Select(score => score.CustomerId).ShouldNotContain(id => id == ids[3] || id == ids[4] || id == ids[5]);
        await data.RunAsync(Now + Duration.FromHours(1));
        var merged = (await data.ScoresAsync()).ToDictionary(score => score.CustomerId);
        merged.ShouldNotContainKey(ids[4]);
        merged.ShouldNotContainKey(ids[5]);
        merged[ids[3]].Purchases.ShouldBeGreaterThan(before[ids[3]].Purchases);
        await DiffersNothingAsync(data);
        await using (var work = await data.WriteAsync())
        {
            (await new MergeStore(work).UndoAsync(merge, Actor.System("test"), Now))!.Refusal.ShouldBeNull();
            await work.CommitAsync();
        }
        await data.RunAsync(Now + Duration.FromHours(2));
        var apart = (await data.ScoresAsync()).ToDictionary(score => score.CustomerId);
        (apart[ids[3]].Purchases, apart[ids[4]].Purchases).ShouldBe((before[ids[3]].Purchases, before[ids[4]].Purchases));
        await DiffersNothingAsync(data);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_score_that_does_not_follow_from_the_orders_is_found_by_the_check(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var ids = await FillAsync(data);
        await data.RunAsync(Now);
        await using (var work = await data.WriteAsync())
        {
            await work.ExecuteAsync("update loyalty_score set value_minor = value_minor + 5000 where customer_id = @id", new { id = ids[7] });
            await work.CommitAsync();
        }
        await using var read = await data.ReadAsync();
        (await LoyaltyCheckStore.FindAsync(read)).Single().ShouldStartWith($"loyalty_score of {ids[7]}: ");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_empty_shop_and_one_with_a_handful_of_orders_are_told_why_nothing_is_learned(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        (await data.RunAsync(Now)).Explanation.ShouldBe("Nobody has bought yet: there is nothing to learn from.");
        await using (var work = await data.WriteAsync())
        {
            await BuyAsync(work, await CustomerAsync(work, 1), await ProductAsync(work), "1", Now - Duration.FromDays(40));
            await work.CommitAsync();
        }
        var run = await data.RunAsync(Now + Duration.FromHours(1));
        run.State.ShouldBe(InsightState.Finished);
        run.Explanation!.ShouldStartWith("There is too little to learn from: 1 customers with 0 repeat purchases");
        (await data.ScoresAsync()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_nights_runs_are_asked_for_once_however_many_nodes_look_at_the_clock(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var night = Instant.FromUtc(2026, 11, 23, 2, 0);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => InsightJob.AskNightlyAsync(data.Database, night + Duration.FromSeconds(n), default)));
        await InsightJob.AskNightlyAsync(data.Database, night + Duration.FromHours(5), default);
        await using var read = await data.ReadAsync();
        (await new InsightRunStore(read).PageAsync(LoyaltyWork.Kind, null, 10)).Count.ShouldBe(1);
    }

    private static async Task DiffersNothingAsync(TestDatabase data)
    {
        await using var read = await data.ReadAsync();
        foreach (var check in Checks.All) (await check.FindAsync(read)).ShouldBeEmpty(check.Question);
    }
}
