using System.Text;

namespace Regard.Api;

/// <summary>A list of any length as a CSV file to keep: written part by part, it needs no more memory than one part.</summary>
internal static class CsvFile
{
    private const int Part = 2000;

    /// <param name="name">The file's name.</param>
    /// <param name="partAsync">Reads the rows after one (null = from the first), at most so many.</param>
    public static async Task WriteAsync<T>(HttpContext http, string name, Func<T?, int, Task<List<T>>> partAsync) where T : class
    {
        http.Response.ContentType = "text/csv; charset=utf-8; header=present";
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}";
        http.Response.Headers.CacheControl = "no-store";
        T? last = null;
        do
        {
            var rows = await partAsync(last, Part);
            var text = CsvText.Of(rows);
            await http.Response.WriteAsync(last is null ? text : text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..], Encoding.UTF8, http.RequestAborted);
            last = rows.Count < Part ? null : rows[^1];
        }
        while (last is not null);
    }
}
