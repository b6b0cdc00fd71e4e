using Regard.Storage;

namespace Regard.Orders;

/// <summary>Counts a customer's sums anew from their orders, returns and fees, as after a merge or its undoing.</summary>
internal sealed class OrderRecountStore(UnitOfWork work)
{
    /// <summary>Throws away a customer's sums.</summary>
    public async Task ForgetAsync(Guid customerId)
    {
        foreach (var table in new[] { "order_rollup", "order_month", "product_month" })
            await work.ExecuteAsync($"delete from {table} where customer_id = @customerId", new { customerId });
    }

    /// <summary>Puts sums counted from the facts in the place of those kept.</summary>
    public async Task RecountAsync(Guid customerId, Instant now)
    {
        await ForgetAsync(customerId);
        var rollups = new OrderRollupStore(work);
        await CountOrdersAsync(rollups, customerId);
        foreach (var part in (await work.ListAsync<Row>("select * from order_return where customer_id = @customerId", new { customerId })).GroupBy(r => (r.Source, r.SourceId)))
            rollups.Count(new ReturnRecord { CustomerId = customerId, Source = part.Key.Source, Number = part.Key.SourceId, At = part.First().At, Currency = part.First().Currency, Lines = [.. part.Select(Line)] });
        foreach (var fee in await work.ListAsync<Row>("select * from order_fee where customer_id = @customerId", new { customerId }))
            rollups.Count(new OrderRecord { CustomerId = customerId, Source = fee.Source, Number = fee.SourceId, At = fee.At, Currency = fee.Currency, Fees = [new FeeRecord(0, FeeKind.Other, fee.AmountMinor, "")] }, isVoided: false);
        await rollups.WriteAsync();
        await new SaleNewsStore(work).TellAllAsync(customerId, now);
    }

    private async Task CountOrdersAsync(OrderRollupStore rollups, Guid customerId)
    {
        var lines = (await work.ListAsync<Row>("select * from order_line where customer_id = @customerId order by line_no", new { customerId })).ToLookup(line => line.OrderId);
        foreach (var order in await work.ListAsync<Row>("select * from sales_order where customer_id = @customerId", new { customerId }))
        {
            var document = new OrderRecord { CustomerId = customerId, Source = order.Source, Number = order.SourceId, At = order.At, Currency = order.Currency, Lines = [.. lines[order.OrderId].Select(Line)] };
            rollups.Count(document, order.Status == "voided");
        }
    }

    private static OrderLine Line(Row row) => new(row.LineNo, row.ProductId, row.Quantity, row.AmountMinor);

    private sealed record Row
    {
        public Guid? OrderId { get; init; }
        public Instant At { get; init; }
        public string Currency { get; init; } = "";
        public string Status { get; init; } = "";
        public string Source { get; init; } = "";
        public string SourceId { get; init; } = "";
        public int LineNo { get; init; }
        public Guid ProductId { get; init; }
        public long Quantity { get; init; }
        public long AmountMinor { get; init; }
    }
}
