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

    private static async Task<IResult> ListAsync(HttpContext http, Database database, string? state, string? after, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var rows = await new ChangeStore(work).ListAsync(Words.Read<ChangeState>(state), Cursor(after), PageSize + 1);
        var (shown, last) = (rows.Take(PageSize).ToList(), rows.Count > PageSize ? rows[PageSize - 1] : null);
        var same = state is null ? "" : $"state={Uri.EscapeDataString(state)}&";
        return new RazorComponentResult<ChangesPage>(new
        {
            Rows = shown,
            State = state,
            MayWrite = http.Actor().May(Right.ChangesWrite),
            Next = last is null ? null : $"/changes?{same}after={LocalDatePattern.Iso.Format(last.EffectiveOn)}_{last.ChangeId}",
            Previous = after is null ? null : "/changes" + (state is null ? "" : $"?state={Uri.EscapeDataString(state)}"),
        });
    }

    private static async Task ExportAsync(HttpContext http, Database database, string? state)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<ChangeRow>(http, "changes.csv", (last, size) => new ChangeStore(work).ListAsync(
            Words.Read<ChangeState>(state), last is null ? null : (last.EffectiveOn, last.ChangeId), size));
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

    private static (LocalDate, Guid)? Cursor(string? after) =>
        RowPlace.ByDay(after?.Split('_'));
}
