using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Threading.Channels;
using Regard.Channels;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// The workers of one process. One looks for what is due, the others send it, each in a conversation of its own with the mail server, so
/// that a slow answer holds up nothing else. Other processes look for the same messages: whoever locks the customer first has it.
/// </summary>
/// <param name="route">Makes a lane's own way out.</param>
/// <param name="failed">Told of what went wrong; the message stays claimed then, and the sweep finds it.</param>
internal sealed class DispatchLanes(Database database, RegardSettings settings, IClock clock, Func<IMailRoute> route, Action<Exception> failed)
{
    /// <summary>How many mails are on their way at once, from one process.</summary>
    public const int Count = 12;

    private const int Ahead = Count * 8;
    private static readonly Duration SweepEvery = Duration.FromSeconds(30);
    private const long AskEvery = 200;
    private static readonly TimeSpan HoldFor = TimeSpan.FromSeconds(30);

    private readonly Channel<OutboxRow> _due = System.Threading.Channels.Channel.CreateBounded<OutboxRow>(Ahead);
    private readonly ConcurrentDictionary<Guid, bool> _inHand = new();
    private readonly JournalWatch _journal = new(database);
    private volatile bool _maySend;
    private long _askedAt = long.MinValue;

    /// <summary>Sends until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var process = $"{Environment.MachineName}:{Environment.ProcessId}:{Ids.New(clock.GetCurrentInstant())}";
        await Task.WhenAll([LookAsync(process, stop), .. Enumerable.Range(0, Count).Select(lane => Task.Run(() => SendAsync($"{process}.{lane}", stop), CancellationToken.None))]);
    }

    private async Task LookAsync(string worker, CancellationToken stop)
    {
        await using var none = route();
        var sweeper = new Dispatch(database, settings, clock, none, worker);
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
        if (_inHand.Count > Ahead / 2) return 1;
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

    private async Task SendAsync(string worker, CancellationToken stop)
    {
        await using var way = route();
        var dispatch = new Dispatch(database, settings, clock, way, worker);
        while (!stop.IsCancellationRequested)
        {
            await TryAsync(async () =>
            {
                var row = await _due.Reader.ReadAsync(stop);
                try
                {
                    while (!_maySend) await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
                    await dispatch.TakeAsync(row, stop);
                }
                finally
                {
                    _inHand.TryRemove(row.OutboxId, out _);
                }
            });
        }
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
