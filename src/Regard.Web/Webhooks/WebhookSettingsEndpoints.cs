using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Webhooks;

/// <summary>Settings: which systems are told what happens, and what became of it.</summary>
internal static class WebhookSettingsEndpoints
{
    private const string Path = "/settings/webhooks";
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).ForStaff(Right.WebhooksManage);
        routes.MapPost(Path, AddAsync).ForStaff(Right.WebhooksManage);
        var one = routes.MapGroup(Path + "/{id:guid}");
        one.MapGet("", OpenAsync).ForStaff(Right.WebhooksManage);
        one.MapGet("/deliveries.csv", ExportAsync).ForStaff(Right.WebhooksManage);
        one.MapPost("", ChangeAsync).ForStaff(Right.WebhooksManage);
        one.MapPost("/rotate", RotateAsync).ForStaff(Right.WebhooksManage);
        one.MapPost("/pause", (HttpContext http, Guid id, Database database, IClock clock) => SetAsync(http, id, false, database, clock)).ForStaff(Right.WebhooksManage);
        one.MapPost("/resume", (HttpContext http, Guid id, Database database, IClock clock) => SetAsync(http, id, true, database, clock)).ForStaff(Right.WebhooksManage);
        one.MapPost("/test", TryOutAsync).ForStaff(Right.WebhooksManage);
        one.MapPost("/remove", RemoveAsync).ForStaff(Right.WebhooksManage);
        one.MapPost("/deliveries/{eventId:guid}/again", AgainAsync).ForStaff(Right.WebhooksManage);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Database database, IClock clock) => await ListPageAsync(http, database, clock, new WebhookForm { Events = [WebhookForm.Everything] }, []);

    private static async Task<IResult> AddAsync(HttpContext http, [FromForm] WebhookForm? form, Database database, WebhookDesk desk, IClock clock)
    {
        var (now, sent) = (clock.GetCurrentInstant(), form ?? new WebhookForm());
        if (Faults(desk, sent) is { Count: > 0 } faults)
        {
            http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return await ListPageAsync(http, database, clock, sent, faults);
        }
        var (shown, kept) = desk.NewSecret();
        Guid id;
        await using (var work = await database.WriteAsync(http.RequestAborted))
        {
            id = (await WebhookDesk.AddAsync(work, sent.Draft(), kept, http.Actor(), now)).EndpointId;
            await work.CommitAsync();
        }
        return await PageAsync(http, id, new DeliveriesSought(), database, clock, new Shown(shown, null, []));
    }

    private static async Task<IResult> OpenAsync(HttpContext http, Guid id, [AsParameters] DeliveriesSought sought, Database database, IClock clock) =>
        await PageAsync(http, id, sought, database, clock, new Shown(null, null, []));

    private static async Task ExportAsync(HttpContext http, Guid id, [AsParameters] DeliveriesSought sought, Database database)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<DeliveryLine>(http, "deliveries.csv", async (last, size) =>
            [.. (await new DeliveryStore(work).PageAsync(id, sought.Filter, last?.EventId, size)).Select(DeliveryLine.Of)]);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, Guid id, [FromForm] WebhookForm? form, Database database, WebhookDesk desk, IClock clock)
    {
        var sent = form ?? new WebhookForm();
        var faults = Faults(desk, sent);
        if (faults.Count == 0)
        {
            await using var work = await database.WriteAsync(http.RequestAborted);
            if (await new WebhookEndpointStore(work).FindAsync(id) is not { } row) return Faces.Missing();
            if (row.Version == sent.Version && await WebhookDesk.ChangeAsync(work, row, sent.Draft(), http.Actor(), clock.GetCurrentInstant()))
            {
                await work.CommitAsync();
                Flash.Say(http, "Saved. What waits goes to the new address too.");
                return SeeOther.To($"{Path}/{id}");
            }
            faults = [("", "Somebody else changed this endpoint meanwhile: look at it anew, then save again.")];
        }
        http.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return await PageAsync(http, id, new DeliveriesSought(), database, clock, new Shown(null, sent, faults));
    }

    private static async Task<IResult> RotateAsync(HttpContext http, Guid id, Database database, WebhookDesk desk, IClock clock)
    {
        var (shown, kept) = desk.NewSecret();
        await using (var work = await database.WriteAsync(http.RequestAborted))
        {
            if (await new WebhookEndpointStore(work).FindAsync(id) is null) return Faces.Missing();
            await WebhookDesk.RotateAsync(work, id, kept, http.Actor(), clock.GetCurrentInstant());
            await work.CommitAsync();
        }
        return await PageAsync(http, id, new DeliveriesSought(), database, clock, new Shown(shown, null, []));
    }

    private static Task<IResult> SetAsync(HttpContext http, Guid id, bool isActive, Database database, IClock clock) => ActAsync(http, id, database, async work =>
    {
        await WebhookDesk.SetAsync(work, id, isActive, http.Actor(), clock.GetCurrentInstant());
        return isActive ? "Events go on: what waited is sent now." : "Events wait from now on, for at most 30 days.";
    });

    private static Task<IResult> TryOutAsync(HttpContext http, Guid id, Database database, IClock clock) => ActAsync(http, id, database, async work =>
    {
        await new WebhookStore(work).TryOutAsync(id, clock.GetCurrentInstant());
        return "A test event is on its way: look below in a moment.";
    });

    private static Task<IResult> AgainAsync(HttpContext http, Guid id, Guid eventId, Database database, IClock clock) => ActAsync(http, id, database, async work =>
        await WebhookDesk.AgainAsync(work, id, eventId, http.Actor(), clock.GetCurrentInstant()) ? "It is sent once more." : "Nothing was done: it is just on its way, or it is kept no longer.");

    private static async Task<IResult> RemoveAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        await WebhookDesk.RemoveAsync(work, id, http.Actor(), clock.GetCurrentInstant());
        await work.CommitAsync();
        Flash.Say(http, "The endpoint is removed. What waited for it is not sent.");
        return SeeOther.To(Path);
    }

    private static async Task<IResult> ActAsync(HttpContext http, Guid id, Database database, Func<UnitOfWork, Task<string>> act)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new WebhookEndpointStore(work).FindAsync(id) is null) return Faces.Missing();
        Flash.Say(http, await act(work));
        await work.CommitAsync();
        return SeeOther.To($"{Path}/{id}");
    }

    private static IReadOnlyList<(string Field, string Fault)> Faults(WebhookDesk desk, WebhookForm form) =>
        form.Events is not { Count: > 0 } ? [.. desk.Faults(form.Draft()), ("event_types", "Choose at least one kind of event.")] : desk.Faults(form.Draft());

    private static async Task<RazorComponentResult<WebhooksPage>> ListPageAsync(HttpContext http, Database database, IClock clock, WebhookForm form, IReadOnlyList<(string, string)> faults)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return new(new
        {
            Rows = (IReadOnlyList<WebhookEndpointRow>)await new WebhookEndpointStore(work).ListAsync(),
            Waiting = await new DeliveryStore(work).WaitingAsync(),
            Now = clock.GetCurrentInstant(),
            Form = form,
            Faults = faults,
        })
        {
            StatusCode = http.Response.StatusCode,
        };
    }

    private static async Task<IResult> PageAsync(HttpContext http, Guid id, DeliveriesSought sought, Database database, IClock clock, Shown shown)
    {
        http.Response.Headers.CacheControl = "no-store";
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new WebhookEndpointStore(work).FindAsync(id) is not { } row) return Faces.Missing();
        var after = Guid.TryParse(sought.After, CultureInfo.InvariantCulture, out var last) ? last : (Guid?)null;
        var rows = await new DeliveryStore(work).PageAsync(id, sought.Filter, after, PageSize + 1);
        return new RazorComponentResult<WebhookPage>(new
        {
            Row = row,
            Form = shown.Form ?? WebhookForm.Of(row),
            shown.Faults,
            NewSecret = shown.Secret,
            Now = clock.GetCurrentInstant(),
            Deliveries = (IReadOnlyList<DeliveryRow>)[.. rows.Take(PageSize)],
            sought.Filter,
            Older = rows.Count > PageSize ? rows[PageSize - 1].EventId : (Guid?)null,
            IsLater = after is not null,
        })
        {
            StatusCode = http.Response.StatusCode,
        };
    }

    private sealed record Shown(string? Secret, WebhookForm? Form, IReadOnlyList<(string Field, string Fault)> Faults);
}
