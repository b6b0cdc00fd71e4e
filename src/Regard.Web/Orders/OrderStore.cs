using Regard.Storage;
using Regard.Timeline;

namespace Regard.Orders;

/// <summary>
/// Records orders and returns, with their lines, fees, rollups and place on the timeline, in the caller's transaction. A document is
/// known by source and number for ever, whichever customer it is told for: told again it is never counted twice.
/// </summary>
internal sealed class OrderStore(UnitOfWork work)
{
    private readonly OrderRollupStore _rollups = new(work);
    private readonly SaleNewsStore _news = new(work);

    public async Task<RecordOutcome> RecordAsync(OrderRecord order, Instant now) => (await RecordManyAsync([order], now))[0];

    public async Task<RecordOutcome> RecordReturnAsync(ReturnRecord back, Instant now) => (await RecordManyAsync([back], now))[0];

    /// <summary>Records documents in the order they happened; answers the outcome of each. Customers must be profiles that live.</summary>
    public async Task<RecordOutcome[]> RecordManyAsync(IReadOnlyList<SalesDocument> documents, Instant now)
    {
        var outcomes = new RecordOutcome[documents.Count];
        var claims = documents
            .Select((document, index) => (Index: index, Row: new LookupRow(document.Number, document.Source, document.Kind(), document.CustomerId, DocumentId(document))))
            .OrderBy(claim => claim.Row.Number, StringComparer.Ordinal).ToList();
        var isNew = await OrderTables.Lookup.InsertNewAsync(work, [.. claims.Select(claim => claim.Row)]);
        var known = claims.Where((_, i) => !isNew[i]).Select(claim => claim.Index).ToHashSet();
        if (known.Count < documents.Count)
            await WriteAsync(known.Count == 0 ? documents : [.. documents.Where((_, index) => !known.Contains(index))], now);
        if (known.Count > 0) await TellAgainAsync(documents, known, outcomes, now);
        return outcomes;
    }

    /// <summary>The id that an order told for the first time gets; the same whenever it is told.</summary>
    public static Guid DocumentId(SalesDocument document) => Ids.Of(document.At, document.Source, document.Reference());

    private async Task WriteAsync(IReadOnlyList<SalesDocument> documents, Instant now, Guid? knownId = null)
    {
        var purchases = await new PurchaseStore(work).LoadAsync([.. documents.OfType<ReturnRecord>()]);
        var orders = new Dictionary<Guid, OrderRow>();
        List<LineRow> lines = [];
        List<ReturnRow> returns = [];
        List<FeeRow> fees = [];
        var mistakes = new HashSet<(Guid CustomerId, Guid OrderId)>();
        foreach (var document in documents)
        {
            var id = knownId ?? DocumentId(document);
            foreach (var fee in document.Fees) fees.Add(new FeeRow(document, fee, document is OrderRecord && document.Lines.Count > 0 ? id : null, now));
            if (document is OrderRecord order)
            {
                _rollups.Count(order, isVoided: false);
                if (order.Lines.Count == 0) continue;
                orders.Add(id, new OrderRow(order, id, now));
                _news.Tell(order.At);
                var bought = purchases.GetValueOrDefault(order.CustomerId);
                foreach (var line in order.Lines)
                {
                    lines.Add(new LineRow(order.CustomerId, id, line));
                    bought?.Add(id, order.Number, order.At, line);
                }
            }
            else if (document is ReturnRecord back)
            {
                _rollups.Count(back);
                var bought = purchases[back.CustomerId];
                foreach (var part in bought.TakeBack(back))
                {
                    returns.Add(new ReturnRow(back, part, now));
                    if (part.BoughtAt is { } boughtAt) _news.Tell(boughtAt);
                    if (part.OrderId is { } from && bought.IsMistake(from, back.At)) mistakes.Add((back.CustomerId, from));
                }
            }
        }
        var earlier = Void(mistakes, orders);
        await OrderTables.Order.AppendAsync(work, [.. orders.Values]);
        await OrderTables.Line.AppendAsync(work, lines);
        await OrderTables.Return.AppendAsync(work, returns);
        await OrderTables.Fee.AppendAsync(work, fees);
        foreach (var (customerId, orderId) in earlier) await SetVoidedAsync(customerId, orderId, isVoided: true);
        await _rollups.WriteAsync();
        await _news.WriteAsync(now);
        await new TimelineStore(work).AppendAsync([.. documents.Select(document => (document.CustomerId, Touch(document, knownId is not null, now)))], now);
    }

    private static Touchpoint Touch(SalesDocument document, bool isChanged, Instant now)
    {
        var pieces = document.Lines.Sum(line => line.Quantity);
        var money = new Money(document.Total + document.Fees.Sum(fee => document is ReturnRecord ? -fee.AmountMinor : fee.AmountMinor), document.Currency);
        var (kind, what) = document is ReturnRecord ? ("return", "Return") : ("order", "Order");
        return new Touchpoint
        {
            At = isChanged ? now : document.At,
            Department = Department.Sales,
            Kind = isChanged ? $"{kind}_changed" : kind,
            Channel = (document as OrderRecord)?.Channel,
            Direction = Direction.In,
            Summary = $"{what} {document.Number}{(isChanged ? " was changed" : "")}: {pieces} {(pieces == 1 ? "piece" : "pieces")}, {money}",
            Source = document.Source,
            SourceId = isChanged ? $"{document.Reference()}:{now}" : document.Reference(),
        };
    }

