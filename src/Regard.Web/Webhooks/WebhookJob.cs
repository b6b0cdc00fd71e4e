using System.Collections.Concurrent;
using Regard.Storage;

namespace Regard.Webhooks;

/// <summary>Delivers events for as long as the program runs: each endpoint has a lane of its own, so that one that hangs holds up nobody else.</summary>
internal sealed class WebhookJob(Database database, IClock clock, RegardSettings settings, WebhookSecrets secrets, ILogger<WebhookJob> log) : BackgroundService
{
    /// <summary>How long an endpoint has for its answer.</summary>
    public static readonly TimeSpan AnswersWithin = TimeSpan.FromSeconds(15);

    /// <summary>How long events are kept, delivered or not.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    private const int Part = 2000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly Duration SweepEvery = Duration.FromHours(1);

    private readonly ConcurrentDictionary<Guid, Task> _lanes = new();
    private Instant _sweptAt = Instant.MinValue;

    /// <summary>Forgets what is older than is kept, in small transactions. Answers how many events.</summary>
    public static async Task<int> SweepAsync(Database database, Instant now, CancellationToken stop)
    {
        var all = 0;
        for (var gone = Part; gone == Part; all += gone)
        {
            await using var work = await database.WriteAsync(stop);
            gone = await new DeliveryStore(work).ForgetAsync(now - Kept, Part);
            await work.CommitAsync();
        }
        return all;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var sender = new WebhookSender(settings.AllowsPrivateWebhooks, AnswersWithin);
        var lane = new WebhookLane(database, clock, secrets, sender, $"{Environment.MachineName}:{Environment.ProcessId}:{Ids.New(clock.GetCurrentInstant())}");
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(() => LookAsync(lane, stoppingToken));
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(_lanes.Values);
    }

    private async Task LookAsync(WebhookLane lane, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        List<WebhookEndpointRow> due;
        await using (var work = await database.ReadAsync(stop)) due = await new WebhookEndpointStore(work).DueAsync(now);
        foreach (var endpoint in due.Where(endpoint => !_lanes.ContainsKey(endpoint.EndpointId)))
        {
            _lanes[endpoint.EndpointId] = Task.Run(async () =>
            {
                await TryAsync(() => DrainAsync(lane, endpoint, stop));
                _lanes.TryRemove(endpoint.EndpointId, out _);
            }, CancellationToken.None);
        }
        if (now - _sweptAt < SweepEvery) return;
        await SweepAsync(database, now, stop);
        _sweptAt = now;
    }

    // The endpoint is read anew for each batch: it may have been paused, or have got a new secret.
    private async Task DrainAsync(WebhookLane lane, WebhookEndpointRow endpoint, CancellationToken stop)
    {
        for (WebhookEndpointRow? present = endpoint; present is { State: "active" } && await lane.RunAsync(present, stop) > 0 && !stop.IsCancellationRequested;)
        {
            await using var work = await database.ReadAsync(stop);
            present = await new WebhookEndpointStore(work).FindAsync(endpoint.EndpointId);
        }
    }

    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The program ends; what was taken is delivered by whoever comes after.
        }
        catch (Exception failure)
        {
            log.LogError("Webhooks met {Kind}\n{Stack}", failure.GetType().FullName, failure.StackTrace);
        }
    }
}
