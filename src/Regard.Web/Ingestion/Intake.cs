using System.Threading.Channels;
using Regard.Storage;

namespace Regard.Ingestion;

/// <summary>
/// Where requests hand over their events. Requests that wait at the same time share one transaction, so that the price of making events
/// durable is paid once for all of them; nobody waits longer for that than for the transaction before.
/// </summary>
internal sealed class Intake(Database database, ILogger<Intake> log) : BackgroundService
{
    private const int GroupSize = 5000;

    // While one group waits for the disk, the next is on its way to the server. SQLite has one writer anyway.
    private readonly int _writers = database.Engine == Engine.Postgres ? 2 : 1;

    private readonly Channel<Handed> _waiting = Channel.CreateBounded<Handed>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.Wait });
    private readonly Channel<bool> _arrival = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Makes events durable. When it returns, a crash loses none of them; when it throws, some of them may be kept, and none twice.</summary>
    public async Task KeepAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken stop)
    {
        if (events.Count == 0) return;
        var handed = new Handed(events);
        await _waiting.Writer.WriteAsync(handed, stop);
        // Not cancelled with the request: the buffer of the events must live until they are written.
        await handed.Kept.Task;
        _arrival.Writer.TryWrite(true);
    }

    /// <summary>Waits until events have come in, or <paramref name="longest"/> is over.</summary>
    public async Task WaitAsync(TimeSpan longest, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(longest);
        try
        {
            await _arrival.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing came in here; another node may have taken something in.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(Enumerable.Range(0, _writers).Select(_ => WriteAsync(stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends; who still waits is told in StopAsync.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
        while (_waiting.Reader.TryRead(out var handed)) handed.Kept.TrySetCanceled(CancellationToken.None);
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        var group = new List<Handed>();
        while (await _waiting.Reader.WaitToReadAsync(stop))
        {
            var count = 0;
            while (count < GroupSize && _waiting.Reader.TryRead(out var handed))
            {
                group.Add(handed);
                count += handed.Events.Count;
            }
            if (group.Count > 0) await KeepGroupAsync(group);
            group.Clear();
        }
    }

    private async Task KeepGroupAsync(List<Handed> group)
    {
        try
        {
            await KeepAsync([.. group.SelectMany(handed => handed.Events)]);
            foreach (var handed in group) handed.Kept.SetResult();
        }
        catch (Exception failure)
        {
            log.LogError("Events could not be kept: {Kind}", failure.GetType().FullName);
            foreach (var handed in group) handed.Kept.SetException(failure);
        }
    }

    private async Task KeepAsync(IReadOnlyList<ReceivedEvent> events)
    {
        await using (var work = await database.WriteAsync(CancellationToken.None))
        {
            if (await new InboxStore(work).TryKeepAsync(events))
            {
                await work.CommitAsync();
                return;
            }
        }
        await using var again = await database.WriteAsync(CancellationToken.None);
        await new InboxStore(again).KeepNewAsync(events);
        await again.CommitAsync();
    }

    private sealed record Handed(IReadOnlyList<ReceivedEvent> Events)
    {
        public TaskCompletionSource Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
