using System.Globalization;
using Regard.Storage;

namespace Regard.Orders;

/// <summary>A product in the list of products.</summary>
public sealed record ProductListRow
{
    public Guid ProductId { get; init; }
    public string Sku { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Category { get; init; }
    public LocalDate? DiscontinuedOn { get; init; }

    /// <summary>Pieces sold and not brought back, ever.</summary>
    public long Pieces { get; init; }
}

/// <summary>Lists products with filters, part by part.</summary>
internal sealed class ProductListStore(UnitOfWork work)
{
    /// <summary>At most <paramref name="size"/> rows after the query's cursor.</summary>
    public Task<List<ProductListRow>> PageAsync(ProductListQuery query, int size)
    {
        var words = (query.Text ?? "").Trim().ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
        var (order, beyond) = query.Order switch
        {
            ProductOrder.Name => ("p.name, p.sku", "(p.name, p.sku) > (@key, @sku)"),
            ProductOrder.Pieces => ("pieces desc, p.sku", $"(coalesce(m.pieces, 0) < @number or (coalesce(m.pieces, 0) = @number and p.sku > @sku))"),
            _ => ("p.sku", "p.sku > @sku"),
        };
        var (key, sku) = query.Cursor ?? ("", "");
        var number = long.TryParse(key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var pieces) ? pieces : 0;
        return work.ListAsync<ProductListRow>($"""
            /* all customers: what was sold of each product */
            select p.product_id, p.sku, p.name, p.category, p.discontinued_on, cast(coalesce(m.pieces, 0) as bigint) as pieces
            from product p left join (select product_id, sum(quantity - returned_quantity) as pieces from product_month group by product_id) m on m.product_id = p.product_id
            where 1 = 1
            {(words.Length == 0 ? "" : "and (lower(p.sku) like @begins escape '!' or lower(p.name) like @holds escape '!')")}
            {(query.IsDiscontinued is not { } gone ? "" : gone ? "and p.discontinued_on is not null" : "and p.discontinued_on is null")}
            {(query.Cursor is null ? "" : $"and {beyond}")}
            order by {order} limit @size
            """, new { begins = words + "%", holds = $"%{words}%", key, sku, number, size });
    }
}
