using System.Globalization;
using NodaTime.Text;
using Regard.Contact;
using Regard.Customers;
using Regard.Orders;

namespace Regard.Imports;

/// <summary>
/// Shopify's order export: the first row of an order holds the order, every row one line of it. Shipping is a fee, so are taxes that come
/// on top of the prices and a discount of the whole order. A cancelled order came back whole at that moment. A refund without a
/// cancellation says neither when nor which pieces: it is money given back with the order, and no return.
/// Whoever did not accept marketing wants none from then on; an acceptance is not taken over, since a file can only tighten.
/// </summary>
internal sealed class ShopifyFormat(CsvRows rows) : IImportFormat
{
    private const string Source = "shopify";
    private static readonly OffsetDateTimePattern Pattern = OffsetDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss o<+HHmm>");

    private static readonly Wish NoMarketing = new() { Purposes = [new PurposeWish(Purpose.Marketing, [])] };

    private readonly int _name = rows.Column("Name");
    private readonly int _created = rows.Column("Created at");
    private readonly int _currency = rows.Column("Currency");
    private readonly int _quantity = rows.Column("Lineitem quantity");
    private readonly int _item = rows.Column("Lineitem name");
    private readonly int _price = rows.Column("Lineitem price");
    private readonly int? _sku = rows.Find("Lineitem sku");
    private readonly int? _lineDiscount = rows.Find("Lineitem discount");
    private readonly Dictionary<string, int?> _others = ((string[])
    [
        "Email", "Phone", "Billing Name", "Billing Phone", "Billing Country", "Shipping Name", "Shipping Phone", "Shipping Country",
        .. from of in new[] { "Billing", "Shipping" } from part in new[] { "Company", "Address1", "Address2", "City", "Zip", "Province" } select $"{of} {part}",
        "Shipping", "Taxes", "Subtotal", "Total", "Discount Amount", "Refunded Amount", "Cancelled at", "Source", "Accepts Marketing",
    ]).ToDictionary(name => name, rows.Find, StringComparer.Ordinal);

    private Order? _open;

    public void Take(CsvRows row, ImportChunk into)
    {
        var number = row[_name].Trim();
        if (number.Length == 0)
        {
            into.Rejects.Add(new Reject(row.Place(), "fields are missing"));
            return;
        }
        if (_open?.Number != number)
        {
            Close(into);
            _open = Begin(row, number);
        }
        _open.Rows++;
        if (_open.Fault is not null) return;
        var (quantity, price) = (Amount(row[_quantity]), Amount(row[_price]));
        if (quantity is null or <= 0 || price is null or < 0) _open.Fault = "unreadable quantity or price";
        else Add(row, _open, (long)quantity, price.Value);
    }

    public void End(ImportChunk into) => Close(into);

    private Order Begin(CsvRows row, string number)
    {
        var currency = row[_currency].Trim().ToUpperInvariant();
        var customer = Customer(row);
        var at = At(row[_created]);
        return new Order(number, currency, at ?? default, customer, row.Place())
        {
            Fault = at is null ? "unreadable time" : currency.Length != 3 ? "unreadable currency" : customer.Identities.Count == 0 ? "no e-mail address or phone number" : null,
            Cancelled = At(Text(row, "Cancelled at")),
            Channel = Text(row, "Source") is { Length: > 0 } channel ? channel.ToLowerInvariant() : null,
            Shipping = Amount(Text(row, "Shipping")) ?? 0,
            Taxes = Amount(Text(row, "Taxes")) ?? 0,
            Subtotal = Amount(Text(row, "Subtotal")) ?? 0,
            Total = Amount(Text(row, "Total")) ?? 0,
            Discount = Amount(Text(row, "Discount Amount")) ?? 0,
            Refunded = Amount(Text(row, "Refunded Amount")) ?? 0,
            AcceptsMarketing = Text(row, "Accepts Marketing").ToLowerInvariant(),
        };
    }

    private void Add(CsvRows row, Order order, long quantity, decimal price)
    {
        var discount = Amount(row.At(_lineDiscount)) ?? 0;
        var name = row[_item].Trim();
        var sku = row.At(_sku).Trim() is { Length: > 0 } told ? told : name;
        order.Discount -= discount;
        order.Lines.Add(new ImportedLine(order.Rows, sku, name, quantity, Math.Max(0, Money.OfMajor(quantity * price - discount, order.Currency).Minor)));
    }

