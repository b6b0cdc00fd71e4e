using System.Globalization;
using System.Text;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>Lists customers with filters, part by part.</summary>
internal sealed class CustomerListStore(UnitOfWork work)
{
    /// <summary>A part of the list. At most <paramref name="size"/> rows, and the cursor of what follows.</summary>
    public async Task<CustomerList> PageAsync(CustomerListQuery query, int size)
    {
        var rows = query.IsSearch ? await HitsAsync(query) : await RowsAsync(query, null, size + 1);
        if (query.IsSearch) rows = AfterCursor(query, rows);
        if (rows.Count <= size) return new CustomerList(rows, null);
        return new CustomerList([.. rows.Take(size)], CursorAt(query.Order, rows[size - 1]));
    }

    /// <summary>What a search finds, at most <see cref="SearchStore.MaxHits"/>, filtered and in the list's order.</summary>
    private async Task<IReadOnlyList<CustomerListRow>> HitsAsync(CustomerListQuery query)
    {
        var hits = await new SearchStore(work).FindAsync(query.Text, 0, SearchStore.MaxHits);
        if (hits.Count == 0) return [];
        var rows = await RowsAsync(query with { After = null }, new IdList(hits.Select(hit => hit.CustomerId)), SearchStore.MaxHits);
        if (query.Order != CustomerOrder.BestHit) return rows;
        var found = rows.ToDictionary(row => row.CustomerId);
        return [.. hits.Where(hit => found.ContainsKey(hit.CustomerId)).Select(hit => found[hit.CustomerId] with { FoundBy = hit.FoundBy })];
    }

    private static IReadOnlyList<CustomerListRow> AfterCursor(CustomerListQuery query, IReadOnlyList<CustomerListRow> rows) =>
        query.Cursor is { Id: var last } ? [.. rows.SkipWhile(row => row.CustomerId != last).Skip(1)] : rows;

    private async Task<IReadOnlyList<CustomerListRow>> RowsAsync(CustomerListQuery query, IdList? among, int take)
    {
        var byOrder = query.Order == CustomerOrder.LastOrder;
        var sql = new StringBuilder(
            $"""
            select c.customer_id, c.kind, c.name, c.country, c.language, c.created_at,
              (select i.value from identity i where i.customer_id = c.customer_id and i.kind = 'email' order by i.recorded_at, i.identity_id limit 1) as email,
              (select count(*) from service_case s where s.customer_id = c.customer_id and s.resolved_at is null) as open_cases,
              {(byOrder ? "o.last_order_at" : "(select max(r.last_order_at) from order_rollup r where r.customer_id = c.customer_id) as last_order_at")}
            from customer c{(byOrder ? " join (select customer_id, max(last_order_at) as last_order_at from order_rollup group by customer_id) o on o.customer_id = c.customer_id and o.last_order_at is not null" : "")}
            where c.merged_into is null
            """);
        if (among is not null) sql.Append(" and ").Append(work.InIds("c.customer_id", "@among"));
        if (query.OfKind is not null) sql.Append(" and c.kind = @kind");
        if (query.OfCountry is not null) sql.Append(" and c.country = @OfCountry");
        if (query.OfLanguage is not null) sql.Append(" and (c.language = @OfLanguage or c.language like @dialects)");
        if (query.HasOpenCase) sql.Append(" and exists (select 1 from service_case s where s.customer_id = c.customer_id and s.resolved_at is null)");
        if (query.BoughtSince is not null) sql.Append(" and exists (select 1 from order_rollup r where r.customer_id = c.customer_id and r.last_order_at >= @BoughtSince)");
        if (query.SilentSince is not null)
        {
            sql.Append(" and exists (select 1 from order_rollup r where r.customer_id = c.customer_id and r.last_order_at < @SilentSince)");
            sql.Append(" and not exists (select 1 from order_rollup r where r.customer_id = c.customer_id and r.last_order_at >= @SilentSince)");
        }
        var (order, beyond) = query.Order switch
        {
            // Ids are stamped with the moment at which a customer was first recorded.
            CustomerOrder.Newest => ("c.customer_id desc", "c.customer_id < @after"),
            CustomerOrder.LastOrder => ("o.last_order_at desc, c.customer_id desc", "(o.last_order_at, c.customer_id) < (@at, @after)"),
            _ => ("c.name, c.customer_id", "(c.name, c.customer_id) > (@name, @after)"),
        };
        var (key, after) = query.Cursor ?? default;
        if (query.Cursor is not null) sql.Append($" and {beyond}");
        sql.Append($" order by {order} limit @take");
        return await work.ListAsync<CustomerListRow>(sql.ToString(), new
        {
            among = among ?? new IdList([]),
            kind = query.OfKind is { } kind ? Words.Of(kind) : null,
            query.OfCountry,
            query.OfLanguage,
            dialects = query.OfLanguage + "-%",
            query.BoughtSince,
            query.SilentSince,
            name = key,
            at = CustomerListQuery.InstantOf(key ?? ""),
            after,
            take,
        });
    }

    private static string CursorAt(CustomerOrder order, CustomerListRow row) =>
        CustomerListQuery.CursorOf(order == CustomerOrder.LastOrder ? Micros(row.LastOrderAt ?? default) : row.Name, row.CustomerId);

    private static string Micros(Instant at) => TypeHandlers.Microseconds(at).ToString(CultureInfo.InvariantCulture);
}
