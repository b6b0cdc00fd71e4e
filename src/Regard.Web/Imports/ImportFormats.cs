namespace Regard.Imports;

/// <summary>The formats that are known, by name.</summary>
internal static class ImportFormats
{
    public static readonly IReadOnlyList<string> Names = ["csv", "regard", "online-retail", "shopify"];

    /// <summary>Reads the header and makes the format that understands the rows after it.</summary>
    /// <exception cref="ImportRefusal">The format is not known, or does not hold this kind, or lacks columns.</exception>
    public static (CsvRows Rows, IImportFormat Format) Open(ImportRequest request, TextReader text)
    {
        if (request.Format == "csv")
        {
            var mapping = Mapping.Read(request);
            var rows = new CsvRows(text, mapping.Delimiter);
            return (rows, Mapped(request.Kind, new MappedRows(mapping, rows)));
        }
        if (request.Format == "regard")
        {
            var own = new CsvRows(text);
            return (own, Mapped(request.Kind, new MappedRows(Mapping.Own(request.Kind, own), own)));
        }
        if (!Names.Contains(request.Format)) throw new ImportRefusal($"The format '{request.Format}' is not known; there are: {string.Join(", ", Names)}.");
        if (request.Kind != ImportKind.Orders) throw new ImportRefusal($"The format {request.Format} holds orders, not {Words.Of(request.Kind)}.");
        var plain = new CsvRows(text);
        return (plain, request.Format == "shopify" ? new ShopifyFormat(plain) : new OnlineRetailFormat(plain));
    }

    private static IImportFormat Mapped(ImportKind kind, MappedRows fields) => kind switch
    {
        ImportKind.Orders => new MappedOrders(fields),
        ImportKind.Customers => new MappedCustomers(fields),
        ImportKind.Products => new MappedProducts(fields),
        _ => new MappedPreferences(fields),
    };
}
