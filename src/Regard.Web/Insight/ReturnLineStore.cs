using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Orders;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>An order line, and what came back of it.</summary>
public sealed record ReturnLineRow
{
    public Guid CustomerId { get; init; }
    public string CustomerName { get; init; } = "";
    public string Number { get; init; } = "";
    public Guid OrderId { get; init; }
    public int LineNo { get; init; }
    public Instant SoldAt { get; init; }
    public Guid ProductId { get; init; }
    public string Sku { get; init; } = "";
    public string Product { get; init; } = "";
    public string? Batch { get; init; }
    public string? Carrier { get; init; }
    public string? Country { get; init; }
    public long Quantity { get; init; }
    public long AmountMinor { get; init; }
    public string Currency { get; init; } = "";

    /// <summary>The first time something of it came back; null = nothing did.</summary>
    public Instant? ReturnedAt { get; init; }
    public string? Reason { get; init; }

    /// <summary>Given back for it.</summary>
    public long GivenBackMinor { get; init; }
}

/// <summary>Which lines somebody wants to see, as it stands in the address. A word that stands for nothing filters nothing.</summary>
public sealed record ReturnLineQuery
{
    /// <summary>What they are of; see <see cref="ReturnThing.Read"/>. Everything when absent.</summary>
    [FromQuery(Name = "thing")] public string? Thing { get; init; }

    /// <summary>"sold": all lines; only those of which something came back when absent.</summary>
    [FromQuery(Name = "show")] public string? Show { get; init; }

    [FromQuery(Name = "reason")] public string? Reason { get; init; }

    /// <summary>The first day of sale, ISO.</summary>
    [FromQuery(Name = "from")] public string? From { get; init; }

    /// <summary>"asc": the oldest first.</summary>
    [FromQuery(Name = "dir")] public string? Dir { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    public bool IsSold => Show == "sold";

    public bool IsAscending => Dir == "asc";

    public ReturnThing? Of => ReturnThing.Read(Thing);

    public LocalDate? FromDay => LocalDatePattern.Iso.Parse(From ?? "") is { Success: true } day ? day.Value : null;

    /// <summary>By what the last row before this part is found again; null on the first part, and for a cursor that is none of ours.</summary>
    public (Instant At, Guid OrderId, int Line)? Cursor =>
        After?.Split('_') is [var at, var id, var line] && InstantPattern.ExtendedIso.Parse(at) is { Success: true } read && Guid.TryParse(id, out var order) && int.TryParse(line, out var no) ? (read.Value, order, no) : null;

    public string Href => "/insight/returns/lines" + Words;

    /// <summary>The query part of the address, "?" included; empty when nothing is asked for.</summary>
    public string Words
    {
        get
        {
            var query = new QueryString();
            foreach (var (name, value) in new[] { ("thing", Thing), ("show", Show), ("reason", Reason), ("from", From), ("dir", Dir), ("after", After) })
                if (!string.IsNullOrWhiteSpace(value)) query = query.Add(name, value);
            return query.Value ?? "";
        }
    }

    public ReturnLineQuery First => this with { After = null };

    /// <summary>The same list after a row.</summary>
    public ReturnLineQuery Beyond(ReturnLineRow row) => this with { After = $"{InstantPattern.ExtendedIso.Format(row.SoldAt)}_{row.OrderId}_{row.LineNo}" };
}

/// <summary>The order lines behind the numbers.</summary>
internal sealed class ReturnLineStore(UnitOfWork work)
{
    private const string Back = "from order_return r where r.customer_id = l.customer_id and r.order_id = l.order_id and r.line_no = l.line_no";

    /// <summary>Lines by the time of sale, at most so many after the query's cursor.</summary>
    public Task<List<ReturnLineRow>> PageAsync(ReturnLineQuery query, LocalDate earliest, int size)
    {
        var (thing, cursor) = (query.Of, query.Cursor);
        var (beyond, order) = query.IsAscending ? (">", "asc") : ("<", "desc");
        return work.ListAsync<ReturnLineRow>($"""
            /* all customers: the lines behind a rate */
            select l.customer_id, c.name as customer_name, o.source_id as number, l.order_id, l.line_no, o.at as sold_at, l.product_id, p.sku, p.name as product, l.batch, o.carrier, c.country,
              l.quantity, l.amount_minor, o.currency, (select min(r.at) {Back}) as returned_at, (select min(r.reason) {Back}) as reason,
              cast(coalesce((select sum(r.amount_minor) {Back}), 0) as bigint) as given_back_minor
            from sales_order o join order_line l on l.customer_id = o.customer_id and l.order_id = o.order_id
            join product p on p.product_id = l.product_id join customer c on c.customer_id = o.customer_id
            where o.status = 'placed' and o.at >= @from
            {(thing is { } one ? $"and {ReturnLookStore.Condition(one.Dimension, "l", "o.carrier", "c.country")}" : "")}
            {(thing?.ProductId is null ? "" : "and o.customer_id in (select m.customer_id from product_month m where m.product_id = @product)")}
            {(query.IsSold ? "" : $"and exists (select 1 {Back}{(string.IsNullOrWhiteSpace(query.Reason) ? "" : " and r.reason = @Reason")})")}
            {(cursor is null ? "" : $"and (o.at {beyond} @at or (o.at = @at and (l.order_id, l.line_no) > (@id, @line)))")}
            order by o.at {order}, l.order_id, l.line_no limit @size
            """,
            new
            {
                from = Week.Start(query.FromDay is { } day && day > earliest ? day : earliest),
                key = thing?.Key,
                product = thing?.ProductId,
                batch = thing?.Batch,
                query.Reason,
                at = cursor?.At ?? default,
                id = cursor?.OrderId ?? default,
                line = cursor?.Line ?? 0,
                size,
            });
    }

    /// <summary>Lines sold to, and taken back from, nobody known: they count for products and have no order.</summary>
    public async Task<(long Sold, long Returned)> OfNobodyAsync(ReturnThing? thing, LocalDate earliest)
    {
        if (thing is { Dimension: ReturnDimension.Batch or ReturnDimension.Carrier or ReturnDimension.Region }) return (0, 0);
        var row = await work.FirstAsync<NobodyRow>($"""
            select cast(coalesce(sum(case when l.quantity > 0 then 1 else 0 end), 0) as bigint) as sold, cast(coalesce(sum(case when l.quantity < 0 then 1 else 0 end), 0) as bigint) as returned
            from unattributed_line l join product p on p.product_id = l.product_id
            where l.at >= @from {(thing is { } one ? $"and {ReturnLookStore.Condition(one.Dimension, "l", "''", "''")}" : "")}
            """, new { from = Week.Start(earliest), key = thing?.Key, product = thing?.ProductId });
        return (row?.Sold ?? 0, row?.Returned ?? 0);
    }

    private sealed record NobodyRow
    {
        public long Sold { get; init; }
        public long Returned { get; init; }
    }
}
