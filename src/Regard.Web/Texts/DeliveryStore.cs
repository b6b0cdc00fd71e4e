using Regard.Contact;
using Regard.Storage;

namespace Regard.Texts;

/// <summary>What providers say of messages after they took them.</summary>
internal sealed class DeliveryStore(UnitOfWork work)
{
    /// <summary>Whose message it is now; null = there is none.</summary>
    public Task<Guid?> CustomerAsync(Guid outboxId) => work.FirstAsync<Guid?>(
        "select customer_id from outbox /* all customers: whose message a provider speaks of */ where outbox_id = @outboxId and channel in ('sms', 'voice')", new { outboxId });

    /// <summary>Keeps a report. False = it was told before.</summary>
    public async Task<bool> KeepAsync(Guid customerId, DeliveryReport report, Instant now) => await work.ExecuteAsync(
        """
        insert into delivery_report (customer_id, report_id, outbox_id, at, status, code, source, source_id)
        values (@customerId, @id, @OutboxId, @now, @Status, @Code, 'provider', @sourceId) on conflict (customer_id, source, source_id) do nothing
        """,
        new { customerId, id = Ids.New(now), report.OutboxId, report.Status, report.Code, now, sourceId = $"{report.OutboxId:n}:{report.ProviderRef}:{report.Status}" }) == 1;

    /// <summary>The message as it stands; the caller holds the customer's state.</summary>
    public Task<OutboxRow?> MessageAsync(Guid customerId, Guid outboxId) => work.FirstAsync<OutboxRow>(
        """
        select customer_id, outbox_id, state, purpose, channel, address, address_key, subject, about, attempts, reserved_at, provider_ref, delivery from outbox
        where customer_id = @customerId and outbox_id = @outboxId
        """,
        new { customerId, outboxId });

    /// <summary>Writes what is known of a message now.</summary>
    public Task WriteAsync(OutboxRow row, DeliveryReport report, Delivery delivery, string? explanation) => work.ExecuteAsync(
        """
        update outbox set delivery = @delivery, explanation = coalesce(@explanation, explanation), provider_ref = coalesce(provider_ref, @ProviderRef)
        where customer_id = @CustomerId and outbox_id = @OutboxId
        """,
        new { row.CustomerId, row.OutboxId, delivery = Words.Of(delivery), explanation, report.ProviderRef });

    /// <summary>A message of which nobody knew whether it was handed over was: it counts, is not repeated, and nobody need look.</summary>
    public Task WasSentAsync(OutboxRow row, Instant now) => work.ExecuteAsync(
        """
        update outbox set state = 'sent', finished_at = @now, reserved_at = coalesce(reserved_at, @now), secret = null where customer_id = @CustomerId and outbox_id = @OutboxId;
        update care_task set state = 'done', outcome = 'no_longer_needed', outcome_note = 'The provider says that it has the message.', finished_at = @now, finished_by = 'system:provider'
        where customer_id = @CustomerId and step = @step and state = 'open'
        """,
        new { row.CustomerId, row.OutboxId, now, step = "outbox:" + row.OutboxId });
}

/// <summary>What a provider says of a message of ours.</summary>
/// <param name="OutboxId">The message.</param>
/// <param name="ProviderRef">The provider's own id of it.</param>
/// <param name="Status">The provider's word.</param>
/// <param name="Code">The provider's number for what went wrong; null = none.</param>
internal sealed record DeliveryReport(Guid OutboxId, string ProviderRef, string Status, string? Code);
