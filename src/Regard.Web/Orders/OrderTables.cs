using Regard.Storage;

namespace Regard.Orders;

/// <summary>How the rows of orders, returns and fees are written.</summary>
internal static class OrderTables
{
    public static readonly Bulk<LookupRow> Lookup = new(
        "order_lookup", "number, source, kind",
        Column<LookupRow>.Text("number", row => row.Number),
        Column<LookupRow>.Text("source", row => row.Source),
        Column<LookupRow>.Text("kind", row => row.Kind),
        Column<LookupRow>.Id("customer_id", row => row.CustomerId),
        Column<LookupRow>.Id("order_id", row => row.DocumentId));

    public static readonly Bulk<OrderRow> Order = new(
        "sales_order", "customer_id, order_id",
        Column<OrderRow>.Id("customer_id", row => row.Order.CustomerId),
        Column<OrderRow>.Id("order_id", row => row.OrderId),
        Column<OrderRow>.At("at", row => row.Order.At),
        Column<OrderRow>.Text("currency", row => row.Order.Currency),
        Column<OrderRow>.Whole("total_minor", row => row.Order.Total),
        Column<OrderRow>.Text("status", row => row.IsVoided ? "voided" : "placed"),
        Column<OrderRow>.Text("channel", row => row.Order.Channel),
        Column<OrderRow>.Text("carrier", row => row.Order.Carrier),
        Column<OrderRow>.Text("source", row => row.Order.Source),
        Column<OrderRow>.Text("source_id", row => row.Order.Number),
        Column<OrderRow>.At("recorded_at", row => row.RecordedAt));

    public static readonly Bulk<LineRow> Line = new(
        "order_line", "customer_id, order_id, line_no",
        Column<LineRow>.Id("customer_id", row => row.CustomerId),
        Column<LineRow>.Id("order_id", row => row.OrderId),
        Column<LineRow>.Small("line_no", row => row.Line.LineNo),
        Column<LineRow>.Id("product_id", row => row.Line.ProductId),
        Column<LineRow>.Whole("quantity", row => row.Line.Quantity),
        Column<LineRow>.Whole("amount_minor", row => row.Line.AmountMinor),
        Column<LineRow>.Text("batch", row => row.Line.Batch));

    public static readonly Bulk<ReturnRow> Return = new(
        "order_return", "customer_id, return_id",
        Column<ReturnRow>.Id("customer_id", row => row.Return.CustomerId),
        Column<ReturnRow>.Id("return_id", row => Ids.Of(row.Return.At, row.Return.Source, $"return:{row.Return.Number}:{row.Part.Line.LineNo}:{row.Part.Part}")),
        Column<ReturnRow>.At("at", row => row.Return.At),
        Column<ReturnRow>.Id("product_id", row => row.Part.Line.ProductId),
        Column<ReturnRow>.Whole("quantity", row => row.Part.Quantity),
        Column<ReturnRow>.Whole("amount_minor", row => row.Part.AmountMinor),
        Column<ReturnRow>.Text("currency", row => row.Return.Currency),
        Column<ReturnRow>.Text("reason", row => row.Return.Reason),
        Column<ReturnRow>.Id("order_id", row => row.Part.OrderId),
        Column<ReturnRow>.Small("line_no", row => row.Part.OrderLineNo),
        Column<ReturnRow>.Text("batch", row => row.Part.Line.Batch),
        Column<ReturnRow>.Text("source", row => row.Return.Source),
        Column<ReturnRow>.Text("source_id", row => row.Return.Number),
        Column<ReturnRow>.Small("source_line", row => row.Part.Line.LineNo),
        Column<ReturnRow>.Small("part", row => row.Part.Part),
        Column<ReturnRow>.At("recorded_at", row => row.RecordedAt));

    public static readonly Bulk<FeeRow> Fee = new(
        "order_fee", "customer_id, fee_id",
        Column<FeeRow>.Id("customer_id", row => row.Document.CustomerId),
        Column<FeeRow>.Id("fee_id", row => Ids.Of(row.Document.At, row.Document.Source, $"fee:{row.Document.Reference()}:{row.Fee.LineNo}")),
        Column<FeeRow>.At("at", row => row.Document.At),
        Column<FeeRow>.Text("kind", row => Words.Of(row.Fee.Kind)),
        Column<FeeRow>.Whole("amount_minor", row => row.Fee.AmountMinor),
        Column<FeeRow>.Text("currency", row => row.Document.Currency),
        Column<FeeRow>.Text("description", row => row.Fee.Description),
        Column<FeeRow>.Id("order_id", row => row.OrderId),
        Column<FeeRow>.Text("source", row => row.Document.Source),
        Column<FeeRow>.Text("source_id", row => row.Document.Reference()),
        Column<FeeRow>.Small("source_line", row => row.Fee.LineNo),
        Column<FeeRow>.At("recorded_at", row => row.RecordedAt));

    /// <summary>A document's name within its source: <c>order:</c> or <c>return:</c> and the number.</summary>
    public static string Reference(this SalesDocument document) => $"{document.Kind()}:{document.Number}";

    public static string Kind(this SalesDocument document) => document is ReturnRecord ? "return" : "order";
}

internal sealed record LookupRow(string Number, string Source, string Kind, Guid CustomerId, Guid DocumentId);

internal sealed record OrderRow(OrderRecord Order, Guid OrderId, Instant RecordedAt)
{
    public bool IsVoided { get; set; }
}

internal sealed record LineRow(Guid CustomerId, Guid OrderId, OrderLine Line);

internal sealed record ReturnRow(ReturnRecord Return, ReturnedPart Part, Instant RecordedAt);

internal sealed record FeeRow(SalesDocument Document, FeeRecord Fee, Guid? OrderId, Instant RecordedAt);
