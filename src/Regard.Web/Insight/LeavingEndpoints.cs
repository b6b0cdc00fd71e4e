using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Contact;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>The pages about silent leavers: who they are, a contact as they wish it, and what came of it.</summary>
internal static class LeavingEndpoints
{
    private const int PageSize = 25;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/insight/leaving", ListAsync).ForStaff(Right.CustomersRead);
        routes.MapGet("/insight/leaving.csv", ExportAsync).ForStaff(Right.CustomersExport);
        routes.MapGet("/insight/leaving/cared", CaredAsync).ForStaff(Right.CustomersRead);
        routes.MapGet("/insight/leaving/{id:guid}/contact", LookAsync).ForStaff(Right.ContactsWrite);
        routes.MapPost("/insight/leaving/{id:guid}/contact", PlanAsync).ForStaff(Right.ContactsWrite);
    }

    private static async Task<IResult> ListAsync(HttpContext http, [AsParameters] LeavingQuery query, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.ReadAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        if (await new LoyaltyModelStore(work).CurrentAsync() is not { } model)
            return new RazorComponentResult<LeavingPage>(new { Query = query, Runs = await new InsightRunStore(work).PageAsync(LoyaltyWork.Kind, null, 1), Actor = http.Actor(), Now = now });
        var reader = new LeavingReading(work, model, now);
        var rows = await reader.PageAsync(query, PageSize + 1);
        return new RazorComponentResult<LeavingPage>(new
        {
            Query = query,
            Model = model,
            Today = reader.Today,
            Rows = rows.Take(PageSize).ToList(),
            Next = rows.Count > PageSize ? query.Beyond(rows[PageSize - 1]).Href : null,
            Sums = await new LeavingStore(work).SumsAsync(reader.Clock),
            Actor = http.Actor(),
            Now = now,
        });
    }

    private static async Task<IResult> ExportAsync(HttpContext http, [AsParameters] LeavingQuery query, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        await using (var trail = await database.WriteAsync(http.RequestAborted))
        {
            await new AuditStore(trail).AppendAsync(http.Actor(), "leavers_exported", "customer:list", new Json("{}"), now);
            await trail.CommitAsync();
        }
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        var reader = await new LoyaltyModelStore(work).CurrentAsync() is { } model ? new LeavingReading(work, model, now) : null;
        await CsvFile.WriteAsync<LeavingLine>(http, "silent-leavers.csv", async (last, size) => reader is null
            ? []
            : [.. (await reader.PageAsync(last is null ? query with { After = null } : query.Beyond(last.Row), size)).Select(row => new LeavingLine(row))]);
        return Results.Empty;
    }

    private static async Task<IResult> CaredAsync(HttpContext http, [FromQuery(Name = "before")] string? before, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var rows = await new LeavingStore(work).CaredAsync(RowPlace.ByInstant(before?.Split('_')), PageSize + 1);
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<CaredPage>(new
        {
            Rows = rows.Take(PageSize).ToList(),
            IsFirst = before is null,
            Next = rows.Count > PageSize ? $"/insight/leaving/cared?before={Uri.EscapeDataString($"{NodaTime.Text.InstantPattern.ExtendedIso.Format(rows[PageSize - 1].PlannedAt)}_{rows[PageSize - 1].CareId}")}" : null,
            Now = clock.GetCurrentInstant(),
        });
    }

    private static async Task<IResult> LookAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return await PageAsync(http, work, id, null, clock);
    }

    private static async Task<IResult> PlanAsync(HttpContext http, Guid id, [FromForm] LeavingLetter? form, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (form is null || form.Fault is not null) return await PageAsync(http, work, id, form ?? new LeavingLetter(), clock);
        if (await PlanOfAsync(work, id, now) is not { } plan) return Gone(http);
        var draft = form.Draft(plan.Letter) with { TaskTitle = $"Ask how they are: {plan.Head.Name}" };
        if (await new LeavingDesk(work).PlanAsync(plan.Score, draft, http.Actor(), now) is not { } care) return Gone(http);
        await work.CommitAsync();
        Flash.Say(http, care.Verdict switch
        {
            "refused" => "Nothing was planned: they may not be contacted about this. Why stands under “Cared for”.",
            "deferred" => $"Planned by {Channel(care)}, at the next moment that they permit.",
            _ => $"Planned by {Channel(care)}. Whether they come back stands under “Cared for”.",
        }, care.Verdict == "refused" ? Tone.Warning : Tone.Good);
        return SeeOther.To(care.TaskId is { } task && http.Actor().May(Right.TasksWork) ? $"/tasks/{care.CustomerId}/{task}" : "/insight/leaving/cared");
    }

    private static async Task<IResult> PageAsync(HttpContext http, UnitOfWork work, Guid id, LeavingLetter? form, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        if (await PlanOfAsync(work, id, now) is not { } plan) return Gone(http);
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<LeavingContactPage>(new { Plan = plan, Form = form ?? LeavingLetter.Of(plan.Letter), Fault = form?.Fault, MayOpenCases = http.Actor().May(Right.CasesWork), Now = now })
        { StatusCode = form?.Fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };
    }

    private static async Task<LeavingPlan?> PlanOfAsync(UnitOfWork work, Guid id, Instant now) =>
        await new LoyaltyModelStore(work).CurrentAsync() is { } model ? await new LeavingDesk(work).LookAsync(id, new LeavingReading(work, model, now).Clock, now) : null;

    private static string Channel(CareRow care) => (Words.Read<Channel>(care.Channel) ?? Contact.Channel.Email).InWords();

    private static IResult Gone(HttpContext http)
    {
        Flash.Say(http, "This customer is not on the list of silent leavers (any more): nothing was planned.", Tone.Info);
        return SeeOther.To("/insight/leaving");
    }
}
