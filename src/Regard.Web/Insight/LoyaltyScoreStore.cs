using Regard.Storage;

namespace Regard.Insight;

/// <summary>What was computed of a customer, and from which sums.</summary>
internal sealed record ScoredRow(NewsRow Seen, Guid ModelId, LoyaltyMeasure Measure, Instant ComputedAt);

/// <summary>The scores of customers. They follow from orders and a model: whoever forgets one loses nothing.</summary>
internal sealed class LoyaltyScoreStore(UnitOfWork work)
{
    private static readonly Bulk<ScoredRow> Rows = new(
        "loyalty_score", "customer_id",
        Column<ScoredRow>.Id("customer_id", row => row.Seen.CustomerId),
        Column<ScoredRow>.Id("model_id", row => row.ModelId),
        Column<ScoredRow>.At("first_at", row => Buyer.At(row.Measure.FirstDay)),
        Column<ScoredRow>.At("last_at", row => Buyer.At(row.Measure.LastDay)),
        Column<ScoredRow>.Small("purchases", row => row.Measure.Summary.Repeats + 1),
        Column<ScoredRow>.Text("currency", row => row.Measure.Spent.Currency),
        Column<ScoredRow>.Whole("spend_minor", row => row.Measure.Spent.KeptMinor),
        Column<ScoredRow>.Real("usual_gap", row => row.Measure.Story.Gap),
        Column<ScoredRow>.Real("chance_alive", row => row.Measure.Story.ChanceAlive),
        Column<ScoredRow>.Real("chance_of_silence", row => row.Measure.Story.ChanceOfSilence),
        Column<ScoredRow>.Real("expected", row => row.Measure.Story.Expected),
        Column<ScoredRow>.Whole("value_minor", row => row.Measure.ValueMinor),
        Column<ScoredRow>.Whole("year_minor", row => row.Measure.YearMinor),
        Column<ScoredRow>.At("unusual_at", row => row.Measure.UnusualAt),
        Column<ScoredRow>.Whole("seen_orders", row => row.Seen.Orders),
        Column<ScoredRow>.Whole("seen_version", row => row.Seen.Version),
        Column<ScoredRow>.At("computed_at", row => row.ComputedAt));

    /// <summary>Keeps scores, in the place of those before. The rows are in the order of their customers.</summary>
    public Task SaveAsync(IReadOnlyList<ScoredRow> rows) => Rows.UpsertAsync(work, rows,
        """
        set model_id = excluded.model_id, first_at = excluded.first_at, last_at = excluded.last_at, purchases = excluded.purchases, currency = excluded.currency,
        spend_minor = excluded.spend_minor, usual_gap = excluded.usual_gap, chance_alive = excluded.chance_alive, chance_of_silence = excluded.chance_of_silence,
        expected = excluded.expected, value_minor = excluded.value_minor, year_minor = excluded.year_minor, unusual_at = excluded.unusual_at,
        seen_orders = excluded.seen_orders, seen_version = excluded.seen_version, computed_at = excluded.computed_at
        """);

    /// <summary>Purchases by now of all customers who were known at a moment.</summary>
    public Task<long> PurchasesAsync(Instant knownAt) => work.ScalarAsync<long>(
        "select cast(coalesce(sum(purchases), 0) as bigint) /* all customers: what came since a fit */ from loyalty_score where first_at <= @knownAt", new { knownAt });

    /// <summary>A customer's score; null = none was computed, or it was forgotten.</summary>
    public Task<StoredScore?> FindAsync(Guid customerId) => work.FirstAsync<StoredScore>("select * from loyalty_score where customer_id = @customerId", new { customerId });

    /// <summary>Scores in the order of customers, after one.</summary>
    public Task<List<StoredScore>> PageAsync(Guid after, int take) => work.ListAsync<StoredScore>(
        "select * from loyalty_score where customer_id > @after order by customer_id limit @take", new { after, take });
}

/// <summary>A score as it is kept.</summary>
public sealed record StoredScore
{
    public Guid CustomerId { get; init; }
    public Guid ModelId { get; init; }
    public Instant FirstAt { get; init; }
    public Instant LastAt { get; init; }
    public int Purchases { get; init; }
    public string Currency { get; init; } = "";
    public long SpendMinor { get; init; }
    public double? UsualGap { get; init; }
    public double ChanceAlive { get; init; }
    public double ChanceOfSilence { get; init; }
    public double Expected { get; init; }
    public long ValueMinor { get; init; }
    public long YearMinor { get; init; }
    public Instant? UnusualAt { get; init; }
    public long SeenOrders { get; init; }
    public long SeenVersion { get; init; }
    public Instant ComputedAt { get; init; }
}
