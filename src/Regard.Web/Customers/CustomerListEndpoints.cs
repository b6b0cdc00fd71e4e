using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
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
        routes.MapPost("/customers/search", Search).ForStaff(Right.CustomersRead);
        routes.MapPost("/customers/export", ExportAsync).ForStaff(Right.CustomersExport);
    }

    private static async Task<IResult> ListAsync(HttpContext http, [AsParameters] CustomerListAddress address, SealedWords words, Database database, IClock clock)
    {
        var query = address.Query(words);
        await using var work = await database.ReadAsync(http.RequestAborted);
        var list = await new CustomerListStore(work).PageAsync(query, PageSize);
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<CustomerListPage>(new { Query = query, List = list, Actor = http.Actor(), Now = clock.GetCurrentInstant() });
    }

    /// <summary>A search is posted, so that what was searched for stands in the address only sealed.</summary>
    private static IResult Search([FromForm] CustomerListForm? form, SealedWords words) => SeeOther.To((form ?? new CustomerListForm()).Query(words).Href);

    /// <summary>Writes part by part: a list of any length needs no more memory than one part.</summary>
    private static async Task ExportAsync(HttpContext http, [FromForm] CustomerListForm? form, SealedWords words, Database database, IClock clock)
    {
        var query = (form ?? new CustomerListForm()).Query(words);
        await using (var trail = await database.WriteAsync(http.RequestAborted))
        {
            // Who took the list away is known before the first line of it has left; what was searched for is not kept.
            await new AuditStore(trail).AppendAsync(http.Actor(), "customers_exported", "customer:list", Json.Of(new { query.IsSearch, query.IsFiltered }), clock.GetCurrentInstant());
            await trail.CommitAsync();
        }
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
}
