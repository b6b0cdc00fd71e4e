using System.Text;
using System.Text.Json;
using Regard.Storage;

namespace Regard.Api;

/// <summary>A list as CSV (RFC 4180): one column for each of the JSON form's members, in their order.</summary>
internal static class CsvText
{
    public const string MediaType = "text/csv";

    public static bool IsPreferred(HttpRequest request) =>
        request.GetTypedHeaders().Accept is { Count: > 0 } accepted
        && accepted.OrderByDescending(type => type.Quality ?? 1).First().MediaType.Equals(MediaType, StringComparison.OrdinalIgnoreCase);

    public static Task WriteAsync<T>(HttpResponse response, IReadOnlyList<T> items)
    {
        response.ContentType = "text/csv; charset=utf-8; header=present";
        return response.WriteAsync(Of(items), response.HttpContext.RequestAborted);
    }

    public static string Of<T>(IReadOnlyList<T> items)
    {
        var columns = Json.Options.GetTypeInfo(typeof(T)).Properties.Select(property => property.Name).ToList();
        var text = new StringBuilder().AppendJoin(',', columns).Append("\r\n");
        foreach (var item in items)
        {
            var row = JsonSerializer.SerializeToElement(item, Json.Options);
            text.AppendJoin(',', columns.Select(column => row.TryGetProperty(column, out var value) ? Cell(value) : "")).Append("\r\n");
        }
        return text.ToString();
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Quoted(Harmless(value.GetString()!)),
        JsonValueKind.Null => "",
        JsonValueKind.Object or JsonValueKind.Array => Quoted(value.GetRawText()),
        _ => value.GetRawText(),
    };

    /// <summary>A spreadsheet would run a cell that begins like a formula. Telephone numbers and signed numbers are no formulas and stay as they are.</summary>
    private static string Harmless(string text) => text switch
    {
        ['=' or '@' or '\t' or '\r', ..] => "'" + text,
        ['+' or '-', var second, ..] when !char.IsDigit(second) => "'" + text,
        _ => text,
    };

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
