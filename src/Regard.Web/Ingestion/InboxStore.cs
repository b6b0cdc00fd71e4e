using Npgsql;
using Regard.Storage;

namespace Regard.Ingestion;

/// <summary>Takes events into the inbox. What becomes of them there is the waiting list's matter.</summary>
internal sealed class InboxStore(UnitOfWork work)
{
    private static readonly Bulk<ReceivedEvent> Inbox = new(
        "ingest_event", "message_id, source",
        Column<ReceivedEvent>.Text("message_id", e => e.MessageId),
        Column<ReceivedEvent>.Text("source", e => e.Source),
        Column<ReceivedEvent>.At("received_at", e => e.ReceivedAt),
        Column<ReceivedEvent>.At("due_at", e => e.ReceivedAt),
        Column<ReceivedEvent>.Small("ordinal", e => e.Ordinal),
        Column<ReceivedEvent>.Small("part", e => e.Part),
        Column<ReceivedEvent>.Text("person", e => e.Person),
        Column<ReceivedEvent>.Text("type", e => e.Type),
        Column<ReceivedEvent>.At("sent_at", e => e.SentAt),
        Column<ReceivedEvent>.Utf8("body", e => e.Body),
        Column<ReceivedEvent>.Text("state", e => e.Fault is null ? "received" : "quarantined"),
        Column<ReceivedEvent>.Text("reason", e => e.Fault));

    /// <summary>Takes in events of which none should be known yet: the fast way.</summary>
    /// <returns>False = one of them was known; the unit of work is spoilt and <see cref="KeepNewAsync"/> is for another one.</returns>
    public async Task<bool> TryKeepAsync(IReadOnlyList<ReceivedEvent> events)
    {
        if (work.Engine == Engine.Sqlite)
        {
            await Inbox.InsertNewAsync(work, events);
            return true;
        }
        try
        {
            await Inbox.AppendAsync(work, events);
            return true;
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    /// <summary>Takes in those events that are not known yet by their id and sender.</summary>
    public Task KeepNewAsync(IReadOnlyList<ReceivedEvent> events) => Inbox.InsertNewAsync(work, events);
}
