using Regard.Contact;
using Regard.Storage;

namespace Regard.Post;

/// <summary>A letter as it is printed.</summary>
public sealed record LetterRow
{
    public Guid CustomerId { get; init; }
    public Guid? OriginId { get; init; }
    public Guid LetterId { get; init; }
    public Guid BatchId { get; init; }
    public Guid OutboxId { get; init; }
    public long Position { get; init; }
    public string Recipient { get; init; } = "";
    public string Street { get; init; } = "";
    public string? PostalCode { get; init; }
    public string City { get; init; } = "";
    public string? Region { get; init; }
    public string Country { get; init; } = "";
    public string Salutation { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Content { get; init; } = "";
    public string Language { get; init; } = "";

    /// <summary>printed, posted, given_back, or withdrawn because the customer's wish came before the post.</summary>
    public string State { get; init; } = "";
    public Instant? FinishedAt { get; init; }
    public Instant CreatedAt { get; init; }
}

/// <summary>Letters in their batches. A letter is put into a batch in the transaction that claims and decides it.</summary>
internal sealed class LetterStore(UnitOfWork work)
{
    private const string Columns =
        "customer_id, origin_id, letter_id, batch_id, outbox_id, position, recipient, street, postal_code, city, region, country, salutation, subject, content, language, state, finished_at, created_at";

    /// <summary>Letters whose time has come, the longest waiting first.</summary>
    public Task<List<OutboxRow>> DueAsync(Instant now, int take) => work.ListAsync<OutboxRow>(
        """
        select customer_id, outbox_id, channel, not_before from outbox /* all customers: letters that are due */
        where state = 'queued' and channel = 'letter' and not_before <= @now order by not_before, outbox_id limit @take
        """,
        new { now, take });

    /// <summary>How many letters are due.</summary>
    public Task<long> CountDueAsync(Instant now) => work.ScalarAsync<long>(
        "select count(*) from outbox /* all customers: letters that are due */ where state = 'queued' and channel = 'letter' and not_before <= @now", new { now });

    /// <summary>Puts a claimed letter into a batch: from now on it is not claimed by anybody else and does not come back by itself.</summary>
    public Task PutAsync(LetterRow letter, string worker) => work.ExecuteAsync(
        """
        insert into letter (customer_id, letter_id, batch_id, outbox_id, position, recipient, street, postal_code, city, region, country, salutation, subject, content, language, state, created_at)
        values (@CustomerId, @LetterId, @BatchId, @OutboxId, @Position, @Recipient, @Street, @PostalCode, @City, @Region, @Country, @Salutation, @Subject, @Content, @Language, 'printed', @CreatedAt);
        update outbox set state = 'printed', claimed_by = null, claimed_until = null, explanation = 'In a batch of letters that is printed.'
        where customer_id = @CustomerId and outbox_id = @OutboxId and state = 'in_flight' and claimed_by = @worker
        """,
        new
        {
            letter.CustomerId,
            letter.LetterId,
            letter.BatchId,
            letter.OutboxId,
            letter.Position,
            letter.Recipient,
            letter.Street,
            letter.PostalCode,
            letter.City,
            letter.Region,
            letter.Country,
            letter.Salutation,
            letter.Subject,
            letter.Content,
            letter.Language,
            letter.CreatedAt,
            worker,
        });

    /// <summary>A batch's letters in their order.</summary>
    public Task<List<LetterRow>> OfBatchAsync(Guid batchId) => work.ListAsync<LetterRow>(
        $"select {Columns} from letter /* all customers: one batch */ where batch_id = @batchId order by position, letter_id", new { batchId });

    /// <summary>One letter of a batch, whoever's it is now; null = there is none.</summary>
    public Task<LetterRow?> FindAsync(Guid batchId, Guid letterId) => work.FirstAsync<LetterRow>(
        $"select {Columns} from letter /* all customers: one batch */ where batch_id = @batchId and letter_id = @letterId", new { batchId, letterId });

    /// <summary>The message that the letter is; a merge can leave it with the profile that it was written to. The caller holds the customer's state.</summary>
    public async Task<OutboxRow?> MessageAsync(LetterRow letter)
    {
        foreach (var customerId in new[] { letter.CustomerId, letter.OriginId ?? letter.CustomerId }.Distinct())
            if (await work.FirstAsync<OutboxRow>(
                "select customer_id, outbox_id, state, purpose, channel, subject, about, latest_useful from outbox where customer_id = @customerId and outbox_id = @OutboxId", new { customerId, letter.OutboxId }) is { } row)
                return row;
        return null;
    }

    /// <summary>Notes what became of a letter. Answers false when that was noted before.</summary>
    public async Task<bool> FinishAsync(LetterRow letter, string state, string by, Instant now) => await work.ExecuteAsync(
        "update letter set state = @state, finished_at = @now, finished_by = @by where customer_id = @CustomerId and letter_id = @LetterId and state = 'printed'",
        new { letter.CustomerId, letter.LetterId, state, by, now }) == 1;

    /// <summary>Writes the same on the message. Waiting again, it does not count any more.</summary>
    public Task MessageIsAsync(OutboxRow row, string state, string explanation, Instant now) => work.ExecuteAsync(
        """
        update outbox set state = @state, explanation = @explanation, finished_at = case when @state = 'queued' then null else @now end,
          reserved_at = case when @state = 'queued' then null else reserved_at end where customer_id = @CustomerId and outbox_id = @OutboxId and state = 'printed'
        """,
        new { row.CustomerId, row.OutboxId, state, explanation, now });

    /// <summary>A letter to this address came back.</summary>
    public Task AddressFailsAsync(LetterRow letter, Instant now)
    {
        AudienceMemberStore.Follow(work, letter.CustomerId);
        return work.ExecuteAsync(
            """
            update postal_address set undeliverable_since = coalesce(undeliverable_since, @now)
            where customer_id = @CustomerId and street = @Street and city = @City and country = @Country and ended_at is null
            """,
            new { letter.CustomerId, letter.Street, letter.City, letter.Country, now });
    }
}
