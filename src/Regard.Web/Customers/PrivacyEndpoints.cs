using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>"My data", in the portal and on the customer's page: a copy of everything, and erasing after a step that says what is kept and why.</summary>
internal static class PrivacyEndpoints
{
    private const string Portal = "/me/data";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Portal, () => new RazorComponentResult<PortalDataPage>()).ForPortal();
        routes.MapGet(Portal + "/copy", CopyOwnAsync).ForPortal();
        routes.MapGet(Portal + "/erase", AskOwnAsync).ForPortal();
        routes.MapPost(Portal + "/erase", EraseOwnAsync).ForPortal();
        routes.MapPost(CustomerEndpoints.Path + "/copy", CopyAsync).ForStaff(Right.CustomersErase);
        routes.MapGet(CustomerEndpoints.Path + "/erase", AskAsync).ForStaff(Right.CustomersErase);
        routes.MapPost(CustomerEndpoints.Path + "/erase", EraseAsync).ForStaff(Right.CustomersErase);
    }

    private static Task<IResult> CopyOwnAsync(HttpContext http, Database database, IClock clock) => CopyAsync(http, http.Actor().Id!.Value, database, clock);

    // A read whose asking is written down: that is why staff's copy is posted.
    private static async Task<IResult> CopyAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new PrivacyDesk(work).ExportAsync(id, http.Actor(), clock.GetCurrentInstant()) is not JsonObject copy) return Faces.Missing();
        await work.CommitAsync();
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(Encoding.UTF8.GetBytes(copy.ToJsonString(Readable)), MediaTypeNames.Application.Json, "my-data.json");
    }

    private static async Task<IResult> AskOwnAsync(HttpContext http, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return await AskedAsync(work, http.Actor().Id!.Value) is { } head ? OwnPage(head, isUnsure: false) : Faces.Missing();
    }

    private static async Task<IResult> EraseOwnAsync(HttpContext http, [FromForm] string? sure, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await AskedAsync(work, http.Actor().Id!.Value) is not { } head) return Faces.Missing();
        if (sure is null) return OwnPage(head, isUnsure: true);
        await new PrivacyDesk(work).EraseAsync(head.CustomerId, http.Actor(), clock.GetCurrentInstant());
        await work.CommitAsync();
        SessionCookie.Remove(http, Door.Portal);
        return new RazorComponentResult<PortalErasedPage>();
    }

    private static async Task<IResult> AskAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return await AskedAsync(work, id) is { } head ? StaffPage(http, head, clock, isUnsure: false) : Faces.Missing();
    }

    private static async Task<IResult> EraseAsync(HttpContext http, Guid id, [FromForm] string? sure, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await AskedAsync(work, id) is not { } head) return Faces.Missing();
        if (sure is null) return StaffPage(http, head, clock, isUnsure: true);
        await new PrivacyDesk(work).EraseAsync(head.CustomerId, http.Actor(), clock.GetCurrentInstant());
        await work.CommitAsync();
        Flash.Say(http, "Erased. What they refused still binds, and no file brings them back.");
        return SeeOther.To($"/customers/{head.CustomerId}");
    }

    /// <summary>The customer as they live on; null = there is none, or they were erased before.</summary>
    private static async Task<CustomerHead?> AskedAsync(UnitOfWork work, Guid id) =>
        await new CustomerStore(work).CurrentAsync(id) is { } current && await new CustomerPageStore(work).HeadAsync(current) is { ErasedAt: null } head ? head : null;

    private static RazorComponentResult<PortalErasePage> OwnPage(CustomerHead head, bool isUnsure) => new(new { Head = head, IsUnsure = isUnsure }) { StatusCode = Status(isUnsure) };

    private static RazorComponentResult<CustomerErasePage> StaffPage(HttpContext http, CustomerHead head, IClock clock, bool isUnsure) =>
        new(new { Head = head, IsUnsure = isUnsure, Actor = http.Actor(), Now = clock.GetCurrentInstant() }) { StatusCode = Status(isUnsure) };

    private static int Status(bool isUnsure) => isUnsure ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK;
}
