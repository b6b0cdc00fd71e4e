using Regard.Storage;
using CustomerColumn = Regard.Storage.Column<System.Collections.Generic.KeyValuePair<Regard.Orders.OrderRollupStore.CustomerKey, Regard.Orders.OrderRollupStore.CustomerSum>>;
using MonthColumn = Regard.Storage.Column<System.Collections.Generic.KeyValuePair<Regard.Orders.OrderRollupStore.MonthKey, Regard.Orders.OrderRollupStore.MonthSum>>;
using ProductColumn = Regard.Storage.Column<System.Collections.Generic.KeyValuePair<Regard.Orders.OrderRollupStore.ProductKey, Regard.Orders.OrderRollupStore.ProductSum>>;

namespace Regard.Orders;

/// <summary>
/// The sums that questions about a customer need, kept with the facts in the same transaction. What changes is gathered here and
/// written once, in the order of the keys.
/// </summary>
internal sealed class OrderRollupStore(UnitOfWork work)
{
    private static readonly Bulk<KeyValuePair<CustomerKey, CustomerSum>> Customers = new(
        "order_rollup", "customer_id, currency",
        CustomerColumn.Id("customer_id", row => row.Key.CustomerId),
        CustomerColumn.Text("currency", row => row.Key.Currency),
        CustomerColumn.Whole("orders", row => row.Value.Orders),
        CustomerColumn.Whole("spend_minor", row => row.Value.Spend),
        CustomerColumn.Whole("returns", row => row.Value.Returns),
        CustomerColumn.Whole("returned_minor", row => row.Value.Returned),
        CustomerColumn.Whole("fees_minor", row => row.Value.Fees),
        CustomerColumn.At("first_order_at", row => row.Value.First),
        CustomerColumn.At("last_order_at", row => row.Value.Last));

    private static readonly Bulk<KeyValuePair<MonthKey, MonthSum>> Months = new(
        "order_month", "customer_id, month, currency",
        MonthColumn.Id("customer_id", row => row.Key.CustomerId),
        MonthColumn.Small("month", row => row.Key.Month),
        MonthColumn.Text("currency", row => row.Key.Currency),
        MonthColumn.Whole("orders", row => row.Value.Orders),
        MonthColumn.Whole("spend_minor", row => row.Value.Spend),
        MonthColumn.Whole("returned_minor", row => row.Value.Returned));

    private static readonly Bulk<KeyValuePair<ProductKey, ProductSum>> Products = new(
        "product_month", "customer_id, product_id, month, currency",
        ProductColumn.Id("customer_id", row => row.Key.CustomerId),
        ProductColumn.Id("product_id", row => row.Key.ProductId),
        ProductColumn.Small("month", row => row.Key.Month),
        ProductColumn.Text("currency", row => row.Key.Currency),
        ProductColumn.Whole("orders", row => row.Value.Orders),
        ProductColumn.Whole("quantity", row => row.Value.Quantity),
        ProductColumn.Whole("spend_minor", row => row.Value.Spend),
        ProductColumn.Whole("returned_quantity", row => row.Value.ReturnedQuantity),
        ProductColumn.Whole("returned_minor", row => row.Value.Returned));

    private readonly Dictionary<CustomerKey, CustomerSum> _customers = [];
    private readonly Dictionary<MonthKey, MonthSum> _months = [];
    private readonly Dictionary<ProductKey, ProductSum> _products = [];
    private readonly HashSet<CustomerKey> _reordered = [];

    /// <summary>Counts an order in, or with <paramref name="sign"/> −1 out.</summary>
    public void Count(OrderRecord order, bool isVoided, int sign = 1)
    {
        if (order.Lines.Count > 0)
        {
            var customer = Customer(order);
            customer.Spend += sign * order.Total;
            MonthOf(order).Spend += sign * order.Total;
            var month = Month.Of(order.At);
            foreach (var line in order.Lines)
            {
                var product = Product(order, line.ProductId, month);
                product.Quantity += sign * line.Quantity;
                product.Spend += sign * line.AmountMinor;
            }
            if (!isVoided) CountPurchase(order, sign);
        }
        CountFees(order, sign);
    }

    /// <summary>Counts an order's being a purchase (and not a mistake) in, or with <paramref name="sign"/> −1 out.</summary>
    public void CountPurchase(OrderRecord order, int sign)
    {
        var customer = Customer(order);
        customer.Orders += sign;
        MonthOf(order).Orders += sign;
        var month = Month.Of(order.At);
        foreach (var line in order.Lines) Product(order, line.ProductId, month).Orders += sign;
        if (sign < 0)
        {
            _reordered.Add(new CustomerKey(order.CustomerId, order.Currency));
            return;
        }
        if (customer.First is null || order.At < customer.First) customer.First = order.At;
        if (customer.Last is null || order.At > customer.Last) customer.Last = order.At;
    }

