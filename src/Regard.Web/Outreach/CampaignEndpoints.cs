using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>The staff's pages about campaigns: the list, the form, one campaign, its start and its end.</summary>
internal static class CampaignEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/campaigns", ListAsync).ForStaff(Right.CampaignsRead);
        routes.MapGet("/campaigns.csv", ExportAsync).ForStaff(Right.CampaignsRead);
        routes.MapGet("/campaigns/new", NewAsync).ForStaff(Right.CampaignsWrite);
        routes.MapPost("/campaigns/new", KeepAsync).ForStaff(Right.CampaignsWrite);
        routes.MapGet("/campaigns/{id:guid}", ShowAsync).ForStaff(Right.CampaignsRead);
        routes.MapGet("/campaigns/{id:guid}/edit", EditAsync).ForStaff(Right.CampaignsWrite);
        routes.MapPost("/campaigns/{id:guid}/edit", ChangeAsync).ForStaff(Right.CampaignsWrite);
        routes.MapPost("/campaigns/{id:guid}/start", StartAsync).ForStaff(Right.CampaignsWrite);
        routes.MapPost("/campaigns/{id:guid}/stop", StopAsync).ForStaff(Right.CampaignsWrite);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Database database, string? state, string? after)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var rows = await new CampaignStore(work).ListAsync(States(state), IdOf(after), PageSize + 1);
        return new RazorComponentResult<CampaignsPage>(new
        {
            Rows = rows.Take(PageSize).ToList(),
            State = state,
            MayWrite = http.Actor().May(Right.CampaignsWrite),
            Next = rows.Count > PageSize ? $"/campaigns?{(state is null ? "" : $"state={Uri.EscapeDataString(state)}&")}after={rows[PageSize - 1].CampaignId}" : null,
            Previous = after is null ? null : state is null ? "/campaigns" : $"/campaigns?state={Uri.EscapeDataString(state)}",
        });
    }

    private static async Task ExportAsync(HttpContext http, Database database, string? state)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<CampaignHead>(http, "campaigns.csv", async (last, size) =>
            [.. (await new CampaignStore(work).ListAsync(States(state), last?.CampaignId, size)).Select(CampaignHead.Of)]);
    }

    private static async Task<IResult> NewAsync(HttpContext http, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return await FormAsync(work, null, new CampaignForm { FormId = Ids.New(clock.GetCurrentInstant()).ToString() }, []);
    }

    private static async Task<IResult> KeepAsync(HttpContext http, [FromForm] CampaignForm? sent, Database database, IClock clock)
    {
        var (form, now) = (sent ?? new CampaignForm(), clock.GetCurrentInstant());
        await using var work = await database.WriteAsync(http.RequestAborted);
        var (input, unreadable) = form.Read(ZoneOf(http));
        var (draft, segment, problems) = await input.ReadAsync(work, now);
        if (Merged(unreadable, problems) is { Count: > 0 } all) return await FormAsync(work, null, form, all);
        var id = IdOf(form.FormId) ?? Ids.New(now);
        await new CampaignStore(work).AddAsync(id, draft, segment, http.Actor(), now);
        await work.CommitAsync();
        return SeeOther.To($"/campaigns/{id}");
    }

    private static async Task<IResult> EditAsync(HttpContext http, Guid id, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return await new CampaignStore(work).FindAsync(id) is { State: "draft" } row ? await FormAsync(work, row, CampaignForm.Of(row, ZoneOf(http)), []) : Faces.Missing();
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, Guid id, [FromForm] CampaignForm? sent, Database database, IClock clock)
    {
        var (form, now) = (sent ?? new CampaignForm(), clock.GetCurrentInstant());
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CampaignStore(work).FindAsync(id) is not { } row) return Faces.Missing();
        var (input, unreadable) = form.Read(ZoneOf(http));
        var (draft, segment, problems) = await input.ReadAsync(work, now);
        if (Merged(unreadable, problems) is { Count: > 0 } all) return await FormAsync(work, row, form, all);
        if (await new CampaignStore(work).ChangeAsync(id, draft, segment, http.Actor(), now)) await work.CommitAsync();
        else Flash.Say(http, "Nothing was changed: the campaign was started meanwhile, and its words are on their way.", Tone.Warning);
        return SeeOther.To($"/campaigns/{id}");
    }

    private static async Task<IResult> FormAsync(UnitOfWork work, CampaignRow? row, CampaignForm form, List<CampaignProblem> problems) => new RazorComponentResult<CampaignFormPage>(new
    {
        Address = row is null ? "/campaigns/new" : $"/campaigns/{row.CampaignId}/edit",
        Back = row is null ? "/campaigns" : $"/campaigns/{row.CampaignId}",
        IsNew = row is null,
        Form = form,
        Problems = problems,
        Categories = await new CampaignCatalogueStore(work).CategoriesAsync(),
    })
    { StatusCode = problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    private static async Task<IResult> ShowAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        if (await new CampaignStore(work).FindAsync(id) is not { } row) return Faces.Missing();
        var preview = row.State == "draft" ? await CampaignPreview.TakeAsync(work, row, now) : null;
        return new RazorComponentResult<CampaignPage>(new
        {
            Row = row,
            Groups = preview?.Groups ?? [],
            LeftOut = preview?.LeftOut ?? 0,
            Customers = preview?.Customers ?? row.Customers ?? 0,
            Counts = row.State == "draft" ? [] : (IReadOnlyList<CampaignCount>)await new CampaignContactStore(work).CountsAsync(id, now),
            Problems = row.State == "draft" ? row.Draft().Problems(now) : [],
            MayWrite = http.Actor().May(Right.CampaignsWrite),
        });
    }

    private static async Task<IResult> StartAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        long customers;
        await using (var look = await database.SnapshotAsync(http.RequestAborted))
        {
            if (await new CampaignStore(look).FindAsync(id) is not { } seen) return Faces.Missing();
            customers = (await CampaignPreview.TakeAsync(look, seen, now)).Customers;
        }
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CampaignDesk(work).StartAsync((await new CampaignStore(work).FindAsync(id))!, customers, http.Actor(), now) is { } refusal)
        {
            Flash.Say(http, $"Nothing was started. {refusal}", Tone.Warning);
        }
        else
        {
            await work.CommitAsync();
            Flash.Say(http, "The campaign is started. Each customer's wishes are asked again before anything is sent.");
        }
        return SeeOther.To($"/campaigns/{id}");
    }

    private static async Task<IResult> StopAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CampaignStore(work).FindAsync(id) is null) return Faces.Missing();
        if (await new CampaignDesk(work).StopAsync(id, http.Actor(), clock.GetCurrentInstant()))
        {
            await work.CommitAsync();
            Flash.Say(http, "The campaign is stopped: nobody else is asked for, and what waits is being cancelled. What was sent cannot be called back.");
        }
        return SeeOther.To($"/campaigns/{id}");
    }

    internal static DateTimeZone ZoneOf(HttpContext http) => http.Features.Get<Viewer>()?.Zone ?? DateTimeZone.Utc;

    internal static Guid? IdOf(string? word) => Guid.TryParse(word, CultureInfo.InvariantCulture, out var id) ? id : null;

    // A date that cannot be read is also missing: it is told once.
    private static List<CampaignProblem> Merged(IReadOnlyList<CampaignProblem> unreadable, IReadOnlyList<CampaignProblem> problems) =>
        [.. unreadable, .. problems.Where(problem => unreadable.All(other => other.Field != problem.Field))];

    private static CampaignState[]? States(string? word) => Words.Read<CampaignState>(word) is { } state ? [state] : null;
}
