using Regard.Storage;

namespace Regard.Orders;

/// <summary>An order without its lines.</summary>
internal sealed record OrderHead
{
    public Guid OrderId { get; init; }
    public Instant At { get; init; }
    public string Source { get; init; } = "";
    public string Number { get; init; } = "";
    public string Currency { get; init; } = "";
    public long TotalMinor { get; init; }
    public string Status { get; init; } = "";
    public string? Channel { get; init; }
}

/// <summary>Lists a customer's orders.</summary>
internal sealed class OrderHeadStore(UnitOfWork work)
{
    /// <summary>The latest orders before one (null: the latest of all), newest first.</summary>
    public Task<List<OrderHead>> PageAsync(Guid customerId, Guid? before, int size) => work.ListAsync<OrderHead>($"""
        select order_id, at, source, source_id as number, currency, total_minor, status, channel from sales_order
        where customer_id = @customerId {(before is null ? "" : "and order_id < @before")} order by order_id desc limit @size
        """, new { customerId, before, size });
}
