using System.Buffers.Text;
using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Regard.Storage;

namespace Regard.Api;

/// <summary>Which part of a list is asked for: the parameters <c>limit</c> and <c>after</c>.</summary>
internal sealed record PageQuery
{
    [FromQuery(Name = "limit"), Description("How many items at most: 1 to 200; 50 when absent.")]
    public int? Limit { get; init; }

    [FromQuery(Name = "after"), Description("The value of next from the page before; absent for the first page.")]
    public string? After { get; init; }

    /// <summary>How many items the page has at most.</summary>
    public int Size => Math.Clamp(Limit ?? 50, 1, 200);

    /// <summary>How many rows to read: one more than the page has, which tells whether there is a next one.</summary>
    public int Take => Size + 1;

    /// <summary>The words by which the row before this page is found again, or null on the first page.</summary>
    /// <param name="words">How many words this list's cursor has.</param>
    /// <exception cref="ApiRefusal">400: the cursor was not made by this list.</exception>
    public IReadOnlyList<string>? Cursor(int words)
    {
        if (string.IsNullOrEmpty(After)) return null;
        try
        {
            var read = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(After));
            if (read is not null && read.Length == words && Array.TrueForAll(read, word => word is not null)) return read;
        }
        catch (Exception failure) when (failure is FormatException or JsonException)
        {
            // Answered below like a cursor of another list.
        }
        throw ApiProblem.Malformed("The cursor was not made by this list: begin again without after.", ApiFault.In("after", "is no cursor of this list")).Refusal();
    }
}

/// <summary>A part of a list as JSON.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">What to send as <c>after</c> to get what follows; absent at the end of the list.</param>
internal sealed record ApiList<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A part of a list as the answer: JSON, or CSV for a caller who prefers <c>text/csv</c> or writes <c>.csv</c> after the address.</summary>
internal sealed class ApiPage<T> : IResult, IEndpointMetadataProvider
{
    private readonly ApiList<T> _list;

    private ApiPage(ApiList<T> list) => _list = list;

    /// <param name="rows">At most <see cref="PageQuery.Take"/> rows; the one too many is not shown.</param>
    /// <param name="cursor">The words that find a row again: the columns of the list's order, the last of them unique.</param>
    public static ApiPage<T> Of(IReadOnlyList<T> rows, PageQuery page, Func<T, string[]> cursor)
    {
        if (rows.Count <= page.Size) return new ApiPage<T>(new ApiList<T>(rows, null));
        var next = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(cursor(rows[page.Size - 1])));
        return new ApiPage<T>(new ApiList<T>([.. rows.Take(page.Size)], next));
    }

    /// <summary>The same for a page of our own.</summary>
    public ApiList<T> List => _list;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(ApiList<T>), ["application/json"]));
        builder.Metadata.Add(new AlsoCsv());
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        if (_list.Next is { } next)
        {
            var query = new QueryBuilder(request.Query.Where(pair => pair.Key != "after")) { { "after", next } };
            response.Headers.Link = $"<{request.Path}{query}>; rel=\"next\"";
        }
        response.Headers.Vary = "Accept";
        if (CsvText.IsPreferred(request)) return CsvText.WriteAsync(response, _list.Items);
        return response.WriteAsJsonAsync(_list, Json.Options, httpContext.RequestAborted);
    }
}

/// <summary>Marks an endpoint whose answer is to be had as CSV too.</summary>
internal sealed record AlsoCsv;
