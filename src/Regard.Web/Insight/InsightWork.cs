using Regard.Storage;

namespace Regard.Insight;

/// <summary>
/// Something that is computed about all customers, nightly and on demand. Any node may take it, and take it over from one that died:
/// preparing it twice, or a part of it twice, gives the same as once.
/// </summary>
/// <param name="Kind">Its name in the records.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="PrepareAsync">
/// What one node does alone. It answers the parts that the nodes share afterwards; none = everything is done. What it writes it writes
/// through <see cref="RunAtHand.PrepareAsync"/>, which keeps it only while the run is still this node's.
/// </param>
/// <param name="PartAsync">Does one part; answers how many customers were new to it.</param>
/// <param name="EndAsync">Says in a sentence what came of the run, when all parts are done.</param>
internal sealed record InsightWork(
    string Kind,
    string Title,
    Func<RunAtHand, Task<IReadOnlyList<InsightPart>>> PrepareAsync,
    Func<RunAtHand, InsightPart, Task<long>> PartAsync,
    Func<RunAtHand, long, Task<string>> EndAsync)
{
    /// <summary>Everything that is computed, in the order in which it is done.</summary>
    public static readonly IReadOnlyList<InsightWork> All = [LoyaltyWork.Work, ReturnsWork.Work, ParityWork.Work];

    public static InsightWork? Of(string kind) => All.FirstOrDefault(work => work.Kind == kind);
}

/// <summary>The run was cancelled, or another node has taken it over: whoever works at it stops.</summary>
internal sealed class RunLostException() : Exception("The run is not this node's any more.");

/// <summary>A run in the hands of one node.</summary>
internal sealed class RunAtHand(Database database, InsightRun run, string holder, IClock clock, CancellationToken stop)
{
    /// <summary>How long a node has a run or a part without saying how far it is. After that it counts as dead.</summary>
    public static readonly Duration Patience = Duration.FromMinutes(2);

    private static readonly Duration TellEvery = Duration.FromSeconds(1);

    private Instant _told = Instant.MinValue;

    public Database Database => database;

    public InsightRun Run => run;

    public IClock Clock => clock;

    public CancellationToken Stop => stop;

    /// <summary>The part that is being done; null while the run is prepared.</summary>
    public InsightPart? Part { get; init; }

    /// <summary>
    /// Says how far the work is, at most once a second, and so keeps it for this node. Called at every step that may take a while.
    /// </summary>
    /// <exception cref="RunLostException">The run was cancelled, or another node has it.</exception>
    public async Task TellAsync(Progress progress)
    {
        stop.ThrowIfCancellationRequested();
        var now = clock.GetCurrentInstant();
        if (now - _told < TellEvery) return;
        await using var work = await database.WriteAsync(stop);
        var runs = new InsightRunStore(work);
        var isMine = Part is { } part ? await runs.KeepPartAsync(run.RunId, part.Part, holder, now + Patience) : await runs.TellAsync(run.RunId, holder, progress, now + Patience);
        if (!isMine) throw new RunLostException();
        await work.CommitAsync();
        _told = now;
    }

    /// <summary>Writes what was prepared, if the run is still this node's.</summary>
    /// <exception cref="RunLostException">The run was cancelled, or another node has it; nothing was written.</exception>
    public async Task PrepareAsync(Progress progress, Func<UnitOfWork, Task> write)
    {
        await using var work = await database.WriteAsync(stop);
        // First, because it locks the run: whoever cancels waits for this, or is seen here.
        if (!await new InsightRunStore(work).TellAsync(run.RunId, holder, progress, clock.GetCurrentInstant() + Patience)) throw new RunLostException();
        await write(work);
        await work.CommitAsync();
    }
}
