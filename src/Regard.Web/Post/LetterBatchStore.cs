using Regard.Storage;

namespace Regard.Post;

/// <summary>Letters that are printed together, with what became of them.</summary>
public sealed record LetterBatch
{
    public Guid BatchId { get; init; }
    public Instant MadeAt { get; init; }
    public string MadeBy { get; init; } = "";

    /// <summary>From then on no letter joins it; null = it is being made, or whoever made it was interrupted.</summary>
    public Instant? SealedAt { get; init; }
    public long Letters { get; init; }

    /// <summary>How many are still to be posted.</summary>
    public long Printed { get; init; }
    public long Posted { get; init; }

    /// <summary>How many are not to be posted: given back, or withdrawn by the customer's wish.</summary>
    public long Held { get; init; }
}

/// <summary>Batches of letters. A batch is a record before it is a file: whatever breaks, nothing is lost.</summary>
internal sealed class LetterBatchStore(UnitOfWork work)
{
    private const string Select =
        """
        select b.batch_id, b.made_at, b.made_by, b.sealed_at, coalesce(l.letters, 0) as letters, coalesce(l.printed, 0) as printed, coalesce(l.posted, 0) as posted, coalesce(l.held, 0) as held
        from letter_batch b left join (
          select batch_id, count(*) as letters, sum(case when state = 'printed' then 1 else 0 end) as printed, sum(case when state = 'posted' then 1 else 0 end) as posted,
            sum(case when state in ('given_back', 'withdrawn') then 1 else 0 end) as held
          from letter /* all customers: the batches */ group by batch_id) l on l.batch_id = b.batch_id
        """;

    public Task BeginAsync(Guid batchId, string by, Instant now) =>
        work.ExecuteAsync("insert into letter_batch (batch_id, made_at, made_by) values (@batchId, @now, @by)", new { batchId, by, now });

    /// <summary>No letter joins it from now on.</summary>
    public Task SealAsync(Guid batchId, Instant now) => work.ExecuteAsync("update letter_batch set sealed_at = @now where batch_id = @batchId and sealed_at is null", new { batchId, now });

    public Task<LetterBatch?> FindAsync(Guid batchId) => work.FirstAsync<LetterBatch>($"{Select} where b.batch_id = @batchId", new { batchId });

    /// <summary>The latest first.</summary>
    /// <param name="before">The last one of the page before; null = the first page.</param>
    public Task<List<LetterBatch>> PageAsync(Guid? before, int take) =>
        work.ListAsync<LetterBatch>($"{Select} {(before is null ? "" : "where b.batch_id < @before")} order by b.batch_id desc limit @take", new { before = before ?? default, take });
}
