namespace Regard.Imports;

/// <summary>The formats that are known, by name.</summary>
internal static class ImportFormats
{
    public static readonly IReadOnlyList<string> Names = ["csv", "online-retail", "shopify"];

    /// <summary>Reads the header and makes the format that understands the rows after it.</summary>
    /// <exception cref="ImportRefusal">The format is not known, or does not hold this kind, or lacks columns.</exception>
    public static IImportFormat Open(ImportRequest request, CsvRows rows) => (request.Format, request.Kind) switch
    {
        ("online-retail", ImportKind.Orders) => new OnlineRetailFormat(rows),
        ("online-retail", _) => throw new ImportRefusal($"The format {request.Format} holds orders, not {Words.Of(request.Kind)}."),
        _ => throw new ImportRefusal($"The format '{request.Format}' is not known; there are: {string.Join(", ", Names)}."),
    };

    public static CsvRows Rows(ImportRequest request, TextReader text) => new(text);
}
