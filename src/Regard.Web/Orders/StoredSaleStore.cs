using Regard.Storage;

namespace Regard.Orders;

/// <summary>A document as it stands in the records.</summary>
/// <param name="Id">The order's id, or the one under which a return's number is known.</param>
/// <param name="Document">Its contents, lines and fees in their order.</param>
/// <param name="IsVoided">Of an order: whether it turned out as a mistake.</param>
/// <param name="TookFrom">Of a return: the orders it took pieces from.</param>
internal sealed record StoredSale(Guid Id, SalesDocument Document, bool IsVoided, IReadOnlyList<Guid> TookFrom)
{
    /// <summary>Whether a document says what the records say already.</summary>
    public bool Says(SalesDocument told) =>
        (Document.Lines.Count + Document.Fees.Count == 0 || (TypeHandlers.Microseconds(Document.At) == TypeHandlers.Microseconds(told.At)
            && string.Equals(Document.Currency, told.Currency, StringComparison.Ordinal)))
        && (told is not OrderRecord { Carrier: { } carrier } || string.Equals((Document as OrderRecord)?.Carrier, carrier, StringComparison.Ordinal))
        && Document.Lines.SequenceEqual(told.Lines.OrderBy(line => line.LineNo))
        && Document.Fees.SequenceEqual(told.Fees.OrderBy(fee => fee.LineNo));
}

/// <summary>Reads documents back as they were told.</summary>
internal sealed class StoredSaleStore(UnitOfWork work)
{
    /// <summary>The stored documents of these numbers, whosever they are. A number that is not known is absent.</summary>
    public async Task<Dictionary<(string Source, string Reference), StoredSale>> LoadAsync(IReadOnlyCollection<SalesDocument> told)
    {
        var wanted = told.Select(document => (document.Source, document.Reference())).ToHashSet();
        var lookups = (await work.ListAsync<Lookup>(
                $"select number, source, kind, customer_id, order_id from order_lookup where {work.InWords("number", "@numbers")}",
                new { numbers = new WordList(told.Select(document => document.Number)) }))
            .Where(lookup => wanted.Contains((lookup.Source, $"{lookup.Kind}:{lookup.Number}"))).ToList();
        var arguments = new
        {
            customers = new IdList(lookups.Select(lookup => lookup.CustomerId).Distinct()),
            orders = new IdList(lookups.Select(lookup => lookup.OrderId)),
            numbers = new WordList(lookups.Select(lookup => lookup.Number)),
            references = new WordList(lookups.Select(lookup => $"{lookup.Kind}:{lookup.Number}")),
        };
        var orders = (await work.ListAsync<Order>(
            $"select customer_id, order_id, at, currency, status, channel, carrier from sales_order where {work.InIds("customer_id", "@customers")} and {work.InIds("order_id", "@orders")}", arguments))
            .ToDictionary(order => order.OrderId);
        var lines = (await work.ListAsync<Line>(
            $"select customer_id, order_id, line_no, product_id, quantity, amount_minor, batch from order_line where {work.InIds("customer_id", "@customers")} and {work.InIds("order_id", "@orders")}", arguments))
            .ToLookup(line => line.OrderId!.Value);
        var returned = (await work.ListAsync<Line>($"""
            select customer_id, order_id, source_line as line_no, product_id, quantity, amount_minor, batch, at, currency, source, source_id
            from order_return where {work.InIds("customer_id", "@customers")} and {work.InWords("source_id", "@numbers")}
            """, arguments)).ToLookup(line => (line.Source, line.SourceId));
        var fees = (await work.ListAsync<Fee>($"""
            select customer_id, at, currency, kind, amount_minor, description, source, source_id, source_line
            from order_fee where {work.InIds("customer_id", "@customers")} and {work.InWords("source_id", "@references")}
            """, arguments)).ToLookup(fee => (fee.Source, fee.SourceId));
        return lookups.ToDictionary(
            lookup => (lookup.Source, $"{lookup.Kind}:{lookup.Number}"),
            lookup => lookup.Kind == "order"
                ? OrderOf(lookup, orders.GetValueOrDefault(lookup.OrderId), lines[lookup.OrderId], fees[(lookup.Source, $"order:{lookup.Number}")])
                : ReturnOf(lookup, returned[(lookup.Source, lookup.Number)], fees[(lookup.Source, $"return:{lookup.Number}")]));
    }

