using Regard.Storage;

namespace Regard.Insight;

/// <summary>
/// Reads customers' purchases in the order of their ids, one customer in memory at a time. An order that turned out as a mistake is no
/// purchase; what came back is subtracted from what was spent.
/// </summary>
internal sealed class BuyerStore(UnitOfWork work)
{
    private const string Columns =
        """
        o.customer_id, o.at, o.currency, r.spend_minor - r.returned_minor as kept_minor
        from sales_order o join order_rollup r on r.customer_id = o.customer_id and r.currency = o.currency
        """;

    /// <summary>Everybody who ever bought, the smallest id first. Until the last one is read nothing else may be asked in this unit of work.</summary>
    public IAsyncEnumerable<Buyer> AllAsync() => FoldAsync(work.StreamAsync<Purchase>(
        $"select /* all customers: what the models learn from */ {Columns} where o.status = 'placed' order by o.customer_id"));

    /// <summary>Those of some customers who bought.</summary>
    public async Task<List<Buyer>> OfAsync(IReadOnlyCollection<Guid> customers)
    {
        var rows = await work.ListAsync<Purchase>(
            $"select {Columns} where {work.InIds("o.customer_id", "@ids")} and o.status = 'placed' order by o.customer_id", new { ids = new IdList(customers) });
        List<Buyer> buyers = [];
        await foreach (var buyer in FoldAsync(rows.ToAsyncEnumerable())) buyers.Add(buyer);
        return buyers;
    }

    private async IAsyncEnumerable<Buyer> FoldAsync(IAsyncEnumerable<Purchase> rows)
    {
        List<Purchase> mine = [];
        await foreach (var row in rows.WithCancellation(work.Stop))
        {
            if (mine.Count > 0 && mine[0].CustomerId != row.CustomerId)
            {
                yield return Fold(mine);
                mine.Clear();
            }
            mine.Add(row);
        }
        if (mine.Count > 0) yield return Fold(mine);
    }

    private static Buyer Fold(List<Purchase> rows) => new(
        rows[0].CustomerId,
        [.. rows.Select(row => Buyer.Day(row.At)).Distinct().Order()],
        [
            .. rows.GroupBy(row => row.Currency).Select(same => new Spent(same.Key, same.Select(row => Buyer.Day(row.At)).Distinct().Count(), same.First().KeptMinor))
                .OrderByDescending(spent => spent.Purchases).ThenBy(spent => spent.Currency, StringComparer.Ordinal),
        ]);

    private sealed record Purchase
    {
        public Guid CustomerId { get; init; }
        public Instant At { get; init; }
        public string Currency { get; init; } = "";
        public long KeptMinor { get; init; }
    }
}
