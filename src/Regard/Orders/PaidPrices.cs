namespace Regard.Orders;

/// <summary>A price that customers began to pay.</summary>
/// <param name="ProductId">Of what.</param>
/// <param name="Currency">In which currency, ISO 4217.</param>
/// <param name="From">The first order at this price.</param>
/// <param name="PriceMinor">Of a piece, in minor units.</param>
public sealed record PaidPrice(Guid ProductId, string Currency, Instant From, long PriceMinor);

/// <summary>
/// What products cost, told by what customers paid, for shops that hand over orders and no price list. The price of a product in a
/// stretch of orders is the one that most of its lines have (of two alike the later one). A line that was free, or whose amount is no
/// whole price a piece, tells nothing. The first price is believed at once; another must be paid on <see cref="Believed"/> lines at
/// least and on more than half of them, so that quantity discounts and slips do not become prices.
/// </summary>
public sealed class PaidPrices
{
    /// <summary>On how many lines a new price must be paid before it counts.</summary>
    public const int Believed = 3;

    private readonly Dictionary<(Guid Product, string Currency), Dictionary<long, Paid>> _paid = [];

    /// <summary>The products of which something was told.</summary>
    public IEnumerable<Guid> Products => _paid.Keys.Select(key => key.Product).Distinct();

    /// <summary>Takes an order's lines into account.</summary>
    public void Add(OrderRecord order)
    {
        foreach (var line in order.Lines)
        {
            if (line.Quantity <= 0 || line.AmountMinor <= 0 || line.AmountMinor % line.Quantity != 0) continue;
            var key = (line.ProductId, order.Currency);
            if (!_paid.TryGetValue(key, out var prices)) _paid[key] = prices = [];
            var price = line.AmountMinor / line.Quantity;
            var paid = prices.GetValueOrDefault(price, new Paid(0, order.At, order.At));
            prices[price] = new Paid(paid.Lines + 1, Instant.Min(paid.First, order.At), Instant.Max(paid.Last, order.At));
        }
    }

    /// <summary>The prices that are new, in the order of products and currencies.</summary>
    /// <param name="inForce">What a product costs in a currency at a moment as far as it is known; null = no price is known.</param>
    public IEnumerable<PaidPrice> Changes(Func<Guid, string, Instant, long?> inForce)
    {
        foreach (var ((product, currency), prices) in _paid.OrderBy(pair => pair.Key.Product).ThenBy(pair => pair.Key.Currency, StringComparer.Ordinal))
        {
            var (price, paid) = prices.OrderByDescending(pair => pair.Value.Lines).ThenByDescending(pair => pair.Value.Last).ThenBy(pair => pair.Key).First();
            var known = inForce(product, currency, paid.First);
            var isBelieved = known is null || (paid.Lines >= Believed && 2 * paid.Lines > prices.Values.Sum(other => other.Lines));
            if (known != price && isBelieved) yield return new PaidPrice(product, currency, paid.First, price);
        }
    }

    private readonly record struct Paid(int Lines, Instant First, Instant Last);
}