    private static StoredSale OrderOf(Lookup lookup, Order? order, IEnumerable<Line> lines, IEnumerable<Fee> fees)
    {
        var told = Written(fees);
        var first = fees.FirstOrDefault();
        var document = new OrderRecord
        {
            CustomerId = lookup.CustomerId,
            Source = lookup.Source,
            Number = lookup.Number,
            At = order?.At ?? first?.At ?? default,
            Currency = order?.Currency ?? first?.Currency ?? "",
            Channel = order?.Channel,
            Carrier = order?.Carrier,
            Lines = Written(lines),
            Fees = told,
        };
        return new StoredSale(lookup.OrderId, document, order?.Status == "voided", []);
    }

    private static StoredSale ReturnOf(Lookup lookup, IEnumerable<Line> lines, IEnumerable<Fee> fees)
    {
        var (line, fee) = (lines.FirstOrDefault(), fees.FirstOrDefault());
        var document = new ReturnRecord
        {
            CustomerId = lookup.CustomerId,
            Source = lookup.Source,
            Number = lookup.Number,
            At = line?.At ?? fee?.At ?? default,
            Currency = line?.Currency ?? fee?.Currency ?? "",
            Lines = Written(lines),
            Fees = Written(fees),
        };
        return new StoredSale(lookup.OrderId, document, false, [.. lines.Where(part => part.OrderId is not null).Select(part => part.OrderId!.Value).Distinct()]);
    }

    // A line that came from several orders is stored in parts and was told as one.
    private static List<OrderLine> Written(IEnumerable<Line> lines) =>
        [.. lines.GroupBy(line => line.LineNo).OrderBy(parts => parts.Key).Select(parts => new OrderLine(
            parts.Key, parts.First().ProductId, parts.Sum(part => part.Quantity), parts.Sum(part => part.AmountMinor), parts.First().Batch))];

    private static List<FeeRecord> Written(IEnumerable<Fee> fees) =>
        [.. fees.OrderBy(fee => fee.SourceLine).Select(fee => new FeeRecord(fee.SourceLine, Words.Must<FeeKind>(fee.Kind), fee.AmountMinor, fee.Description))];

    private sealed record Lookup
    {
        public string Number { get; init; } = "";
        public string Source { get; init; } = "";
        public string Kind { get; init; } = "";
        public Guid CustomerId { get; init; }
        public Guid OrderId { get; init; }
    }

    private sealed record Order
    {
        public Guid OrderId { get; init; }
        public Instant At { get; init; }
        public string Currency { get; init; } = "";
        public string Status { get; init; } = "";
        public string? Channel { get; init; }
        public string? Carrier { get; init; }
    }

    private sealed record Line
    {
        public Guid? OrderId { get; init; }
        public int LineNo { get; init; }
        public Guid ProductId { get; init; }
        public long Quantity { get; init; }
        public long AmountMinor { get; init; }
        public string? Batch { get; init; }
        public Instant At { get; init; }
        public string Currency { get; init; } = "";
        public string Source { get; init; } = "";
        public string SourceId { get; init; } = "";
    }

    private sealed record Fee
    {
        public Instant At { get; init; }
        public string Currency { get; init; } = "";
        public string Kind { get; init; } = "";
        public long AmountMinor { get; init; }
        public string Description { get; init; } = "";
        public string Source { get; init; } = "";
        public string SourceId { get; init; } = "";
        public int SourceLine { get; init; }
    }
}
