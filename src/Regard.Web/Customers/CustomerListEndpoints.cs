using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>The list of customers, and the same as a file.</summary>
internal static class CustomerListEndpoints
{
    private const int PageSize = 25;
    private const int ExportPart = 2000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/customers", ListAsync).ForStaff(Right.CustomersRead);
        routes.MapPost("/customers/export", ExportAsync).ForStaff(Right.CustomersExport);
    }

    private static async Task<IResult> ListAsync(HttpContext http, [AsParameters] CustomerListQuery query, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var list = await new CustomerListStore(work).PageAsync(query, PageSize);
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<CustomerListPage>(new { Query = query, List = list, Actor = http.Actor(), Now = clock.GetCurrentInstant() });
    }

    /// <summary>Writes part by part: a list of any length needs no more memory than one part.</summary>
    private static async Task ExportAsync(HttpContext http, [FromForm] CustomerListForm? form, Database database)
    {
        var query = form?.Query ?? new CustomerListQuery();
        http.Response.ContentType = "text/csv; charset=utf-8; header=present";
        http.Response.Headers.ContentDisposition = "attachment; filename=customers.csv";
        http.Response.Headers.CacheControl = "no-store";
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        var store = new CustomerListStore(work);
        var isFirst = true;
        while (true)
        {
            var part = await store.PageAsync(query, ExportPart);
            var text = CsvText.Of(part.Rows);
            await http.Response.WriteAsync(isFirst ? text : text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..], Encoding.UTF8, http.RequestAborted);
            if (part.Next is null) return;
            (query, isFirst) = (query with { After = part.Next }, false);
        }
    }

    /// <summary>The list's words as a form holds them.</summary>
    internal sealed record CustomerListForm
    {
        public string? Q { get; init; }
        public string? Kind { get; init; }
        public string? Country { get; init; }
        public string? Language { get; init; }
        public string? Case { get; init; }
        public string? Bought { get; init; }
        public string? Silent { get; init; }
        public string? Sort { get; init; }

        public CustomerListQuery Query => new()
        {
            Text = Q, Kind = Kind, Country = Country, Language = Language, Case = Case, Bought = Bought, Silent = Silent, Sort = Sort,
        };
    }
}
