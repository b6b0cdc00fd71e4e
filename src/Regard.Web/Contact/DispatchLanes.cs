using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Regard.Channels;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// The workers of one process. One looks for what is due, some claim it in groups, the others send it, each in a conversation of its own
/// with the mail server, so that a slow answer holds up nothing else. Other processes look for the same messages: whoever locks the
/// customer first has it.
/// </summary>
/// <param name="route">Makes a lane's own way out.</param>
/// <param name="failed">Told of what went wrong; the message stays claimed then, and the sweep finds it.</param>
internal sealed class DispatchLanes(Database database, RegardSettings settings, IClock clock, Func<IMailRoute> route, Action<Exception> failed)
{
    /// <summary>How many mails are on their way at once, from one process.</summary>
    public const int Count = 16;

    private const int Claimers = 2;

    // What is claimed and not finished: should the process die, all of it is uncertain.
    private const int InHand = Count * 3;
    private const int Ahead = DispatchSteps.Most * 6;
    private static readonly Duration SweepEvery = Duration.FromSeconds(30);
    private const long AskEvery = 200;
    private static readonly TimeSpan PassFor = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan HoldFor = TimeSpan.FromSeconds(30);

    private readonly Channel<OutboxRow> _due = System.Threading.Channels.Channel.CreateBounded<OutboxRow>(Ahead);
    private readonly Channel<ClaimedContact> _claimed = System.Threading.Channels.Channel.CreateUnbounded<ClaimedContact>();
    private readonly ConcurrentDictionary<Guid, bool> _inHand = new();
    private readonly SemaphoreSlim _room = new(InHand);
    private readonly JournalWatch _journal = new(database);
    private volatile bool _maySend;
    private long _askedAt = long.MinValue;

