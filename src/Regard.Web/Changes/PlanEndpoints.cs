using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Changes;

/// <summary>The staff's pages about care plans: make one, look at it, start it.</summary>
internal static class PlanEndpoints
{
    private const int PageSize = 50;
    private const int InChart = 12;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/changes/{id:guid}/plans", MakeAsync).ForStaff(Right.ChangesWrite);
        routes.MapGet("/changes/{id:guid}/plans/{planId:guid}", ShowAsync).ForStaff(Right.ChangesRead);
        routes.MapGet("/changes/{id:guid}/plans/{planId:guid}/impact.csv", ExportAsync).ForStaff(Right.CustomersExport);
        routes.MapPost("/changes/{id:guid}/plans/{planId:guid}/start", StartAsync).ForStaff(Right.ChangesWrite);
    }

    private static async Task<IResult> MakeAsync(HttpContext http, Database database, IClock clock, Guid id, [FromForm(Name = "staff_hours")] string? staffHours)
    {
        var (now, stop) = (clock.GetCurrentInstant(), http.RequestAborted);
        await using var work = await database.ReadAsync(stop);
        if (await new ChangeStore(work).FindAsync(id) is not { } change) return Faces.Missing();
        if (ChangeIntake.Number(staffHours) is not { } hours || hours is < 0 or > 10_000)
            return await ChangeEndpoints.PageAsync(http, work, id, staffHours, "Give the hours as a number, for example 10 or 7.5.");
        var terms = new PlanTerms((int)(hours * 60), await HistoryStore.AsOfAsync(work, now.InUtc().Date));
        var planId = await new PlanMaking(database, (own, customer) => PlanContact.MeansAsync(own, customer, change, now)).MakeAsync(change, terms, http.Actor(), now, null, stop);
        return SeeOther.To($"/changes/{id}/plans/{planId}");
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Database database, Guid id, Guid planId, [AsParameters] ImpactAsked asked)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new PlanStore(work).RowAsync(planId) is not { } plan || plan.ChangeId != id) return Faces.Missing();
        var (query, impacts) = (asked.Query(), new ImpactStore(work));
        var rows = await impacts.PageAsync(planId, query, PageSize + 1);
        var view = new PlanView
        {
            Plan = plan,
            Rows = [.. rows.Take(PageSize)],
            Top = [.. (await impacts.PageAsync(planId, new ImpactQuery(), InChart)).Where(row => row.Currency == plan.Currency)],
            Counts = await new PlanStore(work).CountsAsync(planId),
            Query = query,
            MayStart = http.Actor().May(Right.ChangesWrite),
            MayExport = http.Actor().May(Right.CustomersExport),
        };
        if (rows.Count > PageSize)
            view = view with { Next = $"{view.Link(query.Sort, query.IsAscending)}&after={Uri.EscapeDataString(query.Key(rows[PageSize - 1]))}_{rows[PageSize - 1].CustomerId}" };
        return new RazorComponentResult<PlanPage>(new { View = view });
    }

    private static async Task<IResult> ExportAsync(HttpContext http, Database database, IClock clock, Guid id, Guid planId)
    {
        await using (var trail = await database.WriteAsync(http.RequestAborted))
        {
            if (await new PlanStore(trail).RowAsync(planId) is not { } plan || plan.ChangeId != id) return Faces.Missing();
            await new AuditStore(trail).AppendAsync(http.Actor(), "impact_exported", $"plan:{planId}", new Json("{}"), clock.GetCurrentInstant());
            await trail.CommitAsync();
        }
        await using var work = await database.ReadAsync(http.RequestAborted);
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"impact-{planId}.csv\"";
        http.Response.ContentType = "text/csv; charset=utf-8";
        var (query, isFirst) = (new ImpactQuery(), true);
        while (await new ImpactStore(work).PageAsync(planId, query, 1000) is { Count: > 0 } rows)
        {
            var text = CsvText.Of([.. rows.Select(row => ImpactExport.Of(row))]);
            await http.Response.WriteAsync(isFirst ? text : text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..], Encoding.UTF8, http.RequestAborted);
            (query, isFirst) = (query with { After = (query.Key(rows[^1]), rows[^1].CustomerId) }, false);
        }
        return Results.Empty;
    }

    private static async Task<IResult> StartAsync(HttpContext http, Database database, IClock clock, Guid id, Guid planId)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        var plans = new PlanStore(work);
        if (await plans.RowAsync(planId) is not { } plan || plan.ChangeId != id) return Faces.Missing();
        if (plan.EffectiveOn <= now.InUtc().Date)
        {
            Flash.Say(http, "The change already holds: nobody can be told before it any more. Nothing was started.", Tone.Warning);
        }
        else if (await plans.StartAsync(planId, now))
        {
            await work.CommitAsync();
            Flash.Say(http, "The plan is being carried out. Each customer's wishes are asked again before anything is sent.");
        }
        else
        {
            Flash.Say(http, plan.State == "draft"
                ? "Nothing was started: another plan for this change is under way, and nobody is told twice."
                : $"Nothing was started: the plan is {ChangeText.State(plan.State).ToLowerInvariant()} already.", Tone.Warning);
        }
        return SeeOther.To($"/changes/{id}/plans/{planId}");
    }
}

/// <summary>How somebody wants to see the impact table, as it stands in the address.</summary>
internal sealed record ImpactAsked
{
    [FromQuery(Name = "sort")] public string? Sort { get; init; }
    [FromQuery(Name = "dir")] public string? Dir { get; init; }
    [FromQuery(Name = "q")] public string? Q { get; init; }
    [FromQuery(Name = "show")] public string? Show { get; init; }
    [FromQuery(Name = "after")] public string? After { get; init; }

    public ImpactQuery Query() => new()
    {
        Sort = Sort is "extra" or "affected" or "spend" or "chance" ? Sort : "loss",
        IsAscending = Dir == "asc",
        Text = string.IsNullOrWhiteSpace(Q) ? null : Q.Trim(),
        Show = Show is "personal" or "notice" or "held_back" ? Show : null,
        After = After?.Split('_') is [var value, var id] && Guid.TryParse(id, CultureInfo.InvariantCulture, out var customer) ? (value, customer) : null,
    };
}