    private CustomerDraft Customer(CsvRows row)
    {
        var identities = new List<IdentityDraft>();
        var country = Country(Text(row, "Billing Country")) ?? Country(Text(row, "Shipping Country"));
        if (Text(row, "Email") is { Length: > 0 } email) identities.Add(IdentityDraft.Email(email));
        foreach (var column in new[] { "Phone", "Billing Phone", "Shipping Phone" })
        {
            // Spreadsheets guard a leading + with an apostrophe.
            if (Text(row, column).TrimStart('\'') is { Length: > 0 } phone && identities.TrueForAll(known => known.Value != phone)) identities.Add(IdentityDraft.Phone(phone));
        }
        var name = Text(row, "Billing Name") is { Length: > 0 } billed ? billed : Text(row, "Shipping Name");
        return new CustomerDraft { Source = Source, Name = name.Length > 0 ? name : null, Country = country, Identities = identities, Postal = Postal(row, "Billing") ?? Postal(row, "Shipping") };
    }

    private PostalAddress? Postal(CsvRows row, string of) => new PostalAddress
    {
        Street = string.Join('\n', new[] { Text(row, of + " Company"), Text(row, of + " Address1"), Text(row, of + " Address2") }.Where(line => line.Length > 0)),
        PostalCode = Text(row, of + " Zip").TrimStart('\''),
        City = Text(row, of + " City"),
        Region = Text(row, of + " Province"),
        Country = Country(Text(row, of + " Country")) ?? "",
    }.Normal();

    private void Close(ImportChunk into)
    {
        if (_open is not { } order) return;
        _open = null;
        var place = order.Place with { Lines = order.Rows };
        if (order.Fault is { } fault)
        {
            into.Rejects.Add(new Reject(place, fault));
            return;
        }
        into.Items.Add(new ImportedSale(place, order.Customer, new OrderRecord
        {
            CustomerId = default,
            Source = Source,
            Number = order.Number,
            At = order.At,
            Currency = order.Currency,
            Channel = order.Channel,
            Fees = Fees(order),
        }, order.Lines));
        if (order.AcceptsMarketing == "yes") into.Ignore("accepts marketing = yes (an import cannot loosen a wish)");
        if (order.AcceptsMarketing == "no")
            into.Items.Add(new ImportedWish(place with { Lines = 0 }, order.Customer, NoMarketing, Source, $"accepts-marketing:{order.Number}")
            {
                SaidAt = order.At,
                MakesCustomers = true,
                IsToldWithEveryOrder = true,
            });
        if (order.Cancelled is { } cancelled)
            into.Items.Add(new ImportedSale(place with { Lines = 0 }, order.Customer, new ReturnRecord
            {
                CustomerId = default,
                Source = Source,
                Number = order.Number,
                OrderNumber = order.Number,
                At = cancelled,
                Currency = order.Currency,
                Reason = "cancelled",
            }, order.Lines));
    }

    private static List<FeeRecord> Fees(Order order)
    {
        var fees = new List<FeeRecord>();
        void Add(FeeKind kind, decimal amount, string words)
        {
            if (amount != 0) fees.Add(new FeeRecord(order.Rows + fees.Count + 1, kind, Money.OfMajor(amount, order.Currency).Minor, words));
        }
        Add(FeeKind.Postage, order.Shipping, "Shipping");
        Add(FeeKind.Discount, -Math.Max(0, order.Discount), "Discount");
        // Where prices contain the tax, the total is reached without it.
        if (order.Total >= order.Subtotal + order.Shipping + order.Taxes) Add(FeeKind.Other, order.Taxes, "Taxes");
        if (order.Cancelled is null) Add(FeeKind.Other, -order.Refunded, "Refund");
        return fees;
    }

    private string Text(CsvRows row, string column) => row.At(_others[column]).Trim();

    private static string? Country(string text) => text.Length == 2 ? text.ToUpperInvariant() : null;

    private static Instant? At(string text) => Pattern.Parse(text.Trim()) is { Success: true } read ? read.Value.ToInstant() : null;

    private static decimal? Amount(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000_000
            ? number
            : null;

    private sealed class Order(string number, string currency, Instant at, CustomerDraft customer, ImportPlace place)
    {
        public string Number { get; } = number;
        public string Currency { get; } = currency;
        public Instant At { get; } = at;
        public CustomerDraft Customer { get; } = customer;
        public ImportPlace Place { get; } = place;
        public Instant? Cancelled { get; init; }
        public string? Channel { get; init; }
        public decimal Shipping { get; init; }
        public decimal Taxes { get; init; }
        public decimal Subtotal { get; init; }
        public decimal Total { get; init; }
        public decimal Refunded { get; init; }
        public decimal Discount { get; set; }
        public string? Fault { get; set; }
        public string AcceptsMarketing { get; init; } = "";
        public int Rows { get; set; }
        public List<ImportedLine> Lines { get; } = [];
    }
}
