using Regard.Storage;
using Regard.Webhooks;

namespace Regard.Contact;

/// <summary>A contact as other systems are told of it. Ids and words of ours: what was said, and to which address, is asked for with a key that may.</summary>
internal sealed record ContactFact
{
    public required Guid CustomerId { get; init; }

    /// <summary>The message or task; null = there is none, because it was refused.</summary>
    public Guid? ContactId { get; init; }

    public required string Purpose { get; init; }

    public string? Channel { get; init; }

    public static ContactFact Of(OutboxRow row) => new() { CustomerId = row.CustomerId, ContactId = row.OutboxId, Purpose = row.Purpose, Channel = row.Channel };
}

/// <summary>What other systems are told about contacts and wishes, in the transaction in which it happens.</summary>
internal sealed class ContactNews(UnitOfWork work)
{
    private readonly WebhookStore _webhooks = new(work);

    /// <summary>A statement changed how a customer wants to be contacted.</summary>
    public Task SaidAsync(PreferenceStatement statement, long version, Instant now) => _webhooks.TellAsync(
        statement.CustomerId,
        WebhookTypes.PreferenceChanged,
        statement.StatementId,
        new { customer_id = statement.CustomerId, statement_id = statement.StatementId, place = statement.Place, basis = statement.Basis, purposes = Touched(statement.Wish), version },
        now);

    /// <summary>The gate decided: once when a contact is asked for, and again whenever one that was promised may not happen as it was.</summary>
    public Task DecidedAsync(ContactFact contact, LedgerEntry entry, IReadOnlyList<Reason> reasons, Instant now) => _webhooks.TellAsync(
        contact.CustomerId,
        WebhookTypes.ContactDecided,
        entry.DecisionId,
        new
        {
            customer_id = contact.CustomerId,
            contact_id = contact.ContactId,
            decision_id = entry.DecisionId,
            stage = entry.Stage,
            purpose = contact.Purpose,
            verdict = entry.Verdict,
            channel = entry.Channel,
            not_before = entry.NotBefore,
            reasons = reasons.Select(reason => reason.Code).Distinct(),
        },
        now);

    /// <summary>An attempt ended. An attempt that will be repeated is told to nobody.</summary>
    public Task AfterAsync(OutboxRow row, AfterSending after, Instant now) => after.State switch
    {
        "sent" => DeliveredAsync(ContactFact.Of(row), now),
        "failed" or "ambiguous" => FailedAsync(ContactFact.Of(row), after.State, now),
        _ => Task.CompletedTask,
    };

    /// <summary>A contact was handed to its channel, or somebody was spoken to.</summary>
    public Task DeliveredAsync(ContactFact contact, Instant now) => EndedAsync(WebhookTypes.ContactDelivered, contact, "delivered", now);

    /// <summary>A contact did not arrive.</summary>
    /// <param name="outcome"><c>failed</c>, <c>ambiguous</c> (nobody knows), <c>returned</c> (a mail that came back), <c>not_reached</c> (nobody answered).</param>
    public Task FailedAsync(ContactFact contact, string outcome, Instant now) => EndedAsync(WebhookTypes.ContactFailed, contact, outcome, now);

    /// <summary>A contact came too late.</summary>
    public Task ExpiredAsync(ContactFact contact, Instant now) => EndedAsync(WebhookTypes.ContactExpired, contact, "expired", now);

    /// <summary>A contact that waited was taken back by us: what it was about will not happen, or another message says it.</summary>
    public Task CancelledAsync(ContactFact contact, Instant now) => EndedAsync(WebhookTypes.ContactCancelled, contact, "cancelled", now);

    private Task EndedAsync(string type, ContactFact contact, string outcome, Instant now) => _webhooks.TellAsync(
        contact.CustomerId,
        type,
        contact.ContactId!.Value,
        new { customer_id = contact.CustomerId, contact_id = contact.ContactId, purpose = contact.Purpose, channel = contact.Channel, outcome },
        now);

    // Empty = it is about every purpose, or about none in particular, such as hours.
    private static IReadOnlyList<Purpose> Touched(Wish wish) => wish.Never == true ? [] : [.. (wish.Purposes ?? []).Select(named => named.Purpose)];
}
