using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Changes;

/// <summary>The staff's pages about changes: the list, the form, one change.</summary>
internal static class ChangeEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/changes", ListAsync).ForStaff(Right.ChangesRead);
        routes.MapGet("/changes.csv", ExportAsync).ForStaff(Right.ChangesRead);
        routes.MapGet("/changes/new", NewForm).ForStaff(Right.ChangesWrite);
        routes.MapPost("/changes/new", RegisterAsync).ForStaff(Right.ChangesWrite);
        routes.MapGet("/changes/{id:guid}", ShowAsync).ForStaff(Right.ChangesRead);
        routes.MapPost("/changes/{id:guid}/withdraw", WithdrawAsync).ForStaff(Right.ChangesWrite);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Database database, [AsParameters] ChangesAsked asked, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var rows = await new ChangeStore(work).ListAsync(asked.StateAsked, RowPlace.ByDay(asked.After?.Split('_')), PageSize + 1, asked.IsEarliestFirst);
        return new RazorComponentResult<ChangesPage>(new
        {
            Rows = rows.Take(PageSize).ToList(),
            Asked = asked,
            MayWrite = http.Actor().May(Right.ChangesWrite),
            Next = rows.Count > PageSize ? asked.Beyond(rows[PageSize - 1]).Href : null,
        });
    }

    private static async Task ExportAsync(HttpContext http, Database database, [AsParameters] ChangesAsked asked)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<ChangeRow>(http, "changes.csv", (last, size) => new ChangeStore(work).ListAsync(
            asked.StateAsked, last is null ? null : (last.EffectiveOn, last.ChangeId), size, asked.IsEarliestFirst));
    }

    private static RazorComponentResult<ChangeFormPage> NewForm(IClock clock) =>
        new(new { Form = new ChangeForm { Kind = "price", FormId = Ids.New(clock.GetCurrentInstant()).ToString() } });

    private static async Task<IResult> RegisterAsync(HttpContext http, Database database, IClock clock, [FromForm] ChangeForm? sent, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var form = (sent ?? new ChangeForm()).AfterPress();
        await using var work = await database.WriteAsync(stop);
        var catalogue = new ChangeProductStore(work);
        if (form.Press != "register")
        {
            var found = form.Press == "find" ? await catalogue.SearchAsync(form.Find ?? "", now) : null;
            return await FormAsync(catalogue, form, now, found, []);
        }
        var (draft, problems) = await ChangeIntake.ReadAsync(catalogue, form.Read(), now);
        if (problems.Count > 0) return await FormAsync(catalogue, form, now, null, problems);
        var id = Ids.New(now);
        var registered = await new ChangeStore(work).RegisterAsync(draft.Accept(id), "page", form.FormId is { Length: > 0 and < 100 } once ? once : id.ToString(), http.Actor(), now);
        await work.CommitAsync();
        Flash.Say(http, "The change is registered. Nobody was told yet.");
        return SeeOther.To($"/changes/{registered.Id}");
    }

    private static async Task<IResult> FormAsync(ChangeProductStore catalogue, ChangeForm form, Instant now, IReadOnlyList<PricedProduct>? found, IReadOnlyList<DraftProblem> problems)
    {
        var chosen = (await catalogue.BySkuAsync(form.Sku, now)).ToDictionary(p => p.Sku, StringComparer.Ordinal);
        // Turbo shows a posted page only when its status says that something is left to do.
        return new RazorComponentResult<ChangeFormPage>(new { Form = form, Chosen = chosen, Found = found, Problems = problems }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Database database, Guid id, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return await PageAsync(http, work, id, null, null);
    }

    internal static async Task<IResult> PageAsync(HttpContext http, UnitOfWork work, Guid id, string? hours, string? hoursError)
    {
        var store = new ChangeStore(work);
        if (await store.RowAsync(id) is not { } row) return Faces.Missing();
        return new RazorComponentResult<ChangePage>(new
        {
            Row = row,
            Change = await store.FindAsync(id),
            Plans = await new PlanStore(work).ListAsync(id, null, PageSize),
            MayWrite = http.Actor().May(Right.ChangesWrite),
            Hours = hours,
            HoursError = hoursError,
        })
        { StatusCode = hoursError is null ? 200 : StatusCodes.Status422UnprocessableEntity };
    }

    private static async Task<IResult> WithdrawAsync(HttpContext http, Database database, Guid id, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        var isMine = await new ChangeStore(work).WithdrawAsync(id);
        await work.CommitAsync();
        if (isMine) Flash.Say(http, "The change is withdrawn. What still waited is being cancelled.");
        return SeeOther.To($"/changes/{id}");
    }
}

/// <summary>How the list of changes is looked at, as it stands in the address. A word that stands for nothing filters nothing.</summary>
public sealed record ChangesAsked
{
    [FromQuery(Name = "state")] public string? State { get; init; }

    /// <summary>"asc": those that take effect first, first.</summary>
    [FromQuery(Name = "dir")] public string? Dir { get; init; }

    [FromQuery(Name = "after")] public string? After { get; init; }

    public bool IsEarliestFirst => Dir == "asc";

    public ChangeState? StateAsked => Words.Read<ChangeState>(State);

    public string Href => "/changes" + Filter;

    /// <summary>The query part of the address, "?" included; empty when nothing is asked for.</summary>
    public string Filter
    {
        get
        {
            var query = new QueryString();
            foreach (var (name, value) in new[] { ("state", State), ("dir", Dir), ("after", After) })
                if (!string.IsNullOrWhiteSpace(value)) query = query.Add(name, value);
            return query.Value ?? "";
        }
    }

    public ChangesAsked First => this with { After = null };

    /// <summary>The same list after a row.</summary>
    public ChangesAsked Beyond(ChangeRow row) => this with { After = $"{LocalDatePattern.Iso.Format(row.EffectiveOn)}_{row.ChangeId}" };
}
