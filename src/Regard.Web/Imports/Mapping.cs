using System.Globalization;
using System.Text.Json;
using NodaTime.Text;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Imports;

/// <summary>
/// The mapping file of <c>--format csv</c>: which column of somebody's CSV is which field, and how its dates and numbers are written.
/// For example <c>{"source": "oldshop", "delimiter": ";", "decimal_comma": true, "date_format": "dd.MM.uuuu HH:mm", "zone": "Europe/Berlin",
/// "columns": {"Belegnr": "number", "Datum": "at"}, "constants": {"currency": "EUR"}}</c>.
/// </summary>
internal sealed record Mapping
{
    /// <summary>The system that the file comes from: numbers and ids in it are that system's.</summary>
    public string Source { get; init; } = "";

    public char Delimiter { get; init; } = ',';

    /// <summary>NodaTime's pattern of a local date and time; ISO 8601 with an offset or a plain date is understood always.</summary>
    public string? DateFormat { get; init; }

    /// <summary>IANA zone of times without an offset.</summary>
    public string Zone { get; init; } = "UTC";

    /// <summary>Whether 1.234,50 is twelve hundred and not one.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Of preferences: whether a customer nobody knows is made; otherwise the line is rejected.</summary>
    public bool MakeCustomers { get; init; }

    /// <summary>Column to field.</summary>
    public Dictionary<string, string> Columns { get; init; } = [];

    /// <summary>Field to the value that it has in every row.</summary>
    public Dictionary<string, string> Constants { get; init; } = [];

    /// <summary>The source of files in the format of our own.</summary>
    public const string OwnSource = "regard";

    /// <summary>The format of our own: the columns are called as the fields are, and an external id is written with its system, <c>oldshop:77</c>.</summary>
    public static Mapping Own(ImportKind kind, CsvRows rows) => new()
    {
        Source = OwnSource,
        Columns = MappedFields.Of(kind).Where(field => rows.Find(field) is not null).ToDictionary(field => field, StringComparer.Ordinal),
    };

    /// <exception cref="ImportRefusal">It is absent, no such JSON, or names fields that this kind has not.</exception>
    public static Mapping Read(ImportRequest request)
    {
        if (request.Mapping is null) throw new ImportRefusal("The format csv needs a mapping file (--mapping) that says which column is what.");
        Mapping mapping;
        try
        {
            mapping = JsonSerializer.Deserialize<Mapping>(request.Mapping, Json.Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException failure)
        {
            throw new ImportRefusal($"The mapping file cannot be read: {failure.Message}");
        }
        var fields = MappedFields.Of(request.Kind);
        var unknown = mapping.Columns.Values.Concat(mapping.Constants.Keys).FirstOrDefault(field => !fields.Contains(field));
        if (unknown is not null) throw new ImportRefusal($"The mapping file names the field '{unknown}'; {Words.Of(request.Kind)} have: {string.Join(", ", fields)}.");
        if (mapping.Source.Length == 0 || mapping.Source.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            throw new ImportRefusal("The mapping file needs a source: the name of the system the file comes from, of letters, digits and hyphens.");
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(mapping.Zone) is null) throw new ImportRefusal($"The mapping file names the time zone '{mapping.Zone}', which is no IANA zone.");
        return mapping;
    }
}

/// <summary>The fields that a mapping can name.</summary>
internal static class MappedFields
{
    private static readonly string[] Customer = ["email", "phone", "card", "external_id", "name", "given_name", "family_name", "address_as", "country", "language", "time_zone", "recipient", "street", "postal_code", "city", "region"];

    public static IReadOnlyList<string> Of(ImportKind kind) => kind switch
    {
        ImportKind.Orders => [.. Customer, "number", "kind", "at", "currency", "sku", "product_name", "quantity", "unit_price", "amount", "batch", "shipping", "discount", "channel", "carrier", "reason", "order_number"],
        ImportKind.Customers => Customer,
        ImportKind.Products => ["sku", "name", "category", "supplier", "size", "price", "currency", "valid_from", "discontinued_on", "replaced_by"],
        _ => [.. Customer, "purpose", "channels", "hours", "pause_until", "words", "said_at", "statement_id"],
    };
}

/// <summary>The fields of one row as its mapping reads them.</summary>
internal sealed class MappedRows
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly Mapping _mapping;
    private readonly DateTimeZone _zone;
    private readonly LocalDateTimePattern? _pattern;
    private readonly LocalDatePattern? _day;

