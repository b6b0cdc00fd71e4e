using Regard.Storage;

namespace Regard.Insight;

/// <summary>
/// Who has news since they were scored: found by comparing the sums that a score was computed from with those of now, so that nobody has to
/// remember to say so, and nothing that was told in any way is missed. A silence that has become unusual by the clock is news too.
/// </summary>
internal sealed class LoyaltyNewsStore(UnitOfWork work)
{
    /// <summary>The next customers with news, in the order of their ids.</summary>
    /// <param name="part">Of these customers.</param>
    /// <param name="modelId">Scores of another model are news.</param>
    /// <param name="now">The clock of the silence.</param>
    public Task<List<NewsRow>> PageAsync(InsightPart part, Guid modelId, Instant now, int take) => work.ListAsync<NewsRow>(
        """
        select r.customer_id, r.orders, r.version from (
          select customer_id, cast(sum(orders) as bigint) as orders, cast(sum(version) as bigint) as version
          from order_rollup where customer_id > @AfterId and customer_id <= @UntilId group by customer_id) r
        join customer c on c.customer_id = r.customer_id and c.erased_at is null
        left join loyalty_score s on s.customer_id = r.customer_id
        where r.orders > 0 and (s.customer_id is null or s.model_id <> @modelId or s.seen_orders <> r.orders or s.seen_version <> r.version
          or (s.unusual_at <= @now and s.computed_at < s.unusual_at))
        order by r.customer_id limit @take
        """,
        new { part.AfterId, part.UntilId, modelId, now, take });

    /// <summary>Forgets the scores of those who have no purchases (any more), or were erased.</summary>
    public Task ForgetAsync(InsightPart part) => work.ExecuteAsync(
        """
        delete from loyalty_score where customer_id > @AfterId and customer_id <= @UntilId and (
          not exists (select 1 from order_rollup r where r.customer_id = loyalty_score.customer_id and r.orders > 0)
          or exists (select 1 from customer c where c.customer_id = loyalty_score.customer_id and c.erased_at is not null))
        """,
        new { part.AfterId, part.UntilId });

    /// <summary>How many customers ever bought.</summary>
    public Task<long> BuyersAsync() => work.ScalarAsync<long>("select count(distinct customer_id) /* all customers: how large the work is */ from order_rollup where orders > 0");

    /// <summary>The first purchase of all; null = nobody has bought.</summary>
    public Task<Instant?> FirstAsync() => work.ScalarAsync<Instant?>("select min(first_order_at) /* all customers: where the records begin */ from order_rollup where orders > 0");

    /// <summary>Every so-many-th customer in the order of ids: where parts end.</summary>
    public Task<List<Guid>> EndsAsync(long size) => work.ListAsync<Guid>(
        """
        select customer_id /* all customers: into parts of one size */ from (select customer_id, row_number() over (order by customer_id) as n from order_rollup) numbered
        where n % @size = 0 order by customer_id
        """,
        new { size });
}

/// <summary>A customer with news, and the sums of now.</summary>
internal sealed record NewsRow
{
    public Guid CustomerId { get; init; }
    public long Orders { get; init; }
    public long Version { get; init; }
}
