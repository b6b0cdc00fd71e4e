using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>The front door of the statistician: what can be looked at, what was computed when, and what is being computed.</summary>
internal static class InsightEndpoints
{
    private const int PageSize = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/insight", ShowAsync).ForStaff(Right.CustomersRead);
        routes.MapGet("/insight/runs.csv", ExportAsync).ForStaff(Right.CustomersRead);
        routes.MapPost("/insight/runs", AskAsync).ForStaff(Right.InsightRun);
        routes.MapPost("/insight/runs/{id:guid}/cancel", CancelAsync).ForStaff(Right.InsightRun);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, [FromQuery(Name = "before")] Guid? before, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var runs = await new InsightRunStore(work).PageAsync(null, before, PageSize + 1);
        return new RazorComponentResult<InsightPage>(new
        {
            Runs = runs.Take(PageSize).ToList(),
            Before = before,
            Next = runs.Count > PageSize ? runs[PageSize - 1].RunId : (Guid?)null,
            MayRun = http.Actor().May(Right.InsightRun),
            Now = clock.GetCurrentInstant(),
        });
    }

    private static async Task ExportAsync(HttpContext http, Database database)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<InsightRun>(http, "insight-runs.csv", (last, size) => new InsightRunStore(work).PageAsync(null, last?.RunId, size));
    }

    private static async Task<IResult> AskAsync(HttpContext http, [FromForm(Name = "kind")] string? kind, [FromForm(Name = "return")] string? from, Database database, IClock clock)
    {
        if (InsightWork.Of(kind ?? "") is not { } asked)
        {
            Flash.Say(http, "Nothing was started: there is nothing of that name to compute.", Tone.Danger);
            return SeeOther.To("/insight");
        }
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        var isNew = await new InsightRunStore(work).AskAsync(Ids.New(now), asked.Kind, http.Actor(), now);
        await work.CommitAsync();
        if (isNew) Flash.Say(http, $"{asked.Title}: it is computed now. You can go on working meanwhile.");
        else Flash.Say(http, $"{asked.Title}: it is being computed already.", Tone.Info);
        return SeeOther.To(LocalPath.Or(from, "/insight"));
    }

    private static async Task<IResult> CancelAsync(HttpContext http, Guid id, [FromForm(Name = "return")] string? from, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        var runs = new InsightRunStore(work);
        if (await runs.FindAsync(id) is null) return Faces.Missing();
        var isOver = !await runs.EndAsync(id, InsightState.Cancelled, $"Stopped by {http.Actor().Name}. What was computed until then is right and stays.", clock.GetCurrentInstant());
        await work.CommitAsync();
        Flash.Say(http, isOver ? "It had ended already." : "It is stopped. What was computed until now stays.", isOver ? Tone.Info : Tone.Good);
        return SeeOther.To(LocalPath.Or(from, "/insight"));
    }
}