    public MappedRows(Mapping mapping, CsvRows rows)
    {
        _mapping = mapping;
        foreach (var (column, field) in mapping.Columns) _columns[field] = rows.Column(column);
        _zone = DateTimeZoneProviders.Tzdb[mapping.Zone];
        try
        {
            if (mapping.DateFormat is not { } format) return;
            if (format.Contains('H', StringComparison.Ordinal) || format.Contains('h', StringComparison.Ordinal)) _pattern = LocalDateTimePattern.CreateWithInvariantCulture(format);
            else _day = LocalDatePattern.CreateWithInvariantCulture(format);
        }
        catch (InvalidPatternException)
        {
            throw new ImportRefusal($"The mapping file's date_format '{mapping.DateFormat}' is no pattern such as dd.MM.uuuu HH:mm.");
        }
    }

    public string Source => _mapping.Source;

    public bool MakesCustomers => _mapping.MakeCustomers;

    /// <exception cref="ImportRefusal">Neither a column nor a constant gives this field.</exception>
    public void Require(params string[] fields)
    {
        var missing = Array.Find(fields, field => !_columns.ContainsKey(field) && !_mapping.Constants.ContainsKey(field));
        if (missing is not null) throw new ImportRefusal($"The mapping file gives no column or constant for '{missing}'.");
    }

    public bool Has(string field) => _columns.ContainsKey(field) || _mapping.Constants.ContainsKey(field);

    /// <summary>The field's text; null when it is empty or the mapping has none.</summary>
    public string? Text(CsvRows row, string field)
    {
        var text = _columns.TryGetValue(field, out var column) ? row[column].Trim() : "";
        if (text.Length == 0) text = _mapping.Constants.GetValueOrDefault(field, "");
        return text.Length == 0 ? null : text;
    }

    /// <summary>The field's number; null when it is none.</summary>
    public decimal? Number(CsvRows row, string field)
    {
        if (Text(row, field) is not { } text) return null;
        if (_mapping.DecimalComma) text = text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000_000 ? number : null;
    }

    public Instant? At(CsvRows row, string field)
    {
        if (Text(row, field) is not { } text) return null;
        if (_pattern?.Parse(text) is { Success: true } local) return local.Value.InZoneLeniently(_zone).ToInstant();
        if (_day?.Parse(text) is { Success: true } day) return _zone.AtStartOfDay(day.Value).ToInstant();
        if (OffsetDateTimePattern.ExtendedIso.Parse(text) is { Success: true } offset) return offset.Value.ToInstant();
        return LocalDatePattern.Iso.Parse(text) is { Success: true } date ? _zone.AtStartOfDay(date.Value).ToInstant() : null;
    }

    /// <summary>The customer that a row tells about.</summary>
    public CustomerDraft Customer(CsvRows row)
    {
        var identities = new List<IdentityDraft>();
        if (Text(row, "external_id") is { } id) identities.Add(Source == Mapping.OwnSource ? new IdentityDraft(IdentityKind.External, id) : IdentityDraft.External(Source, id));
        if (Text(row, "email") is { } email) identities.Add(IdentityDraft.Email(email));
        if (Text(row, "phone") is { } phone) identities.Add(IdentityDraft.Phone(phone));
        if (Text(row, "card") is { } card) identities.Add(IdentityDraft.Card(card));
        return new CustomerDraft
        {
            Source = Source,
            Name = Text(row, "name"),
            GivenName = Text(row, "given_name"),
            FamilyName = Text(row, "family_name"),
            AddressAs = Text(row, "address_as"),
            Language = Text(row, "language"),
            TimeZone = Text(row, "time_zone") is { } zone && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null ? zone : null,
            Country = Text(row, "country") is { Length: 2 } country ? country.ToUpperInvariant() : null,
            Identities = identities,
            Postal = Postal(row),
        };
    }

    private PostalAddress? Postal(CsvRows row) => Text(row, "street") is not { } street ? null : new PostalAddress
    {
        Recipient = Text(row, "recipient"),
        Street = street,
        PostalCode = Text(row, "postal_code"),
        City = Text(row, "city") ?? "",
        Region = Text(row, "region"),
        Country = Text(row, "country") ?? "",
    };
}
