using Regard.Access;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>The record of runs and of their parts, and who has which of them at the moment.</summary>
internal sealed class InsightRunStore(UnitOfWork work)
{
    private const string Columns = "run_id, kind, state, asked_at, asked_by, started_at, finished_at, stage, done, total, explanation, summary";

    /// <summary>Asks for a run. False = one of this kind (or this very one) is under way or was asked for.</summary>
    public async Task<bool> AskAsync(Guid runId, string kind, Actor by, Instant now) => await work.ExecuteAsync(
        """
        insert into insight_run (run_id, kind, state, asked_at, asked_by, stage, done, total, summary)
        values (@runId, @kind, 'asked', @now, @by, 'Waits for a free node', 0, 0, @summary)
        on conflict do nothing
        """,
        new { runId, kind, now, by = by.Reference, summary = new Json("{}") }) == 1;

    public Task<InsightRun?> FindAsync(Guid runId) => work.FirstAsync<InsightRun>($"select {Columns} from insight_run where run_id = @runId", new { runId });

    /// <summary>Runs of a kind, the newest first; null = of all kinds.</summary>
    public Task<List<InsightRun>> PageAsync(string? kind, Guid? before, int size) => work.ListAsync<InsightRun>(
        $"select {Columns} from insight_run where 1 = 1 {(kind is null ? "" : "and kind = @kind")} {(before is null ? "" : "and run_id < @before")} order by run_id desc limit @size",
        new { kind, before, size });

    /// <summary>Whether a run of this kind was asked for since a moment.</summary>
    public async Task<bool> IsAskedSinceAsync(string kind, Instant since) =>
        await work.ScalarAsync<long>("select count(*) from insight_run where kind = @kind and asked_at >= @since", new { kind, since }) > 0;

    /// <summary>Runs that are not finished, the oldest first.</summary>
    public Task<List<InsightRun>> OpenAsync() => work.ListAsync<InsightRun>($"select {Columns} from insight_run where finished_at is null order by run_id");

    /// <summary>Takes the preparing of a run that nobody prepares. False = somebody does, or did.</summary>
    public async Task<bool> TakeAsync(Guid runId, string holder, Instant now, Instant until) => await work.ExecuteAsync(
        """
        update insight_run set state = 'preparing', holder = @holder, held_until = @until, started_at = coalesce(started_at, @now)
        where run_id = @runId and state in ('asked', 'preparing') and (held_until is null or held_until <= @now or holder = @holder)
        """,
        new { runId, holder, now, until }) == 1;

    /// <summary>Says how far the preparing is, and keeps it for the holder. False = it was cancelled, or somebody else took it.</summary>
    public async Task<bool> TellAsync(Guid runId, string holder, Progress progress, Instant until) => await work.ExecuteAsync(
        "update insight_run set stage = @Stage, done = @Done, total = @Total, held_until = @until where run_id = @runId and state = 'preparing' and holder = @holder",
        new { runId, holder, progress.Stage, progress.Done, progress.Total, until }) == 1;

    /// <summary>Ends the preparing: from now on the nodes share the parts. False = it was cancelled, or somebody else took it.</summary>
    public async Task<bool> ShareAsync(Guid runId, string holder, IReadOnlyList<InsightPart> parts, string stage)
    {
        var isMine = await work.ExecuteAsync(
            "update insight_run set state = 'sharing', holder = null, held_until = null, stage = @stage, done = 0, total = @total where run_id = @runId and state = 'preparing' and holder = @holder",
            new { runId, holder, stage, total = parts.Count }) == 1;
        if (isMine)
        {
            await work.ExecuteAsync(
                "insert into insight_part (run_id, part, after_id, until_id, state, done) values (@runId, @Part, @AfterId, @UntilId, 'waiting', 0)",
                parts.Select(part => new { runId, part.Part, part.AfterId, part.UntilId }));
        }
        return isMine;
    }

    /// <summary>Takes a part that nobody has; null = there is none now.</summary>
    public async Task<InsightPart?> TakePartAsync(Guid runId, string holder, Instant now, Instant until)
    {
        var free = await work.FirstAsync<InsightPart>(
            $"select part, after_id, until_id from insight_part where run_id = @runId and state = 'waiting' and (held_until is null or held_until <= @now) order by part limit 1{work.SkipLocked}", new { runId, now });
        if (free is not null) await work.ExecuteAsync("update insight_part set holder = @holder, held_until = @until where run_id = @runId and part = @Part", new { runId, holder, until, free.Part });
        return free;
    }

    /// <summary>Keeps a part for its holder. False = the run was cancelled, or somebody else took the part.</summary>
    public async Task<bool> KeepPartAsync(Guid runId, int part, string holder, Instant until) => await work.ExecuteAsync(
        """
        update insight_part set held_until = @until where run_id = @runId and part = @part and holder = @holder and state = 'waiting'
        and exists (select 1 from insight_run r where r.run_id = @runId and r.state = 'sharing')
        """,
        new { runId, part, holder, until }) == 1;

    /// <summary>Ends a part. False = somebody else did.</summary>
    public async Task<bool> EndPartAsync(Guid runId, int part, long customers)
    {
        var isFirst = await work.ExecuteAsync(
            "update insight_part set state = 'done', done = @customers, held_until = null where run_id = @runId and part = @part and state = 'waiting'", new { runId, part, customers }) == 1;
        if (isFirst) await work.ExecuteAsync("update insight_run set done = done + 1 where run_id = @runId and state = 'sharing'", new { runId });
        return isFirst;
    }

    /// <summary>How many parts are left, and how many customers were done in the others.</summary>
    public async Task<(long Left, long Customers)> LeftAsync(Guid runId) =>
        (await work.ScalarAsync<long>("select count(*) from insight_part where run_id = @runId and state = 'waiting'", new { runId }),
            await work.ScalarAsync<long>("select cast(coalesce(sum(done), 0) as bigint) from insight_part where run_id = @runId", new { runId }));

    /// <summary>Ends a run. False = it has ended already.</summary>
    public async Task<bool> EndAsync(Guid runId, InsightState state, string? explanation, Instant now) => await work.ExecuteAsync(
        "update insight_run set state = @state, finished_at = @now, explanation = @explanation, holder = null, held_until = null where run_id = @runId and finished_at is null",
        new { runId, state = Words.Of(state), explanation, now }) == 1;

    /// <summary>Keeps what a run found, as its kind writes it.</summary>
    public Task SummarizeAsync(Guid runId, Json summary) => work.ExecuteAsync("update insight_run set summary = @summary where run_id = @runId", new { runId, summary });
}

/// <summary>How far something is, for people.</summary>
/// <param name="Total">0 = nobody knows yet.</param>
internal readonly record struct Progress(string Stage, long Done, long Total);
