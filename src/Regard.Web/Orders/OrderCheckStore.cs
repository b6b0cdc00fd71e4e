using Regard.Storage;

namespace Regard.Orders;

/// <summary>Recomputes what is kept beside orders, returns and fees, and finds what differs. It only reads.</summary>
internal static class OrderCheckStore
{
    private const string ReturnNumber = "count(distinct source || ' ' || source_id)";

    public static Task<IReadOnlyList<string>> CustomerSumsAsync(UnitOfWork work) => FindAsync(work, "order_rollup", $"""
        select customer_id, currency as detail,
          sum(orders) || ' orders, ' || sum(spend) || ' spent, ' || sum(returns) || ' returns, ' || sum(returned) || ' returned, ' || sum(fees) || ' fees too many' as text
        from (
          select customer_id, currency, orders, spend_minor as spend, returns, returned_minor as returned, fees_minor as fees from order_rollup
          union all
          select customer_id, currency, -sum(case when status = 'placed' then 1 else 0 end), -sum(total_minor), 0, 0, 0 from sales_order group by customer_id, currency
          union all
          select customer_id, currency, 0, 0, -{ReturnNumber}, -sum(amount_minor), 0 from order_return group by customer_id, currency
          union all
          select customer_id, currency, 0, 0, 0, 0, -sum(amount_minor) from order_fee group by customer_id, currency) as kept
        group by customer_id, currency
        having sum(orders) <> 0 or sum(spend) <> 0 or sum(returns) <> 0 or sum(returned) <> 0 or sum(fees) <> 0
        """);

    public static Task<IReadOnlyList<string>> FirstAndLastAsync(UnitOfWork work) => FindAsync(work, "order_rollup", """
        select r.customer_id, r.currency as detail, 'first or last order differ' as text
        from order_rollup r left join (
          select customer_id, currency, min(at) as first_at, max(at) as last_at from sales_order where status = 'placed' group by customer_id, currency) as o
          on o.customer_id = r.customer_id and o.currency = r.currency
        where r.first_order_at is distinct from o.first_at or r.last_order_at is distinct from o.last_at
        """);

    public static Task<IReadOnlyList<string>> MonthsAsync(UnitOfWork work) => FindAsync(work, "order_month", $"""
        select customer_id, cast(month as text) as detail, sum(orders) || ' orders, ' || sum(spend) || ' spent, ' || sum(returned) || ' returned too many' as text
        from (
          select customer_id, month, currency, orders, spend_minor as spend, returned_minor as returned from order_month
          union all
          select customer_id, {Dialect.Month(work.Engine, "at")}, currency, case when status = 'placed' then -1 else 0 end, -total_minor, 0 from sales_order
          union all
          select customer_id, {Dialect.Month(work.Engine, "at")}, currency, 0, 0, -amount_minor from order_return) as kept
        group by customer_id, month, currency
        having sum(orders) <> 0 or sum(spend) <> 0 or sum(returned) <> 0
        """);

    public static Task<IReadOnlyList<string>> ProductMonthsAsync(UnitOfWork work) => FindAsync(work, "product_month", $"""
        select customer_id, cast(month as text) as detail,
          sum(orders) || ' orders, ' || sum(quantity) || ' pieces, ' || sum(spend) || ' spent, ' || sum(back) || ' pieces back, ' || sum(returned) || ' returned too many' as text
        from (
          select customer_id, product_id, month, currency, orders, quantity, spend_minor as spend, returned_quantity as back, returned_minor as returned from product_month
          union all
          select l.customer_id, l.product_id, {Dialect.Month(work.Engine, "o.at")}, o.currency, case when o.status = 'placed' then -1 else 0 end, -l.quantity, -l.amount_minor, 0, 0
          from order_line l join sales_order o on o.customer_id = l.customer_id and o.order_id = l.order_id
          union all
          select customer_id, product_id, {Dialect.Month(work.Engine, "at")}, currency, 0, 0, 0, -quantity, -amount_minor from order_return) as kept
        group by customer_id, product_id, month, currency
        having sum(orders) <> 0 or sum(quantity) <> 0 or sum(spend) <> 0 or sum(back) <> 0 or sum(returned) <> 0
        """);

    public static Task<IReadOnlyList<string>> LinesAsync(UnitOfWork work) => FindAsync(work, "order_line", """
        select l.customer_id, cast(l.line_no as text) as detail, case when o.order_id is null then 'its order is not there' else 'its product is not there' end as text
        from order_line l
        left join sales_order o on o.customer_id = l.customer_id and o.order_id = l.order_id
        left join product p on p.product_id = l.product_id
        where o.order_id is null or p.product_id is null
        """);

    public static async Task<IReadOnlyList<string>> UnattributedLinesAsync(UnitOfWork work) => await work.ListAsync<string>("""
        select 'unattributed_line ' || l.source_id || ' (' || l.source_line || '): its product is not there'
        from unattributed_line l left join product p on p.product_id = l.product_id where p.product_id is null
        """);

    public static Task<IReadOnlyList<string>> TotalsAsync(UnitOfWork work) => FindAsync(work, "sales_order", """
        select o.customer_id, cast(o.total_minor as text) as detail, 'the lines add up to ' || coalesce(sum(l.amount_minor), 0) as text
        from sales_order o left join order_line l on l.customer_id = o.customer_id and l.order_id = o.order_id
        group by o.customer_id, o.order_id, o.total_minor
        having coalesce(sum(l.amount_minor), 0) <> o.total_minor
        """);

    public static Task<IReadOnlyList<string>> NumbersAsync(UnitOfWork work) => FindAsync(work, "order_lookup", """
        select o.customer_id, 'order' as detail, 'its number does not lead to it' as text
        from sales_order o left join order_lookup k on k.number = o.source_id and k.source = o.source and k.kind = 'order' and k.customer_id = o.customer_id and k.order_id = o.order_id
        where k.number is null
        union all
        select r.customer_id, 'return', 'its number does not lead to it'
        from order_return r left join order_lookup k on k.number = r.source_id and k.source = r.source and k.kind = 'return' and k.customer_id = r.customer_id
        where k.number is null
        union all
        select k.customer_id, k.kind, 'the number leads to nothing'
        from order_lookup k
        where not exists (select 1 from sales_order o where o.customer_id = k.customer_id and o.order_id = k.order_id)
          and not exists (select 1 from order_return r where r.customer_id = k.customer_id and r.source = k.source and r.source_id = k.number and k.kind = 'return')
          and not exists (select 1 from order_fee f where f.customer_id = k.customer_id and f.source = k.source and f.source_id = k.kind || ':' || k.number)
        """);

    public static Task<IReadOnlyList<string>> PiecesAsync(UnitOfWork work) => FindAsync(work, "order_return", """
        select r.customer_id, cast(r.line_no as text) as detail, sum(r.quantity) || ' pieces came back of ' || coalesce(max(l.quantity), 0) as text
        from order_return r left join order_line l on l.customer_id = r.customer_id and l.order_id = r.order_id and l.line_no = r.line_no
        where r.order_id is not null
        group by r.customer_id, r.order_id, r.line_no
        having sum(r.quantity) > coalesce(max(l.quantity), 0)
        """);

    private static async Task<IReadOnlyList<string>> FindAsync(UnitOfWork work, string table, string sql) =>
        [.. (await work.ListAsync<Difference>(sql)).Select(row => $"{table} of {row.CustomerId} ({row.Detail}): {row.Text}")];

    private sealed record Difference
    {
        public Guid CustomerId { get; init; }

        public string Detail { get; init; } = "";

        public string Text { get; init; } = "";
    }
}
