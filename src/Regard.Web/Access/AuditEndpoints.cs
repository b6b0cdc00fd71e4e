using Microsoft.AspNetCore.Http.HttpResults;
using Regard.Api;
using Regard.Storage;

namespace Regard.Access;

/// <summary>Settings: the audit trail.</summary>
internal static class AuditEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/settings/audit", ShowAsync).ForStaff(Right.AuditRead);
        routes.MapGet("/settings/audit.csv", ExportAsync).ForStaff(Right.AuditRead);
    }

    private static async Task<RazorComponentResult<AuditPage>> ShowAsync(long? before, string? action, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var store = new AuditStore(work);
        var rows = await store.PageAsync(before, PageSize + 1, Chosen(action));
        var names = (await new StaffStore(work).ListAsync()).ToDictionary(person => $"staff:{person.StaffId}", person => person.Name, StringComparer.Ordinal);
        var shown = rows.Take(PageSize).ToList();
        return new(new
        {
            Rows = shown,
            Names = names,
            Actions = await store.ActionsAsync(),
            Action = Chosen(action),
            IsLater = before is not null,
            Older = rows.Count > PageSize ? shown[^1].Seq : (long?)null,
        });
    }

    private static async Task ExportAsync(HttpContext http, string? action, Database database)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<AuditRow>(http, "audit.csv", (last, size) => new AuditStore(work).PageAsync(last?.Seq, size, Chosen(action)));
    }

    private static string? Chosen(string? action) => string.IsNullOrWhiteSpace(action) ? null : action;
}
