using Regard.Orders;

namespace Regard.Imports;

/// <summary>Customers of a mapped CSV: one a row.</summary>
internal sealed class MappedCustomers(MappedRows fields) : IImportFormat
{
    public void Take(CsvRows row, ImportChunk into)
    {
        var customer = fields.Customer(row);
        // Without an identity nobody could find the customer again, and a second run would make another.
        if (customer.Identities.Count == 0) into.Rejects.Add(new Reject(row.Place(), "no identity"));
        else into.Items.Add(new ImportedCustomer(row.Place(), customer));
    }

    public void End(ImportChunk into)
    {
    }
}

/// <summary>Products of a mapped CSV: one a row, perhaps with a price.</summary>
internal sealed class MappedProducts : IImportFormat
{
    private readonly MappedRows _fields;

    public MappedProducts(MappedRows fields)
    {
        _fields = fields;
        fields.Require("sku", "name");
        if (fields.Has("price")) fields.Require("currency", "valid_from");
    }

    public void Take(CsvRows row, ImportChunk into)
    {
        if (_fields.Text(row, "sku") is not { } sku || _fields.Text(row, "name") is not { } name)
        {
            into.Rejects.Add(new Reject(row.Place(), "fields are missing"));
            return;
        }
        ProductPrice? price = null;
        if (_fields.Text(row, "price") is not null)
        {
            if (_fields.Number(row, "price") is not { } amount || amount < 0 || _fields.At(row, "valid_from") is not { } from || _fields.Text(row, "currency") is not { Length: 3 } currency)
            {
                into.Rejects.Add(new Reject(row.Place(), "unreadable price, currency or time"));
                return;
            }
            var money = Money.OfMajor(amount, currency.ToUpperInvariant());
            price = new ProductPrice { Currency = money.Currency, PriceMinor = money.Minor, ValidFrom = from, Source = _fields.Source };
        }
        into.Items.Add(new ImportedProduct(row.Place(), new ProductDraft(sku, name, _fields.Source, _fields.Text(row, "category")) { Supplier = _fields.Text(row, "supplier"), Size = _fields.Text(row, "size") }, price)
        {
            DiscontinuedOn = _fields.At(row, "discontinued_on") is { } on ? on.InUtc().Date : null,
            ReplacedBySku = _fields.Text(row, "replaced_by"),
        });
    }

    public void End(ImportChunk into)
    {
    }
}

/// <summary>Orders and returns of a mapped CSV: one line a row; rows of one document follow each other.</summary>
internal sealed class MappedOrders : IImportFormat
{
    private readonly MappedRows _fields;
    private Open? _open;

    public MappedOrders(MappedRows fields)
    {
        _fields = fields;
        fields.Require("number", "at", "currency", "sku", "quantity", fields.Has("amount") ? "amount" : "unit_price");
    }

    public void Take(CsvRows row, ImportChunk into)
    {
        var isReturn = string.Equals(_fields.Text(row, "kind"), "return", StringComparison.OrdinalIgnoreCase);
        if (_fields.Text(row, "number") is not { } number)
        {
            into.Rejects.Add(new Reject(row.Place(), "fields are missing"));
            return;
        }
        if (_open is null || _open.Number != number || _open.IsReturn != isReturn)
        {
            End(into);
            _open = new Open(number, isReturn, row.Place());
            Begin(row, _open);
        }
        _open.Rows++;
        _open.Fault ??= AddLine(row, _open);
    }

    public void End(ImportChunk into)
    {
        if (_open is not { } open) return;
        _open = null;
        var place = open.Place with { Lines = open.Rows };
        if (open.Fault is { } fault) into.Rejects.Add(new Reject(place, fault));
        else into.Items.Add(new ImportedSale(place, open.Customer, open.Document with { Fees = Fees(open) }, open.Lines));
    }

    private void Begin(CsvRows row, Open open)
    {
        open.Customer = _fields.Customer(row);
        var at = _fields.At(row, "at");
        var currency = _fields.Text(row, "currency")?.ToUpperInvariant() ?? "";
        open.Fault = at is null ? "unreadable time" : currency.Length != 3 ? "unreadable currency" : open.Customer.Identities.Count == 0 ? "no identity" : null;
        open.Shipping = _fields.Number(row, "shipping") ?? 0;
        open.Discount = _fields.Number(row, "discount") ?? 0;
        open.Document = open.IsReturn
            ? new ReturnRecord { CustomerId = default, Source = _fields.Source, Number = open.Number, At = at ?? default, Currency = currency, Reason = _fields.Text(row, "reason"), OrderNumber = _fields.Text(row, "order_number") }
            : new OrderRecord { CustomerId = default, Source = _fields.Source, Number = open.Number, At = at ?? default, Currency = currency, Channel = _fields.Text(row, "channel"), Carrier = _fields.Text(row, "carrier") };
    }

    private string? AddLine(CsvRows row, Open open)
    {
        if (open.Fault is not null) return open.Fault;
        if (_fields.Text(row, "sku") is not { } sku) return "fields are missing";
        if (_fields.Number(row, "quantity") is not { } quantity || quantity <= 0 || quantity != decimal.Truncate(quantity)) return "unreadable quantity";
        if ((_fields.Number(row, "amount") ?? _fields.Number(row, "unit_price") * quantity) is not { } amount || amount < 0) return "unreadable price";
        var money = Money.OfMajor(amount, open.Document.Currency);
        open.Lines.Add(new ImportedLine(open.Rows, sku, _fields.Text(row, "product_name") ?? sku, (long)quantity, money.Minor, _fields.Text(row, "batch")));
        return null;
    }

    private static List<FeeRecord> Fees(Open open)
    {
        var fees = new List<FeeRecord>();
        if (open.Shipping != 0) fees.Add(new FeeRecord(open.Rows + 1, FeeKind.Postage, Money.OfMajor(open.Shipping, open.Document.Currency).Minor, "Shipping"));
        if (open.Discount != 0) fees.Add(new FeeRecord(open.Rows + 2, FeeKind.Discount, -Money.OfMajor(Math.Abs(open.Discount), open.Document.Currency).Minor, "Discount"));
        return fees;
    }

    private sealed class Open(string number, bool isReturn, ImportPlace place)
    {
        public string Number { get; } = number;
        public bool IsReturn { get; } = isReturn;
        public ImportPlace Place { get; } = place;
        public Customers.CustomerDraft Customer { get; set; } = null!;
        public SalesDocument Document { get; set; } = null!;
        public decimal Shipping { get; set; }
        public decimal Discount { get; set; }
        public string? Fault { get; set; }
        public int Rows { get; set; }
        public List<ImportedLine> Lines { get; } = [];
    }
}
