using Regard.Storage;

namespace Regard.Orders;

/// <summary>Loads what customers bought, as far as it matters for finding what a return took back.</summary>
internal sealed class PurchaseStore(UnitOfWork work)
{
    /// <summary>
    /// The earlier purchases of each customer of these returns: every line of the products that come back, and all of the orders that
    /// are recent enough to turn out as mistakes. Until the transaction ends nobody else can take pieces of these customers back.
    /// </summary>
    public async Task<Dictionary<Guid, Purchases>> LoadAsync(IReadOnlyCollection<ReturnRecord> returns)
    {
        var purchases = new Dictionary<Guid, Purchases>();
        if (returns.Count == 0) return purchases;
        foreach (var each in returns) purchases.TryAdd(each.CustomerId, new Purchases());
        var arguments = new
        {
            customers = new IdList(purchases.Keys),
            products = new IdList(returns.SelectMany(back => back.Lines).Select(line => line.ProductId).Distinct()),
            recent = returns.Min(back => back.At) - Purchases.MistakeWindow,
        };
        await work.ListAsync<Guid>($"select customer_id from order_rollup where {work.InIds("customer_id", "@customers")} order by customer_id, currency{work.ForUpdate}", arguments);
        var back = (await work.ListAsync<BackLine>($"""
            select order_id, line_no, cast(sum(quantity) as bigint) as quantity from order_return
            where {work.InIds("customer_id", "@customers")} and order_id is not null group by customer_id, order_id, line_no
            """, arguments)).ToDictionary(line => (line.OrderId, line.LineNo), line => line.Quantity);
        var lines = await work.ListAsync<BoughtLine>($"""
            select l.customer_id, l.order_id, o.source_id as number, o.at, l.line_no, l.product_id, l.quantity, l.amount_minor
            from order_line l join sales_order o on o.customer_id = l.customer_id and o.order_id = l.order_id
            where {work.InIds("l.customer_id", "@customers")} and (o.at >= @recent or {work.AmongIds("l.product_id", "@products")})
            order by l.customer_id, l.order_id, l.line_no
            """, arguments);
        foreach (var line in lines)
            purchases[line.CustomerId].Add(
                line.OrderId, line.Number, line.At, new OrderLine(line.LineNo, line.ProductId, line.Quantity, line.AmountMinor), back.GetValueOrDefault((line.OrderId, line.LineNo)));
        return purchases;
    }

    private sealed record BoughtLine
    {
        public Guid CustomerId { get; init; }
        public Guid OrderId { get; init; }
        public string Number { get; init; } = "";
        public Instant At { get; init; }
        public int LineNo { get; init; }
        public Guid ProductId { get; init; }
        public long Quantity { get; init; }
        public long AmountMinor { get; init; }
    }

    private sealed record BackLine
    {
        public Guid OrderId { get; init; }
        public int LineNo { get; init; }
        public long Quantity { get; init; }
    }
}
