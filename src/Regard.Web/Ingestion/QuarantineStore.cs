using Regard.Storage;

namespace Regard.Ingestion;

/// <summary>An event that became no facts, as people see it.</summary>
public sealed record QuarantinedEvent
{
    public string MessageId { get; init; } = "";

    /// <summary>The API key that sent it.</summary>
    public string Source { get; init; } = "";

    public string Type { get; init; } = "";

    public string Reason { get; init; } = "";

    public int Attempts { get; init; }

    public Instant ReceivedAt { get; init; }

    /// <summary>The event as it was sent; only read when it is looked at alone.</summary>
    public string? Body { get; init; }
}

/// <summary>How many events are in quarantine for one reason.</summary>
public sealed record QuarantineReason
{
    public string Reason { get; init; } = "";

    public long Events { get; init; }
}

/// <summary>The events that became no facts: looked at, sent through again, or discarded.</summary>
internal sealed class QuarantineStore(UnitOfWork work)
{
    private const string Columns = "message_id, source, type, coalesce(reason, '') as reason, attempts, received_at";

    /// <summary>Events after a place in the list, the newest first, or the oldest.</summary>
    /// <param name="reason">Only those with this reason; null = all.</param>
    /// <param name="after">The moment, id and sender of the row before; null = from the beginning.</param>
    public Task<List<QuarantinedEvent>> PageAsync(string? reason, (Instant At, string MessageId, string Source)? after, int take, bool isOldestFirst = false)
    {
        var sql = $"select {Columns} from ingest_event where state = 'quarantined'"
            + (reason is null ? "" : " and reason = @reason")
            + (after is null ? "" : $" and (received_at, message_id, source) {(isOldestFirst ? ">" : "<")} (@At, @MessageId, @Source)")
            + (isOldestFirst ? " order by received_at, message_id, source limit @take" : " order by received_at desc, message_id desc, source desc limit @take");
        return work.ListAsync<QuarantinedEvent>(sql, new { reason, after?.At, after?.MessageId, after?.Source, take });
    }

    /// <summary>How many there are for each reason, the most frequent first.</summary>
    public Task<List<QuarantineReason>> ReasonsAsync() => work.ListAsync<QuarantineReason>(
        "select coalesce(reason, '') as reason, count(*) as events from ingest_event where state = 'quarantined' group by reason order by count(*) desc, reason");

    public Task<QuarantinedEvent?> OpenAsync(string source, string messageId) => work.FirstAsync<QuarantinedEvent>(
        $"select {Columns}, body from ingest_event where state = 'quarantined' and message_id = @messageId and source = @source", new { source, messageId });

    /// <summary>Sends one event through again, as if it had just come in. False = it is not in quarantine (any more).</summary>
    public async Task<bool> ReplayAsync(string source, string messageId, Instant now) => await work.ExecuteAsync(
        """
        update ingest_event set state = 'received', reason = null, attempts = 0, due_at = @now
        where state = 'quarantined' and message_id = @messageId and source = @source
        """,
        new { source, messageId, now }) == 1;

    /// <summary>Sends all events through again, or all with one reason. Answers how many.</summary>
    public Task<int> ReplayAllAsync(string? reason, Instant now) => work.ExecuteAsync(
        "update ingest_event set state = 'received', reason = null, attempts = 0, due_at = @now where state = 'quarantined'" + (reason is null ? "" : " and reason = @reason"),
        new { reason, now });

    /// <summary>Gives an event up: its contents are deleted; its id is kept a while, so that it does not come back. False = it is not in quarantine.</summary>
    public async Task<bool> DiscardAsync(string source, string messageId, Instant now) => await work.ExecuteAsync(
        """
        update ingest_event set state = 'discarded', body = null, processed_at = @now
        where state = 'quarantined' and message_id = @messageId and source = @source
        """,
        new { source, messageId, now }) == 1;
}
