using System.Security.Cryptography;
using Regard.Access;
using Regard.Storage;

namespace Regard.Webhooks;

/// <summary>
/// Delivers what is due for endpoints, in one process; other processes do the same, and whoever takes an event makes the attempt. An event
/// is written down as delivered only after the answer: should this process end in between, it is sent once more under the same id.
/// </summary>
internal sealed class WebhookLane(Database database, IClock clock, WebhookSecrets secrets, WebhookSender sender, string worker)
{
    /// <summary>How long a taken event is this worker's: longer than all that was taken with it can last.</summary>
    public static readonly Duration Lease = Duration.FromMinutes(5);

    private const int Batch = 16;

    /// <summary>Delivers one batch of what is due for an endpoint. Answers how many attempts were made.</summary>
    public async Task<int> RunAsync(WebhookEndpointRow endpoint, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        List<DeliveryRow> taken;
        await using (var work = await database.WriteAsync(stop))
        {
            // Whoever does not answer is asked one thing at a time, until they do.
            taken = await new DeliveryStore(work).TakeAsync(endpoint.EndpointId, worker, now, now + Lease, endpoint.FailingSince is null ? Batch : 1);
            await work.CommitAsync();
        }
        // What concerns one customer goes one after the other, in its order.
        await Task.WhenAll(taken.GroupBy(row => row.CustomerId).Select(rows => OneByOneAsync(endpoint, rows, stop)));
        return taken.Count;
    }

    private async Task OneByOneAsync(WebhookEndpointRow endpoint, IEnumerable<DeliveryRow> rows, CancellationToken stop)
    {
        foreach (var row in rows)
        {
            try
            {
                // What was answered is written down, also when the process is asked to end.
                await FinishAsync(endpoint, row, await AskAsync(endpoint, row, stop), CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                await ReturnAsync(row, CancellationToken.None);
            }
        }
    }

    private async Task<EndpointAnswer> AskAsync(WebhookEndpointRow endpoint, DeliveryRow row, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        return secrets.Of(endpoint, now) is { } signing
            ? await sender.SendAsync(endpoint.Url, row, signing, now, stop)
            : new EndpointAnswer(null, "Its secret cannot be read any more: rotate it.");
    }

    private async Task FinishAsync(WebhookEndpointRow endpoint, DeliveryRow row, EndpointAnswer answer, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(stop);
        if (!await new DeliveryStore(work).FinishAsync(row, After(row, answer, now))) return;
        var endpoints = new WebhookEndpointStore(work);
        await endpoints.NoteAsync(endpoint.EndpointId, answer.IsTaken, now);
        var because = answer.IsGone ? answer.Explanation
            : !answer.IsTaken && endpoint.FailingSince is { } since && now - since >= RetrySchedule.LongestFailure ? $"Nothing came through since {since.InUtc().Date:uuuu-MM-dd}. {answer.Explanation}"
            : null;
        if (because is not null && await endpoints.DisableAsync(endpoint.EndpointId, because))
            await new AuditStore(work).AppendAsync(Actor.System("webhooks"), "webhook_disabled", $"webhook:{endpoint.EndpointId}", Json.Of(new { status = answer.Status }), now);
        await work.CommitAsync();
    }

    // The process ends without an answer: another takes it up at once.
    private async Task ReturnAsync(DeliveryRow row, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        await new DeliveryStore(work).FinishAsync(row, new AfterAttempt("waiting", clock.GetCurrentInstant(), null, "The process that sent it ended before the answer."));
        await work.CommitAsync();
    }

    private static AfterAttempt After(DeliveryRow row, EndpointAnswer answer, Instant now)
    {
        if (answer.IsTaken) return new AfterAttempt("delivered", null, answer.Status, answer.Explanation);
        var next = now + RetrySchedule.Wait(row.Attempts, RandomNumberGenerator.GetInt32(1001) / 1000.0, answer.RetryAfter);
        return answer.IsGone || next > row.GiveUpAt
            ? new AfterAttempt("failed", null, answer.Status, answer.Explanation)
            : new AfterAttempt("waiting", next, answer.Status, answer.Explanation);
    }
}
