using Regard.Access;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>
/// Computes what is asked for, and once a night everything. Any number of nodes may do so at once: one prepares a run, all share its parts,
/// and what a node that died left behind is taken over.
/// </summary>
internal sealed partial class InsightJob(Database database, IClock clock, ILogger<InsightJob> log) : BackgroundService
{
    /// <summary>When the night's runs are asked for, in UTC.</summary>
    public static readonly LocalTime Night = new(2, 0);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>This node, among those that share the work.</summary>
    private readonly string _holder = Ids.New(clock.GetCurrentInstant()).ToString();

    /// <summary>Asks for the night's runs if nobody has. Told by many nodes, each is there once.</summary>
    public static async Task AskNightlyAsync(Database database, Instant now, CancellationToken stop)
    {
        var today = now.InUtc().Date.At(Night).InUtc().ToInstant();
        var night = today <= now ? today : today - Duration.FromDays(1);
        await using var read = await database.ReadAsync(stop);
        foreach (var kind in InsightWork.All.Select(work => work.Kind))
        {
            if (await new InsightRunStore(read).IsAskedSinceAsync(kind, night)) continue;
            await using var work = await database.WriteAsync(stop);
            await new InsightRunStore(work).AskAsync(Ids.Of(night, "nightly", kind), kind, Actor.System("nightly"), now);
            await work.CommitAsync();
        }
    }

    /// <summary>Does what can be done now. Answers whether there was anything.</summary>
    public static async Task<bool> OnceAsync(Database database, IClock clock, string holder, CancellationToken stop)
    {
        List<InsightRun> open;
        await using (var read = await database.ReadAsync(stop)) open = await new InsightRunStore(read).OpenAsync();
        var isBusy = false;
        foreach (var run in open) isBusy |= InsightWork.Of(run.Kind) is { } work && await DoAsync(database, clock, new Hand(holder, run, work), stop);
        return isBusy;
    }

    private static async Task<bool> DoAsync(Database database, IClock clock, Hand hand, CancellationToken stop)
    {
        try
        {
            var isBusy = hand.Run.State != InsightState.Sharing && await PrepareAsync(database, clock, hand, stop);
            while (await PartAsync(database, clock, hand, stop)) isBusy = true;
            return isBusy;
        }
        catch (RunLostException)
        {
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !IsPassing(failure))
        {
            await EndAsync(database, hand.Run.RunId, InsightState.Failed, $"It could not be computed ({failure.GetType().Name}). Nothing of what was known is lost; it is tried again in the next night, or when somebody asks.", clock.GetCurrentInstant());
            throw;
        }
    }

    private static async Task<bool> PrepareAsync(Database database, IClock clock, Hand hand, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using (var work = await database.WriteAsync(stop))
        {
            if (!await new InsightRunStore(work).TakeAsync(hand.Run.RunId, hand.Holder, now, now + RunAtHand.Patience)) return false;
            await work.CommitAsync();
        }
        var parts = await hand.Work.PrepareAsync(new RunAtHand(database, hand.Run, hand.Holder, clock, stop));
        await using (var work = await database.WriteAsync(stop))
        {
            if (!await new InsightRunStore(work).ShareAsync(hand.Run.RunId, hand.Holder, parts, "Customers with news are looked at")) throw new RunLostException();
            await work.CommitAsync();
        }
        return true;
    }

    private static async Task<bool> PartAsync(Database database, IClock clock, Hand hand, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        InsightPart? part;
        await using (var work = await database.WriteAsync(stop))
        {
            var runs = new InsightRunStore(work);
            if (await runs.FindAsync(hand.Run.RunId) is not { State: InsightState.Sharing }) return false;
            part = await runs.TakePartAsync(hand.Run.RunId, hand.Holder, now, now + RunAtHand.Patience);
            await work.CommitAsync();
        }
        if (part is null) return await FinishAsync(database, clock, hand, stop);
        var customers = await hand.Work.PartAsync(new RunAtHand(database, hand.Run, hand.Holder, clock, stop) { Part = part }, part);
        await using var end = await database.WriteAsync(stop);
        await new InsightRunStore(end).EndPartAsync(hand.Run.RunId, part.Part, customers);
        await end.CommitAsync();
        return true;
    }

    private static async Task<bool> FinishAsync(Database database, IClock clock, Hand hand, CancellationToken stop)
    {
        long left, customers;
        await using (var read = await database.ReadAsync(stop)) (left, customers) = await new InsightRunStore(read).LeftAsync(hand.Run.RunId);
        if (left > 0) return false;
        var explanation = await hand.Work.EndAsync(new RunAtHand(database, hand.Run, hand.Holder, clock, stop), customers);
        await EndAsync(database, hand.Run.RunId, InsightState.Finished, explanation, clock.GetCurrentInstant());
        return false;
    }

    private static async Task EndAsync(Database database, Guid runId, InsightState state, string explanation, Instant now)
    {
        await using var work = await database.WriteAsync(CancellationToken.None);
        await new InsightRunStore(work).EndAsync(runId, state, explanation, now);
        await work.CommitAsync();
    }

    // The database was away for a moment: the work is taken up again when its time is over.
    private static bool IsPassing(Exception failure) => failure is System.Data.Common.DbException { IsTransient: true } or TimeoutException or IOException;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await AskNightlyAsync(database, clock.GetCurrentInstant(), stoppingToken);
                if (!await OnceAsync(database, clock, _holder, stoppingToken)) await Task.Delay(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Failed(log, failure.GetType().Name, failure.StackTrace);
                await Task.Delay(Pause * 5, stoppingToken);
            }
        }
    }

    private sealed record Hand(string Holder, InsightRun Run, InsightWork Work);

    [LoggerMessage(LogLevel.Error, "Something about all customers could not be computed ({Kind}).\n{Stack}")]
    private static partial void Failed(ILogger log, string kind, string? stack);
}
