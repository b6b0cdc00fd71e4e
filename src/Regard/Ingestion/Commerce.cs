using System.Text.Json;
using Regard.Orders;

namespace Regard.Ingestion;

/// <summary>What an event of the e-commerce specification does to an order.</summary>
public enum OrderStep
{
    /// <summary>It was placed or changed: the event says all of it.</summary>
    Told,

    /// <summary>Money went back, for some or all of its products.</summary>
    Refunded,

    /// <summary>It was called off.</summary>
    Cancelled,
}

/// <summary>An order or a refund as an event tells it.</summary>
/// <param name="OrderNumber">The order's number in the shop.</param>
/// <param name="Currency">ISO 4217; null = not told.</param>
/// <param name="Lines">Its products; empty in a refund = all of the order's.</param>
/// <param name="Fees">What was charged or given beside them.</param>
/// <param name="Reason">Of a refund or cancellation: why; null = not told.</param>
public sealed record ToldSale(string OrderNumber, string? Currency, IReadOnlyList<ToldLine> Lines, IReadOnlyList<FeeRecord> Fees, string? Reason)
{
    /// <summary>Of an order: who brings it; null = not told.</summary>
    public string? Carrier { get; init; }
}

/// <summary>A product in it.</summary>
/// <param name="LineNo">Its place, from 1.</param>
/// <param name="Sku">The shop's number of the product.</param>
/// <param name="Name">Its name; the number where none is told.</param>
/// <param name="Category">Null = not told.</param>
/// <param name="Quantity">Pieces, at least 1.</param>
/// <param name="AmountMinor">For the whole line, in minor units.</param>
public sealed record ToldLine(int LineNo, string Sku, string Name, string? Category, long Quantity, long AmountMinor)
{
    /// <summary>Who it is bought from; null = not told.</summary>
    public string? Supplier { get; init; }

    /// <summary>Null = not told.</summary>
    public string? Size { get; init; }
}

/// <summary>Reads the order events of Segment's e-commerce specification (version 2).</summary>
public static class Commerce
{
    private const int MaxLines = 1000;

    /// <summary>What a track event does to an order; null = it is about no order, or about one that is not placed yet.</summary>
    public static OrderStep? StepOf(CustomerEvent told) => told.Type != EventType.Track ? null : told.Name.Trim().ToLowerInvariant() switch
    {
        "order completed" or "order updated" or "completed order" => OrderStep.Told,
        "order refunded" or "refunded order" => OrderStep.Refunded,
        "order cancelled" or "order canceled" => OrderStep.Cancelled,
        _ => null,
    };

    /// <summary>
    /// Reads the order, or says in a word why it cannot be one: <c>order_id_missing</c>, <c>currency_missing</c>, <c>product_missing</c>,
    /// <c>products_missing</c>, <c>quantity_unreadable</c>, <c>price_unreadable</c>.
    /// </summary>
    /// <param name="step">What the event does.</param>
    /// <param name="told">An event with that step.</param>
    public static (ToldSale? Sale, string? Fault) Read(OrderStep step, CustomerEvent told)
    {
        var about = told.Properties;
        if (about.Text("order_id", "orderId") is not { Length: <= 200 } number) return (null, "order_id_missing");
        var currency = about.Text("currency")?.ToUpperInvariant();
        var isCurrency = currency is { Length: 3 } && currency.All(char.IsAsciiLetterUpper);
        if (step == OrderStep.Cancelled) return (new ToldSale(number, null, [], [], about.Text("reason")), null);
        var lines = new List<ToldLine>();
        foreach (var product in about.Parts("products").Take(MaxLines))
        {
            var (line, fault) = Line(product, lines.Count + 1, isCurrency ? currency! : "");
            if (line is null) return (null, fault);
            lines.Add(line);
        }
        if (lines.Count == 0 && step == OrderStep.Told) return (null, "products_missing");
        if (lines.Count > 0 && !isCurrency) return (null, "currency_missing");
        var fees = step == OrderStep.Told ? Fees(about, currency!, lines.Count) : [];
        return (new ToldSale(number, isCurrency ? currency : null, lines, fees, about.Text("reason")) { Carrier = about.Text("carrier") is { Length: <= 100 } carrier ? carrier : null }, null);
    }

    private static (ToldLine? Line, string? Fault) Line(JsonElement product, int no, string currency)
    {
        if (product.Text("sku", "product_id", "productId", "id") is not { Length: <= 200 } sku) return (null, "product_missing");
        var quantity = product.Has("quantity") ? product.Number("quantity") : 1;
        if (quantity is not { } pieces || pieces < 1 || pieces > 1_000_000 || pieces != decimal.Truncate(pieces)) return (null, "quantity_unreadable");
        if (product.Number("price") is not { } price || price < 0 || price > 1_000_000_000) return (null, "price_unreadable");
        var amount = Money.OfMajor(price * pieces, currency).Minor;
        return (new ToldLine(no, sku, product.Text("name") ?? sku, product.Text("category"), (long)pieces, amount) { Supplier = product.Text("supplier"), Size = product.Text("size") }, null);
    }

    private static List<FeeRecord> Fees(JsonElement about, string currency, int lines)
    {
        var fees = new List<FeeRecord>();
        foreach (var (name, kind, sign) in new[] { ("shipping", FeeKind.Postage, 1), ("tax", FeeKind.Other, 1), ("discount", FeeKind.Discount, -1) })
        {
            if (about.Number(name) is not { } amount || amount <= 0 || amount > 1_000_000_000) continue;
            fees.Add(new FeeRecord(lines + fees.Count + 1, kind, sign * Money.OfMajor(amount, currency).Minor, name));
        }
        return fees;
    }
}
