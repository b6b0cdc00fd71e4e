using System.Globalization;
using NodaTime.Text;
using Regard.Customers;
using Regard.Orders;

namespace Regard.Imports;

/// <summary>
/// The UCI Online Retail file: one row for each line of an invoice, in the order of time, times as the clocks in London showed them.
/// What each row becomes is decided here, in this order:
/// an invoice <c>A…</c> is an accounting entry, and a row without customer and price a stock adjustment (both rejected); a row that repeats
/// another of its invoice letter by letter is rejected as a duplicate; an invoice <c>C…</c> is a return, any other an order; codes that are
/// no products are fees of the document, rejected where there is no customer to meet them; a product row without a customer is kept
/// for the product only; a product row with the price 0 is a free item. Letters of stock codes are made capitals.
/// </summary>
internal sealed class OnlineRetailFormat : IImportFormat
{
    public const string Source = "online-retail";
    private const string Currency = "GBP";

    // Rows of one minute can be mixed: an invoice is complete when so many others have begun after it.
    private const int OpenInvoices = 8;

    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");
    private static readonly DateTimeZone London = DateTimeZoneProviders.Tzdb["Europe/London"];

    private readonly int _invoice, _sku, _name, _quantity, _at, _price, _customer, _country;
    private readonly LinkedList<Invoice> _open = [];
    private string _lastTime = "";
    private Instant? _lastAt;

    public OnlineRetailFormat(CsvRows rows)
    {
        _invoice = rows.Column("InvoiceNo");
        _sku = rows.Column("StockCode");
        _name = rows.Column("Description");
        _quantity = rows.Column("Quantity");
        _at = rows.Column("InvoiceDate");
        _price = rows.Column("UnitPrice");
        _customer = rows.Column("CustomerID");
        _country = rows.Column("Country");
    }

    public void Take(CsvRows row, ImportChunk into)
    {
        var number = row[_invoice].Trim();
        if (Refuse(row, number) is { } reason)
        {
            into.Rejects.Add(new Reject(row.Place(), reason));
            return;
        }
        var price = Decimal(row[_price])!.Value;
        var quantity = Whole(row[_quantity])!.Value;
        var invoice = Open(row, number, into);
        if (!invoice.Seen.Add((row[_sku], row[_name], row[_quantity], row[_at], row[_price])))
        {
            into.Rejects.Add(new Reject(row.Place(), "duplicate line of its invoice"));
            return;
        }
        invoice.LineNo++;
        if (FeeKindOf(row[_sku]) is { } kind) TakeFee(row, invoice, kind, (quantity, price), into);
        else TakeLine(row, invoice, (quantity, price), into);
    }

    public void End(ImportChunk into)
    {
        foreach (var invoice in _open) Close(invoice, into);
        _open.Clear();
    }

    /// <summary>What a code that is no product stands for; null = it is a product.</summary>
    public static FeeKind? FeeKindOf(string code) => code.Trim().ToUpperInvariant() switch
    {
        "POST" or "DOT" or "C2" => FeeKind.Postage,
        "D" => FeeKind.Discount,
        "M" => FeeKind.Manual,
        "BANK CHARGES" => FeeKind.Bank,
        "CRUK" or "AMAZONFEE" => FeeKind.Commission,
        "S" or "B" => FeeKind.Other,
        _ => null,
    };

    private string? Refuse(CsvRows row, string number)
    {
        if (row.Count < 8 || number.Length == 0 || row[_sku].Trim().Length == 0) return "fields are missing";
        if (number[0] == 'A') return "accounting entry";
        if (Whole(row[_quantity]) is not { } quantity || quantity is 0 or < -1_000_000_000 or > 1_000_000_000) return "unreadable quantity";
        if (Decimal(row[_price]) is not { } price || Math.Abs(price) > 1_000_000_000) return "unreadable price";
        if (At(row[_at]) is null) return "unreadable time";
        if (row[_customer].Length == 0 && price == 0) return "stock adjustment";
        if (price < 0) return "negative price";
        return quantity < 0 != (number[0] == 'C') ? "quantity against its invoice" : null;
    }

    private Invoice Open(CsvRows row, string number, ImportChunk into)
    {
        for (var node = _open.Last; node is not null; node = node.Previous)
        {
            if (string.Equals(node.Value.Number, number, StringComparison.Ordinal)) return node.Value;
        }
        if (_open.Count == OpenInvoices)
        {
            Close(_open.First!.Value, into);
            _open.RemoveFirst();
        }
        return _open.AddLast(new Invoice(number, row[_customer].Replace(".0", "", StringComparison.Ordinal).Trim(), row[_country].Trim(), At(row[_at])!.Value, row.Place())).Value;
    }

    private void TakeFee(CsvRows row, Invoice invoice, FeeKind kind, (long Quantity, decimal Price) told, ImportChunk into)
    {
        if (invoice.Customer.Length == 0) into.Rejects.Add(new Reject(row.Place(), "fee without a customer"));
        else if (told.Price == 0) into.Rejects.Add(new Reject(row.Place(), "fee of nothing"));
        else invoice.Fees.Add(new FeeRecord(invoice.LineNo, kind, Money.OfMajor(told.Quantity * told.Price, Currency).Minor, row[_name].Trim()));
    }

    private void TakeLine(CsvRows row, Invoice invoice, (long Quantity, decimal Price) told, ImportChunk into)
    {
        var amount = Money.OfMajor(Math.Abs(told.Quantity) * told.Price, Currency).Minor;
        var sku = row[_sku].Trim().ToUpperInvariant();
        if (invoice.Customer.Length > 0)
            invoice.Lines.Add(new ImportedLine(invoice.LineNo, sku, row[_name].Trim(), Math.Abs(told.Quantity), amount));
        else
            into.Items.Add(new ImportedNobody(row.Place(), Source, invoice.Number, At(row[_at])!.Value, Currency,
                new ImportedLine(invoice.LineNo, sku, row[_name].Trim(), told.Quantity, told.Quantity < 0 ? -amount : amount)));
    }

    private static void Close(Invoice invoice, ImportChunk into)
    {
        var count = invoice.Lines.Count + invoice.Fees.Count;
        if (count == 0) return;
        SalesDocument document = invoice.Number[0] == 'C'
            ? new ReturnRecord { CustomerId = default, Source = Source, Number = invoice.Number, At = invoice.At, Currency = Currency, Fees = invoice.Fees }
            : new OrderRecord { CustomerId = default, Source = Source, Number = invoice.Number, At = invoice.At, Currency = Currency, Fees = invoice.Fees };
        into.Items.Add(new ImportedSale(invoice.Place with { Lines = count }, OnlineRetailCountries.Customer(invoice.Customer, invoice.Country), document, invoice.Lines));
    }

    private Instant? At(string text)
    {
        if (string.Equals(text, _lastTime, StringComparison.Ordinal)) return _lastAt;
        _lastTime = text;
        return _lastAt = Pattern.Parse(text) is { Success: true } read ? read.Value.InZoneLeniently(London).ToInstant() : null;
    }

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static decimal? Decimal(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private sealed class Invoice(string number, string customer, string country, Instant at, ImportPlace place)
    {
        public string Number { get; } = number;
        public string Customer { get; } = customer;
        public string Country { get; } = country;
        public Instant At { get; } = at;
        public ImportPlace Place { get; } = place;
        public int LineNo { get; set; }
        public List<ImportedLine> Lines { get; } = [];
        public List<FeeRecord> Fees { get; } = [];
        public HashSet<(string, string, string, string, string)> Seen { get; } = [];
    }
}
