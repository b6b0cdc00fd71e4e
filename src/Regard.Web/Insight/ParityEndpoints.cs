using Microsoft.AspNetCore.Http.HttpResults;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>The pages about the same service for everybody.</summary>
internal static class ParityEndpoints
{
    private const int PageSize = 50, RunsShown = 5, MostResults = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/insight/parity", ShowAsync).ForStaff(Right.InsightRead);
        routes.MapGet("/insight/parity.csv", ExportAsync).ForStaff(Right.InsightRead);
        routes.MapGet("/insight/parity/cases", CasesAsync).ForStaff(Right.CustomersRead);
        routes.MapGet("/insight/parity/cases.csv", ExportCasesAsync).ForStaff(Right.CustomersExport);
        routes.MapApi("insight").MapGet("/parity", ListAsync).WithSummary("How groups of customers are served, each compared with everybody else").ForApi(Right.InsightRead);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.ReadAsync(http.RequestAborted);
        return new RazorComponentResult<ParityPage>(new
        {
            Rows = (IReadOnlyList<ParityResultRow>)await new ParityResultStore(work).ListAsync(null, MostResults),
            Findings = ReturnsEndpoints.Shown(await new FindingStore(work).OfKindAsync(ParityWork.Kind), now),
            Runs = (IReadOnlyList<InsightRun>)await new InsightRunStore(work).PageAsync(ParityWork.Kind, null, RunsShown),
            Staff = await FindingEndpoints.StaffAsync(work),
            Settings = await new InsightSettingStore(work).ReadAsync(),
            MayRun = http.Actor().May(Right.InsightRun),
            MaySeeCases = http.Actor().May(Right.CustomersRead),
            Now = now,
        });
    }

    private static async Task ExportAsync(HttpContext http, Database database)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<ParityResultRow>(http, "parity.csv", (last, size) => new ParityResultStore(work).ListAsync(last is null ? null : (last.MeasureWord, last.GroupingWord, last.GroupKey), size));
    }

    private static async Task<IResult> CasesAsync(HttpContext http, [AsParameters] ParityCaseQuery query, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var rows = await RowsAsync(work, query, clock.GetCurrentInstant(), PageSize + 1);
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<ParityCasesPage>(new
        {
            Query = query,
            Rows = rows.Take(PageSize).ToList(),
            Next = rows.Count > PageSize ? query.Beyond(rows[PageSize - 1]).Href : null,
            MayExport = http.Actor().May(Right.CustomersExport),
            MayOpenCases = http.Actor().May(Right.CasesWork),
        });
    }

    private static async Task ExportCasesAsync(HttpContext http, [AsParameters] ParityCaseQuery query, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<ParityCaseRow>(http, "parity-cases.csv", (last, size) => RowsAsync(work, last is null ? query : query.Beyond(last), now, size));
    }

    private static async Task<List<ParityCaseRow>> RowsAsync(UnitOfWork work, ParityCaseQuery query, Instant now, int take)
    {
        var store = new ServedStore(work);
        return query.IsOfCalls
            ? [.. (await store.CallsAsync(query.At(now), take)).Select(row => ParityCaseRow.Of(row, query.Of))]
            : [.. (await store.CasesAsync(query.At(now), take)).Select(row => ParityCaseRow.Of(row, query.Of, now))];
    }

    private static async Task<ApiPage<ParityResultRow>> ListAsync([AsParameters] PageQuery page, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var rows = await new ParityResultStore(work).ListAsync(page.Cursor(3) is [var measure, var grouping, var group] ? (measure, grouping, group) : null, page.Take);
        return ApiPage<ParityResultRow>.Of(rows, page, row => [row.MeasureWord, row.GroupingWord, row.GroupKey]);
    }
}