    /// <summary>Marks the mistakes among orders that are about to be written; answers those that are in the records already.</summary>
    private List<(Guid CustomerId, Guid OrderId)> Void(IEnumerable<(Guid CustomerId, Guid OrderId)> mistakes, Dictionary<Guid, OrderRow> orders)
    {
        var earlier = new List<(Guid, Guid)>();
        foreach (var (customerId, orderId) in mistakes)
        {
            if (!orders.TryGetValue(orderId, out var row))
            {
                earlier.Add((customerId, orderId));
                continue;
            }
            row.IsVoided = true;
            _rollups.CountPurchase(row.Order, -1);
        }
        return earlier;
    }

    private async Task SetVoidedAsync(Guid customerId, Guid orderId, bool isVoided)
    {
        var number = await work.FirstAsync<Known>("select source, source_id from sales_order where customer_id = @customerId and order_id = @orderId", new { customerId, orderId });
        if (number is null) return;
        var stored = await OpenAsync(number.Source, number.SourceId);
        if (stored is null || stored.IsVoided == isVoided) return;
        await work.ExecuteAsync(
            "update sales_order set status = @status where customer_id = @customerId and order_id = @orderId",
            new { customerId, orderId, status = isVoided ? "voided" : "placed" });
        _news.Tell(stored.Document.At);
        _rollups.CountPurchase((OrderRecord)stored.Document, isVoided ? -1 : 1);
    }

    private async Task TellAgainAsync(IReadOnlyList<SalesDocument> documents, HashSet<int> known, RecordOutcome[] outcomes, Instant now)
    {
        var stored = await new StoredSaleStore(work).LoadAsync([.. known.Select(index => documents[index])]);
        foreach (var index in known.Order())
        {
            var told = documents[index];
            var was = stored[(told.Source, told.Reference())];
            if (was.Document.CustomerId != told.CustomerId) outcomes[index] = RecordOutcome.OtherCustomer;
            else if (was.Says(told)) outcomes[index] = RecordOutcome.Unchanged;
            else
            {
                await ReplaceAsync(was, told, now);
                outcomes[index] = RecordOutcome.Updated;
                stored = await new StoredSaleStore(work).LoadAsync([.. known.Select(other => documents[other])]);
            }
        }
    }

    private async Task ReplaceAsync(StoredSale was, SalesDocument told, Instant now)
    {
        var arguments = new { told.CustomerId, was.Id, told.Source, told.Number, Reference = told.Reference() };
        if (was.Document is OrderRecord order)
        {
            _rollups.Count(order, was.IsVoided, -1);
            _news.Tell(order.At);
            // Who brings it becomes known last, and is not forgotten when the order is told again without it.
            if (told is OrderRecord again) told = again with { Carrier = again.Carrier ?? order.Carrier };
            await work.ExecuteAsync("delete from order_line where customer_id = @CustomerId and order_id = @Id", arguments);
            await work.ExecuteAsync("delete from sales_order where customer_id = @CustomerId and order_id = @Id", arguments);
        }
        else
        {
            _rollups.Count((ReturnRecord)was.Document, -1);
            await work.ExecuteAsync("delete from order_return where customer_id = @CustomerId and source = @Source and source_id = @Number", arguments);
        }
        await work.ExecuteAsync("delete from order_fee where customer_id = @CustomerId and source = @Source and source_id = @Reference", arguments);
        await WriteAsync([told], now, was.Id);
        foreach (var orderId in was.TookFrom.Append(was.Id)) await ReconsiderAsync(told.CustomerId, orderId);
        await _rollups.WriteAsync();
        await _news.WriteAsync(now);
    }

    /// <summary>Decides again whether an order was a mistake, from all that came back of it by now.</summary>
    private async Task ReconsiderAsync(Guid customerId, Guid orderId)
    {
        var pieces = await work.ListAsync<Piece>("""
            select o.at, l.line_no, l.product_id, l.quantity, cast(coalesce(sum(r.quantity), 0) as bigint) as back, max(r.at) as last_back
            from sales_order o join order_line l on l.customer_id = o.customer_id and l.order_id = o.order_id
            left join order_return r on r.customer_id = l.customer_id and r.order_id = l.order_id and r.line_no = l.line_no
            where o.customer_id = @customerId and o.order_id = @orderId
            group by o.at, l.line_no, l.product_id, l.quantity
            """, new { customerId, orderId });
        if (pieces.Count == 0) return;
        _news.Tell(pieces[0].At);
        var bought = new Purchases();
        foreach (var piece in pieces) bought.Add(orderId, "", piece.At, new OrderLine(piece.LineNo, piece.ProductId, piece.Quantity, 0), piece.Back);
        var lastBack = pieces.Max(piece => piece.LastBack);
        await SetVoidedAsync(customerId, orderId, lastBack is { } last && bought.IsMistake(orderId, last));
    }

    /// <summary>An order as it stands; null when its number is not known.</summary>
    public async Task<StoredSale?> OpenAsync(string source, string number)
    {
        var named = new OrderRecord { CustomerId = default, Source = source, Number = number, At = default, Currency = "" };
        return (await new StoredSaleStore(work).LoadAsync([named])).GetValueOrDefault((source, named.Reference()));
    }

    private sealed record Known
    {
        public string Source { get; init; } = "";
        public string SourceId { get; init; } = "";
    }

    private sealed record Piece
    {
        public Instant At { get; init; }
        public int LineNo { get; init; }
        public Guid ProductId { get; init; }
        public long Quantity { get; init; }
        public long Back { get; init; }
        public Instant? LastBack { get; init; }
    }
}
