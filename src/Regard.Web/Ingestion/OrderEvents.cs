using Regard.Orders;
using Regard.Storage;

namespace Regard.Ingestion;

/// <summary>Makes orders and returns of the e-commerce events.</summary>
internal sealed class OrderEvents(UnitOfWork work, Instant now)
{
    /// <summary>All events' orders are of one shop, whichever key sends them: an order told by two senders is one order.</summary>
    private const string Shop = "events";

    private readonly OrderStore _orders = new(work);

    public async Task<EventOutcome> RecordAsync(Guid customerId, OrderStep step, CustomerEvent told, WaitingEvent waiting)
    {
        var (sale, fault) = Commerce.Read(step, told);
        if (sale is null) return EventOutcome.Bad(waiting, fault!);
        var outcome = step == OrderStep.Told ? await OrderAsync(customerId, sale, told) : await BackAsync(customerId, step, sale, told);
        return outcome switch
        {
            null => EventOutcome.Later(waiting, "order_unknown"),
            RecordOutcome.OtherCustomer => EventOutcome.Bad(waiting, "order_of_another_customer"),
            _ => EventOutcome.Done(waiting),
        };
    }

    private async Task<RecordOutcome?> OrderAsync(Guid customerId, ToldSale sale, CustomerEvent told)
    {
        var order = new OrderRecord
        {
            CustomerId = customerId,
            Source = Shop,
            Number = sale.OrderNumber,
            // An order that is told again happened when it was first told.
            At = (await _orders.OpenAsync(Shop, sale.OrderNumber))?.Document.At ?? told.At,
            Currency = sale.Currency!,
            Channel = "web",
            Carrier = sale.Carrier,
            Lines = await LinesAsync(sale),
            Fees = sale.Fees,
        };
        return await _orders.RecordAsync(order, now);
    }

    private async Task<RecordOutcome?> BackAsync(Guid customerId, OrderStep step, ToldSale sale, CustomerEvent told)
    {
        if (await _orders.OpenAsync(Shop, sale.OrderNumber) is not { Document: OrderRecord bought }) return null;
        if (bought.CustomerId != customerId) return RecordOutcome.OtherCustomer;
        var back = new ReturnRecord
        {
            CustomerId = customerId,
            Source = Shop,
            // An order is called off once; it may be refunded in parts, each told by an event of its own.
            Number = step == OrderStep.Cancelled ? $"{sale.OrderNumber}/cancelled" : $"{sale.OrderNumber}/{told.MessageId}",
            At = told.At < bought.At ? bought.At : told.At,
            Currency = sale.Currency ?? bought.Currency,
            Lines = sale.Lines.Count > 0 ? await LinesAsync(sale) : bought.Lines,
            Reason = sale.Reason ?? (step == OrderStep.Cancelled ? "cancelled" : null),
            OrderNumber = sale.OrderNumber,
        };
        return await _orders.RecordReturnAsync(back, now);
    }

    private async Task<IReadOnlyList<OrderLine>> LinesAsync(ToldSale sale)
    {
        var drafts = sale.Lines.DistinctBy(line => line.Sku, StringComparer.Ordinal).Select(line => new ProductDraft(line.Sku, line.Name, Shop, line.Category) { Supplier = line.Supplier, Size = line.Size }).ToList();
        var ids = await new ProductStore(work).EnsureAsync(drafts, now);
        return [.. sale.Lines.Select(line => new OrderLine(line.LineNo, ids[line.Sku], line.Quantity, line.AmountMinor))];
    }
}
