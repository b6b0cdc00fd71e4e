using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>Findings: the list, one with its history, and what people do about it.</summary>
internal static class FindingEndpoints
{
    private const int PageSize = 25, TextLimit = 2000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/insight/findings", ListAsync).ForStaff(Right.InsightRead);
        routes.MapGet("/insight/findings.csv", ExportAsync).ForStaff(Right.InsightRead);
        routes.MapGet("/insight/findings/{id:guid}", ShowAsync).ForStaff(Right.InsightRead);
        routes.MapPost("/insight/findings/{id:guid}", ActAsync).ForStaff(Right.TasksWork);
        routes.MapPost("/insight/findings/{id:guid}/give", GiveAsync).ForStaff(Right.TasksAssign);
        routes.MapApi("insight").MapGet("/findings", ListForApiAsync).WithSummary("Findings about returns and service, the newest first").ForApi(Right.InsightRead);
    }

    /// <summary>Names of staff by id.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> StaffAsync(UnitOfWork work) => (await new StaffStore(work).ListAsync()).ToDictionary(member => member.StaffId, member => member.Name);

    private static async Task<IResult> ListAsync(HttpContext http, [AsParameters] FindingsAsked asked, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var rows = await new FindingStore(work).PageAsync(asked.Query, PageSize + 1);
        return new RazorComponentResult<FindingsPage>(new
        {
            Asked = asked,
            Rows = rows.Take(PageSize).ToList(),
            Next = rows.Count > PageSize ? asked.Beyond(rows[PageSize - 1]).Href : null,
            Staff = await StaffAsync(work),
            Now = clock.GetCurrentInstant(),
        });
    }

    private static async Task ExportAsync(HttpContext http, [AsParameters] FindingsAsked asked, Database database)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<FindingAnswer>(http, "findings.csv", async (last, size) =>
            [.. (await new FindingStore(work).PageAsync(last is null ? asked.Query : asked.Query with { After = (last.FoundAt, last.FindingId) }, size)).Select(FindingAnswer.Of)]);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new FindingStore(work).FindAsync(id) is not { } row) return Faces.Missing();
        var (now, actor) = (clock.GetCurrentInstant(), http.Actor());
        var thing = ReturnThing.Read(row.Read().Thing);
        // The weeks of a batch say little by themselves: its product's do.
        var whole = thing is { Dimension: ReturnDimension.Batch, ProductId: { } product } ? new ReturnThing(ReturnDimension.Product, product.ToString()) : thing;
        return new RazorComponentResult<FindingPage>(new
        {
            View = new FindingView
            {
                Row = row,
                History = await new FindingStore(work).HistoryAsync(id),
                Weeks = whole is null ? [] : await new ReturnLookStore(work).WeeksAsync(whole, await new ReturnLookStore(work).EarliestAsync(now)),
                Staff = await StaffAsync(work),
                People = actor.May(Right.TasksAssign) ? [.. (await PeopleAsync(work)).Select(member => (member.StaffId, member.Name))] : [],
                Me = actor.Id,
                MayWork = actor.May(Right.TasksWork),
                Now = now,
            },
        });
    }

    private static async Task<IResult> ActAsync(HttpContext http, Guid id, [FromForm] FindingForm? sent, Database database, IClock clock)
    {
        var (now, actor, form) = (clock.GetCurrentInstant(), http.Actor(), sent ?? new FindingForm());
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new FindingStore(work).FindAsync(id) is not { } row) return Faces.Missing();
        var words = form.Words?.Trim() is { Length: > 0 and <= TextLimit } told ? told : null;
        var today = now.InUtc().Date;
        var day = LocalDatePattern.Iso.Parse(form.FixedOn ?? "") is { Success: true } read ? read.Value : today;
        if (form.Press is "fixed" or "aside" or "note" && words is null) return Refuse(http, row, $"Nothing was changed: say in a few words {(form.Press == "fixed" ? "what was done about the cause" : form.Press == "aside" ? "why nothing is done about it" : "what should be remembered")}, at most {TextLimit} letters.");
        if (form.Press == "fixed" && (day > today || day < today.PlusDays(-365))) return Refuse(http, row, "Nothing was changed: the day since when it is fixed lies within the last year, and not ahead.");
        var (desk, said) = (new FindingDesk(work), new FindingEvent(now, actor.Reference, "note", words));
        var isDone = form.Press switch
        {
            "take" => actor.Id is { } me && await new StaffStore(work).FindAsync(me) is { } member && await desk.GiveAsync(row, member, actor, now),
            "fixed" => await desk.FixAsync(row, day, said),
            "aside" => await desk.DropAsync(row, said),
            "note" => await NoteAsync(work, id, said),
            _ => false,
        };
        await work.CommitAsync();
        Flash.Say(http, isDone ? Said(form.Press) : "Nothing was changed: it is in another state by now. Look again.", isDone ? Tone.Good : Tone.Warning);
        return SeeOther.To(row.Href);
    }

    private static async Task<IResult> GiveAsync(HttpContext http, Guid id, [FromForm(Name = "owner_id")] string? owner, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new FindingStore(work).FindAsync(id) is not { } row) return Faces.Missing();
        var to = Guid.TryParse(owner, out var chosen) ? (await PeopleAsync(work)).FirstOrDefault(member => member.StaffId == chosen) : null;
        var isDone = to is not null && await new FindingDesk(work).GiveAsync(row, to, http.Actor(), clock.GetCurrentInstant());
        await work.CommitAsync();
        Flash.Say(http, isDone ? $"{to!.Name} looks for the cause." : "Nothing was changed: nobody like that works here, or it is gone by now.", isDone ? Tone.Good : Tone.Warning);
        return SeeOther.To(row.Href);
    }

    private static async Task<ApiPage<FindingAnswer>> ListForApiAsync([FromQuery(Name = "kind")] string? kind, [FromQuery(Name = "state")] string? state, [AsParameters] PageQuery page, Database database, CancellationToken stop)
    {
        if (kind is not (null or ReturnsWork.Kind or ParityWork.Kind)) throw ApiProblem.Malformed("There are no findings of this kind.", ApiFault.In("kind", "is returns or parity")).Refusal();
        if (state is not null && Words.Read<FindingState>(state) is null)
            throw ApiProblem.Malformed("A finding is never in this state.", ApiFault.In("state", $"is one of {string.Join(", ", Words.All<FindingState>())}")).Refusal();
        await using var work = await database.ReadAsync(stop);
        var query = new FindingQuery { Kind = kind, States = Words.Read<FindingState>(state) is { } one ? [one] : [], After = RowPlace.ByInstant(page.Cursor(2)) };
        var rows = await new FindingStore(work).PageAsync(query, page.Take);
        return ApiPage<FindingAnswer>.Of([.. rows.Select(FindingAnswer.Of)], page, row => [InstantPattern.ExtendedIso.Format(row.FoundAt), row.FindingId.ToString()]);
    }

    private static async Task<bool> NoteAsync(UnitOfWork work, Guid id, FindingEvent said)
    {
        await new FindingStore(work).NoteAsync(id, said);
        return true;
    }

    private static IResult Refuse(HttpContext http, FindingRow row, string why)
    {
        Flash.Say(http, why, Tone.Danger);
        return SeeOther.To(row.Href);
    }

    private static string Said(string? press) => press switch
    {
        "take" => "It is yours: it stands on your day until its cause is fixed.",
        "fixed" => "Written down. From now on it is watched whether that holds.",
        "aside" => "Set aside. It stays in the list of findings, with your reason.",
        _ => "Noted.",
    };

    // Those whose role does tasks.
    private static async Task<IReadOnlyList<StaffMember>> PeopleAsync(UnitOfWork work) =>
        [.. (await new StaffStore(work).ListAsync()).Where(member => member.DisabledAt is null && Rights.Of(Words.Must<Role>(member.Role)).Contains(Right.TasksWork))];
}
