using Dapper;
using Regard.Orders;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>Loads the page of a customer's orders in one round trip.</summary>
internal sealed class CustomerOrdersStore(UnitOfWork work)
{
    private const int MostLooseReturns = 20;
    private const int MonthsShown = 24;

    /// <summary>The newest orders before one (null = the newest of all). Null = there is no such customer.</summary>
    public async Task<(CustomerHead Head, CustomerOrders Orders)?> LoadAsync(Guid id, Guid? before, Instant now)
    {
        // The orders of this part, by which lines, returns and fees are found too.
        var shown = $"select order_id from sales_order where customer_id = @id{(before is null ? "" : " and order_id < @before")} order by order_id desc limit @take";
        using var rows = await work.ManyAsync(
            $"""
            {CustomerHeadStore.Sql}
            select currency, orders, spend_minor, returns, returned_minor, fees_minor, last_order_at from order_rollup where customer_id = @id order by spend_minor desc;
            select month, currency, spend_minor, returned_minor from order_month where customer_id = @id and month > @firstMonth order by month;
            select order_id, at, source_id as number, currency, total_minor, status, channel from sales_order where customer_id = @id and order_id in (select order_id from ({shown}) shown) order by order_id desc;
            select l.order_id, l.line_no, p.sku, p.name, l.quantity, l.amount_minor, l.batch
            from order_line l join product p on p.product_id = l.product_id where l.customer_id = @id and l.order_id in (select order_id from ({shown}) shown) order by l.order_id, l.line_no;
            select r.order_id, r.at, p.name, r.quantity, r.amount_minor, r.currency, r.reason
            from order_return r join product p on p.product_id = r.product_id where r.customer_id = @id and r.order_id in (select order_id from ({shown}) shown) order by r.return_id;
            select order_id, description, amount_minor, currency from order_fee where customer_id = @id and order_id in (select order_id from ({shown}) shown) order by fee_id;
            select r.order_id, r.at, p.name, r.quantity, r.amount_minor, r.currency, r.reason
            from order_return r join product p on p.product_id = r.product_id where r.customer_id = @id and r.order_id is null order by r.return_id desc limit {MostLooseReturns};
            """,
            new { id, before, take = CustomerOrders.Size + 1, firstMonth = Month.Add(Month.Of(now), -MonthsShown) });
        var head = await CustomerHeadStore.ReadAsync(rows);
        if (head is null) return null;
        var sums = (await rows.ReadAsync<OrderSum>()).AsList();
        var months = (await rows.ReadAsync<SalesMonth>()).AsList();
        var orders = (await rows.ReadAsync<OrderView>()).AsList();
        var lines = (await rows.ReadAsync<LineView>()).ToLookup(line => line.OrderId);
        var returns = (await rows.ReadAsync<ReturnView>()).ToLookup(back => back.OrderId!.Value);
        var fees = (await rows.ReadAsync<FeeView>()).ToLookup(fee => fee.OrderId!.Value);
        var loose = (await rows.ReadAsync<ReturnView>()).AsList();
        return (head, new CustomerOrders
        {
            Sums = sums,
            Months = months,
            Orders = [.. orders.Take(CustomerOrders.Size).Select(order => order with { Lines = [.. lines[order.OrderId]], Returns = [.. returns[order.OrderId]], Fees = [.. fees[order.OrderId]] })],
            LooseReturns = loose,
            Before = before,
            HasMore = orders.Count > CustomerOrders.Size,
        });
    }
}