    /// <summary>Sends until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var steps = new DispatchSteps(database, clock, $"{Environment.MachineName}:{Environment.ProcessId}:{Ids.New(clock.GetCurrentInstant())}");
        IEnumerable<Task> claimers = Enumerable.Range(0, Claimers).Select(_ => Task.Run(() => ClaimAsync(steps, stop), CancellationToken.None));
        IEnumerable<Task> lanes = Enumerable.Range(0, Count).Select(_ => Task.Run(() => SendAsync(steps, stop), CancellationToken.None));
        await Task.WhenAll([LookAsync(steps, stop), .. claimers, .. lanes]);
        // What nobody began is given back, and what was sent is written.
        while (_claimed.Reader.TryRead(out var left))
        {
            await TryAsync(() => steps.ReturnAsync(left));
            _room.Release();
        }
        for (var n = 0; n < InHand; n++) await _room.WaitAsync(CancellationToken.None);
    }

    private async Task LookAsync(DispatchSteps steps, CancellationToken stop)
    {
        await using var none = route();
        var sweeper = new Dispatch(database, settings, clock, none, steps);
        var swept = Instant.MinValue;
        while (!stop.IsCancellationRequested)
        {
            var found = 0;
            await TryAsync(async () =>
            {
                if (!await MaySendAsync(stop)) return;
                found = await LookAsync(stop);
                if (clock.GetCurrentInstant() - swept < SweepEvery) return;
                await sweeper.SweepAsync(stop);
                swept = clock.GetCurrentInstant();
            });
            await Task.Delay(TimeSpan.FromMilliseconds(found > 0 ? 5 : 200), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A database that is older than what customers were told sends nothing, in no lane.
    private async Task<bool> MaySendAsync(CancellationToken stop)
    {
        if (_maySend && Environment.TickCount64 - _askedAt < AskEvery) return true;
        try
        {
            await _journal.RequireAsync(clock.GetCurrentInstant(), stop);
            _askedAt = Environment.TickCount64;
            return _maySend = true;
        }
        catch (StorageRefusal hold)
        {
            _maySend = false;
            failed(hold);
            await Task.Delay(HoldFor, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return false;
        }
    }

    private async Task<int> LookAsync(CancellationToken stop)
    {
        if (_due.Reader.Count > Ahead / 2) return 1;
        List<OutboxRow> due;
        await using (var work = await database.ReadAsync(stop)) due = await new OutboxStore(work).DueAsync(clock.GetCurrentInstant(), Ahead * 2);
        // Processes that look at once do not all begin with the same one.
        var mixed = due.ToArray();
        RandomNumberGenerator.Shuffle(mixed.AsSpan());
        var found = 0;
        foreach (var row in mixed)
        {
            if (!_inHand.TryAdd(row.OutboxId, true)) continue;
            if (!_due.Writer.TryWrite(row))
            {
                _inHand.TryRemove(row.OutboxId, out _);
                break;
            }
            found++;
        }
        return found;
    }

    private async Task ClaimAsync(DispatchSteps steps, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await TryAsync(async () =>
            {
                var due = await GatherAsync(stop);
                var claimed = 0;
                try
                {
                    while (!_maySend) await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
                    claimed = await ClaimAsync(steps, due);
                }
                finally
                {
                    if (due.Count > claimed) _room.Release(due.Count - claimed);
                    _ = PassOnAsync(due, stop);
                }
            });
        }
    }

    // What is not this process's now may be so in a moment, and need not be asked for until then.
    private async Task PassOnAsync(List<OutboxRow> due, CancellationToken stop)
    {
        await Task.Delay(PassFor, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var row in due) _inHand.TryRemove(row.OutboxId, out _);
    }

    // As many as wait, of each customer one, and no more than there is room for.
    private async Task<List<OutboxRow>> GatherAsync(CancellationToken stop)
    {
        List<OutboxRow> due = [await _due.Reader.ReadAsync(stop)];
        await _room.WaitAsync(stop);
        HashSet<Guid> customers = [due[0].CustomerId];
        while (due.Count < DispatchSteps.Most && _due.Reader.Count > 0 && _room.Wait(0, CancellationToken.None))
        {
            if (_due.Reader.TryRead(out var row) && customers.Add(row.CustomerId))
            {
                due.Add(row);
                continue;
            }
            if (row is not null) _inHand.TryRemove(row.OutboxId, out _);
            _room.Release();
        }
        return due;
    }

    // A claim that was begun is not given up: its messages would be nobody's.
    private async Task<int> ClaimAsync(DispatchSteps steps, List<OutboxRow> due)
    {
        IReadOnlyList<ClaimedContact> claimed = [];
        try
        {
            claimed = await steps.ClaimAsync(due, CancellationToken.None);
        }
        catch (Exception) when (due.Count > 1)
        {
            var each = await Task.WhenAll(due.Select(async row =>
            {
                var taken = 0;
                await TryAsync(async () => taken = await ClaimAsync(steps, [row]));
                return taken;
            }));
            return each.Sum();
        }
        foreach (var contact in claimed) _claimed.Writer.TryWrite(contact);
        return claimed.Count;
    }

    private async Task SendAsync(DispatchSteps steps, CancellationToken stop)
    {
        await using var way = route();
        var dispatch = new Dispatch(database, settings, clock, way, steps);
        while (!stop.IsCancellationRequested)
        {
            await TryAsync(async () =>
            {
                var claimed = await _claimed.Reader.ReadAsync(stop);
                SentContact? sent = null;
                try
                {
                    while (!_maySend && !stop.IsCancellationRequested) await Task.Delay(TimeSpan.FromMilliseconds(200), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    sent = await dispatch.DeliverAsync(claimed, stop);
                }
                finally
                {
                    if (sent is null) _room.Release();
                }
                // The next one does not wait for what is written about this one.
                if (sent is not null) _ = FinishAsync(steps, sent);
            });
        }
    }

    private async Task FinishAsync(DispatchSteps steps, SentContact sent)
    {
        await TryAsync(() => steps.FinishAsync(sent));
        _room.Release();
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure)
        {
            if (failure is not OperationCanceledException) failed(failure);
        }
    }
}
