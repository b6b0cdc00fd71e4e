using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Orders;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>The pages about what comes back.</summary>
internal static class ReturnsEndpoints
{
    private const int PageSize = 25, RunsShown = 5;

    private static readonly Duration GoneShown = Duration.FromDays(30);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/insight/returns", ShowAsync).ForStaff(Right.InsightRead);
        routes.MapGet("/insight/returns.csv", ExportAsync).ForStaff(Right.InsightRead);
        routes.MapGet("/insight/returns/lines", LinesAsync).ForStaff(Right.CustomersRead);
        routes.MapGet("/insight/returns/lines.csv", ExportLinesAsync).ForStaff(Right.CustomersExport);
        routes.MapApi("insight").MapGet("/returns", ListAsync).WithSummary("Return rates of batches, products, suppliers, sizes, carriers or regions").ForApi(Right.InsightRead);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, [AsParameters] ReturnRateQuery query, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.ReadAsync(http.RequestAborted);
        var rows = await new ReturnRateStore(work).PageAsync(query, PageSize + 1);
        var looks = new ReturnLookStore(work);
        var (today, earliest) = (await looks.TodayAsync(now), await looks.EarliestAsync(now));
        var weeks = await looks.WeeksAsync(null, earliest);
        var delay = ReturnDelay.Of(await looks.DelaysAsync(earliest, Week.Of(today).PlusWeeks(-ReturnCountStore.LastWeek)));
        return new RazorComponentResult<ReturnsPage>(new
        {
            View = new ReturnsView
            {
                Query = query,
                Rows = [.. rows.Take(PageSize)],
                Next = rows.Count > PageSize ? query.Beyond(rows[PageSize - 1]).Href + "#rates" : null,
                Findings = Shown(await new FindingStore(work).OfKindAsync(ReturnsWork.Kind), now),
                Weeks = [.. weeks.Where(week => delay.IsRipe(week.Week, today))],
                Runs = await new InsightRunStore(work).PageAsync(ReturnsWork.Kind, null, RunsShown),
                Staff = await FindingEndpoints.StaffAsync(work),
                MayRun = http.Actor().May(Right.InsightRun),
                Now = now,
            },
        });
    }

    /// <summary>What waits first, then what is watched, then what is gone not long since.</summary>
    public static IReadOnlyList<FindingRow> Shown(IEnumerable<FindingRow> all, Instant now) =>
        [.. all.Where(f => f.State.IsWork() || f.State.IsWatched() && (f.State != FindingState.Gone || now - f.StateAt < GoneShown)).OrderByDescending(f => f.State.IsWork()).ThenBy(f => f.State == FindingState.Gone).ThenByDescending(f => f.CostMinor ?? 0)];

    private static async Task ExportAsync(HttpContext http, [AsParameters] ReturnRateQuery query, Database database)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<ReturnRateRow>(http, "returns.csv", (last, size) => new ReturnRateStore(work).PageAsync(last is null ? query : query.Beyond(last), size));
    }

    private static async Task<IResult> LinesAsync(HttpContext http, [AsParameters] ReturnLineQuery query, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var earliest = await new ReturnLookStore(work).EarliestAsync(clock.GetCurrentInstant());
        if (query.Of is null && !string.IsNullOrEmpty(query.Thing)) return Faces.Missing();
        var rows = await new ReturnLineStore(work).PageAsync(query, earliest, PageSize + 1);
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<ReturnLinesPage>(new
        {
            View = new ReturnLinesView
            {
                Query = query,
                Rows = [.. rows.Take(PageSize)],
                Next = rows.Count > PageSize ? query.Beyond(rows[PageSize - 1]).Href : null,
                Name = query.Of is { } thing ? await new ReturnRateStore(work).NameAsync(thing) ?? thing.Key : "Everything",
                OfNobody = await new ReturnLineStore(work).OfNobodyAsync(query.Of, earliest),
                MayExport = http.Actor().May(Right.CustomersExport),
            },
        });
    }

    private static async Task ExportLinesAsync(HttpContext http, [AsParameters] ReturnLineQuery query, Database database, IClock clock)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        var earliest = await new ReturnLookStore(work).EarliestAsync(clock.GetCurrentInstant());
        await CsvFile.WriteAsync<ReturnLineRow>(http, "return-lines.csv", (last, size) => new ReturnLineStore(work).PageAsync(last is null ? query : query.Beyond(last), earliest, size));
    }

    private static async Task<ApiPage<ReturnRateRow>> ListAsync([FromQuery(Name = "by")] string? by, [AsParameters] PageQuery page, Database database, CancellationToken stop)
    {
        var query = new ReturnRateQuery { By = by, Sort = "name" };
        await using var work = await database.ReadAsync(stop);
        var rows = await new ReturnRateStore(work).PageAsync(page.Cursor(2) is [var name, var thing] ? query.Beyond(new ReturnRateRow { Name = name, Thing = thing }) : query, page.Take);
        return ApiPage<ReturnRateRow>.Of(rows, page, row => [row.Name, row.Thing]);
    }
}
