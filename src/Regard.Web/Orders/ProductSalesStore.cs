using Regard.Storage;

namespace Regard.Orders;

/// <summary>What was sold of a product in one month, to all customers.</summary>
public sealed record ProductSalesMonth
{
    public int Month { get; init; }
    public long Pieces { get; init; }
    public long Back { get; init; }
}

/// <summary>Somebody who buys a product.</summary>
public sealed record ProductBuyer
{
    public Guid CustomerId { get; init; }
    public string Name { get; init; } = "";
    public long Pieces { get; init; }
    public string Currency { get; init; } = "";
    public long SpendMinor { get; init; }
}

/// <summary>How a product sells and to whom.</summary>
internal sealed class ProductSalesStore(UnitOfWork work)
{
    /// <summary>The months with sales, the last ones, in order of time.</summary>
    public async Task<IReadOnlyList<ProductSalesMonth>> MonthsAsync(Guid productId, int last)
    {
        var months = await work.ListAsync<ProductSalesMonth>("""
            /* all customers: how a product sells */
            select month, cast(sum(quantity) as bigint) as pieces, cast(sum(returned_quantity) as bigint) as back
            from product_month where product_id = @productId group by month order by month desc limit @last
            """, new { productId, last });
        months.Reverse();
        return months;
    }

    /// <summary>Who kept most pieces, in which currency, the most first.</summary>
    public Task<List<ProductBuyer>> BuyersAsync(Guid productId, int most) => work.ListAsync<ProductBuyer>("""
        /* all customers: who buys a product most */
        select m.customer_id, c.name, m.currency, m.pieces, m.spend_minor
        from (
          select customer_id, currency, cast(sum(quantity - returned_quantity) as bigint) as pieces, cast(sum(spend_minor - returned_minor) as bigint) as spend_minor
          from product_month where product_id = @productId group by customer_id, currency) m
        join customer c on c.customer_id = m.customer_id
        where m.pieces > 0 order by m.pieces desc, m.customer_id limit @most
        """, new { productId, most });
}
