using Microsoft.AspNetCore.Http.HttpResults;
using Regard.Storage;

namespace Regard.Access;

/// <summary>Settings: the audit trail.</summary>
internal static class AuditEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/settings/audit", ShowAsync).ForStaff(Right.AuditRead);

    private static async Task<RazorComponentResult<AuditPage>> ShowAsync(long? before, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var rows = await new AuditStore(work).PageAsync(before, PageSize + 1);
        var names = (await new StaffStore(work).ListAsync()).ToDictionary(person => $"staff:{person.StaffId}", person => person.Name, StringComparer.Ordinal);
        var shown = rows.Take(PageSize).ToList();
        return new(new { Rows = shown, Names = names, Older = rows.Count > PageSize ? shown[^1].Seq : (long?)null });
    }
}