    /// <summary>Counts a return in, or with <paramref name="sign"/> −1 out.</summary>
    public void Count(ReturnRecord back, int sign = 1)
    {
        if (back.Lines.Count > 0)
        {
            var customer = Customer(back);
            customer.Returns += sign;
            customer.Returned += sign * back.Total;
            MonthOf(back).Returned += sign * back.Total;
            var month = Month.Of(back.At);
            foreach (var line in back.Lines)
            {
                var product = Product(back, line.ProductId, month);
                product.ReturnedQuantity += sign * line.Quantity;
                product.Returned += sign * line.AmountMinor;
            }
        }
        CountFees(back, sign);
    }

    /// <summary>Writes what was counted. Called after the orders themselves are written.</summary>
    public async Task WriteAsync()
    {
        await Customers.UpsertAsync(work, [.. _customers.OrderBy(row => row.Key)], Added("order_rollup", "orders", "spend_minor", "returns", "returned_minor", "fees_minor") + """
            , version = order_rollup.version + 1,
            first_order_at = case when order_rollup.first_order_at is null or excluded.first_order_at < order_rollup.first_order_at
              then excluded.first_order_at else order_rollup.first_order_at end,
            last_order_at = case when order_rollup.last_order_at is null or excluded.last_order_at > order_rollup.last_order_at
              then excluded.last_order_at else order_rollup.last_order_at end
            """);
        var known = (await Months.UpsertAsync(work, [.. _months.OrderBy(row => row.Key)], Added("order_month", "orders", "spend_minor", "returned_minor")))
            .Select(row => row.Key).ToHashSet();
        // A month of a product is always written with its customer's month: where that is new, so is this.
        var products = _products.OrderBy(row => row.Key).ToLookup(row => known.Contains(new MonthKey(row.Key.CustomerId, row.Key.Month, row.Key.Currency)));
        await Products.AppendAsync(work, [.. products[false]]);
        await Products.UpsertAsync(work, [.. products[true]], Added("product_month", "orders", "quantity", "spend_minor", "returned_quantity", "returned_minor"));
        foreach (var key in _reordered.Order())
        {
            await work.ExecuteAsync("""
                update order_rollup set
                  first_order_at = (select min(o.at) from sales_order o where o.customer_id = @CustomerId and o.currency = @Currency and o.status = 'placed'),
                  last_order_at = (select max(o.at) from sales_order o where o.customer_id = @CustomerId and o.currency = @Currency and o.status = 'placed')
                where customer_id = @CustomerId and currency = @Currency
                """, new { key.CustomerId, key.Currency });
        }
        _customers.Clear();
        _months.Clear();
        _products.Clear();
        _reordered.Clear();
    }

    private static string Added(string table, params string[] sums) => "set " + string.Join(", ", sums.Select(sum => $"{sum} = {table}.{sum} + excluded.{sum}"));

    private void CountFees(SalesDocument document, int sign)
    {
        foreach (var fee in document.Fees) Customer(document).Fees += sign * fee.AmountMinor;
    }

    private CustomerSum Customer(SalesDocument document) => At(_customers, new CustomerKey(document.CustomerId, document.Currency));

    private MonthSum MonthOf(SalesDocument document) => At(_months, new MonthKey(document.CustomerId, Month.Of(document.At), document.Currency));

    private ProductSum Product(SalesDocument document, Guid productId, int month) =>
        At(_products, new ProductKey(document.CustomerId, productId, month, document.Currency));

    private static TSum At<TKey, TSum>(Dictionary<TKey, TSum> sums, TKey key) where TKey : notnull where TSum : new()
    {
        ref var sum = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sums, key, out _);
        return sum ??= new TSum();
    }

    internal readonly record struct CustomerKey(Guid CustomerId, string Currency) : IComparable<CustomerKey>
    {
        public int CompareTo(CustomerKey other)
        {
            var order = CustomerId.CompareTo(other.CustomerId);
            return order != 0 ? order : string.CompareOrdinal(Currency, other.Currency);
        }
    }

    internal readonly record struct MonthKey(Guid CustomerId, int Month, string Currency) : IComparable<MonthKey>
    {
        public int CompareTo(MonthKey other)
        {
            var order = CustomerId.CompareTo(other.CustomerId);
            if (order == 0) order = Month.CompareTo(other.Month);
            return order != 0 ? order : string.CompareOrdinal(Currency, other.Currency);
        }
    }

    internal readonly record struct ProductKey(Guid CustomerId, Guid ProductId, int Month, string Currency) : IComparable<ProductKey>
    {
        public int CompareTo(ProductKey other)
        {
            var order = CustomerId.CompareTo(other.CustomerId);
            if (order == 0) order = ProductId.CompareTo(other.ProductId);
            if (order == 0) order = Month.CompareTo(other.Month);
            return order != 0 ? order : string.CompareOrdinal(Currency, other.Currency);
        }
    }

    internal sealed class CustomerSum
    {
        public long Orders, Spend, Returns, Returned, Fees;
        public Instant? First, Last;
    }

    internal sealed class MonthSum
    {
        public long Orders, Spend, Returned;
    }

    internal sealed class ProductSum
    {
        public long Orders, Quantity, Spend, ReturnedQuantity, Returned;
    }
}
