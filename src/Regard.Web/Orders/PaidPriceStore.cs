using Regard.Storage;

namespace Regard.Orders;

/// <summary>Keeps a price history for products of which only orders are known. A product with a price from anywhere else keeps that alone.</summary>
internal sealed class PaidPriceStore(UnitOfWork work)
{
    /// <summary>The source of prices that were told by orders.</summary>
    public const string Source = "orders";

    private static readonly Bulk<PaidPrice> Prices = new(
        "product_price", "product_id, currency, valid_from",
        Column<PaidPrice>.Id("product_id", row => row.ProductId),
        Column<PaidPrice>.Text("currency", row => row.Currency),
        Column<PaidPrice>.At("valid_from", row => row.From),
        Column<PaidPrice>.Whole("price_minor", row => row.PriceMinor),
        Column<PaidPrice>.Text("source", _ => Source));

    /// <summary>Records the prices that new orders tell. The same orders must not be handed over twice.</summary>
    public async Task RecordAsync(IEnumerable<OrderRecord> orders)
    {
        var paid = new PaidPrices();
        foreach (var order in orders) paid.Add(order);
        var rows = await work.ListAsync<Known>(
            $"select product_id, currency, valid_from, price_minor, source from product_price where {work.InIds("product_id", "@ids")} order by valid_from",
            new { ids = new IdList(paid.Products) });
        var known = rows.ToLookup(row => (row.ProductId, row.Currency));
        var changes = paid.Changes((product, currency, at) => known[(product, currency)].LastOrDefault(row => row.ValidFrom <= at)?.PriceMinor);
        await Prices.InsertNewAsync(work, [.. changes.Where(change => known[(change.ProductId, change.Currency)].All(row => row.Source == Source))]);
    }

    private sealed record Known
    {
        public Guid ProductId { get; init; }
        public string Currency { get; init; } = "";
        public Instant ValidFrom { get; init; }
        public long PriceMinor { get; init; }
        public string Source { get; init; } = "";
    }
}
