using System.Globalization;
using System.Runtime.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Access;
using Regard.Api;
using Regard.Contact;
using Regard.Customers;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Cases;

/// <summary>The staff's pages about cases.</summary>
internal static class CaseEndpoints
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cases", ListAsync).ForStaff(Right.CasesWork);
        routes.MapGet("/cases.csv", ExportAsync).ForStaff(Right.CustomersExport);
        routes.MapGet("/cases/{customerId:guid}/new", NewAsync).ForStaff(Right.CasesWork);
        routes.MapPost("/cases/{customerId:guid}/new", OpenAsync).ForStaff(Right.CasesWork);
        routes.MapGet("/cases/{customerId:guid}/{caseId:guid}", ShowAsync).ForStaff(Right.CasesWork);
        routes.MapPost("/cases/{customerId:guid}/{caseId:guid}/answer", AnswerAsync).ForStaff(Right.CasesWork);
        routes.MapPost("/cases/{customerId:guid}/{caseId:guid}/hand-over", HandOverAsync).ForStaff(Right.CasesWork);
    }

    private static async Task<IResult> ListAsync(HttpContext http, Database database, IClock clock, [AsParameters] CasesAsked asked)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var query = asked.Query(http.Actor().Id);
        var rows = await new CaseStore(work).ListAsync(query, PageSize + 1);
        var last = rows.Count > PageSize ? rows[PageSize - 1] : null;
        var at = last is null ? default : query.IsByOpening ? last.OpenedAt : last.PromisedAt;
        return new RazorComponentResult<CasesPage>(new
        {
            Rows = rows.Take(PageSize).ToList(),
            Query = query,
            IsAll = query.OwnerId is null,
            Staff = await StaffAsync(work),
            Now = clock.GetCurrentInstant(),
            MayExport = http.Actor().May(Right.CustomersExport),
            IsLater = asked.After is not null,
            Next = last is null ? null : $"/cases?sort={asked.Sort ?? "promised"}&dir={asked.Dir ?? "asc"}&all={query.OwnerId is null}&resolved={query.IsResolved}&after={InstantPattern.ExtendedIso.Format(at)}_{last.CaseId}",
        });
    }

    private static async Task ExportAsync(HttpContext http, Database database, [AsParameters] CasesAsked asked)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        var query = asked.Query(http.Actor().Id);
        await CsvFile.WriteAsync<CaseRow>(http, "cases.csv", (last, size) => new CaseStore(work).ListAsync(
            last is null ? query : query with { After = (query.IsByOpening ? last.OpenedAt : last.PromisedAt, last.CaseId) }, size));
    }

    private static async Task<IResult> NewAsync(HttpContext http, Database database, IClock clock, Guid customerId)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var now = clock.GetCurrentInstant();
        var tomorrow = (now + Duration.FromDays(1)).InZone(Zone(http)).LocalDateTime;
        var form = new CaseForm { OwnerId = http.Actor().Id, Channel = "call", PromisedAt = tomorrow.ToString("uuuu-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), FormId = Ids.New(now).ToString() };
        return await FormAsync(http, work, customerId, form, []);
    }

    private static async Task<IResult> OpenAsync(HttpContext http, Database database, IClock clock, Guid customerId, [FromForm] CaseForm? sent)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CustomerStore(work).CurrentAsync(customerId) is not { } current) return Faces.Missing();
        var form = sent ?? new CaseForm();
        var draft = form.Read(Zone(http));
        if (draft.Problems(now) is { Count: > 0 } problems) return await FormAsync(http, work, current, form, problems);
        if (!(await StaffAsync(work)).ContainsKey(draft.OwnerId!.Value)) return await FormAsync(http, work, current, form, [new CaseProblem("owner_id", "Choose somebody who works here.")]);
        var row = new CaseRow
        {
            CustomerId = current,
            CaseId = Ids.New(now),
            Subject = draft.Subject.Trim(),
            Description = draft.Description.Trim(),
            Channel = form.Channel ?? "other",
            OwnerId = draft.OwnerId.Value,
            PromisedAt = draft.PromisedAt!.Value,
            OpenedAt = now,
            OpenedBy = http.Actor().Reference,
        };
        var isNew = await CaseWork.OpenAsync(work, row, new("page", form.FormId is { Length: > 0 and < 100 } once ? once : row.CaseId.ToString()), now);
        await work.CommitAsync();
        Flash.Say(http, isNew ? "The case is open." : "This case was open already.");
        return SeeOther.To(isNew ? $"/cases/{current}/{row.CaseId}" : "/cases");
    }

    private static async Task<IResult> FormAsync(HttpContext http, UnitOfWork work, Guid customerId, CaseForm form, IReadOnlyList<CaseProblem> problems)
    {
        if (await new CustomerStore(work).OpenAsync(http.Actor(), customerId) is not { } customer) return Faces.Missing();
        return new RazorComponentResult<CaseFormPage>(new { CustomerId = customerId, CustomerName = customer.Name, Form = form, Problems = problems, Staff = await StaffAsync(work) })
        {
            StatusCode = problems.Count == 0 ? 200 : StatusCodes.Status422UnprocessableEntity,
        };
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Database database, IClock clock, Guid customerId, Guid caseId)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return await PageAsync(work, customerId, caseId, clock.GetCurrentInstant(), null);
    }

    private static async Task<IResult> PageAsync(UnitOfWork work, Guid customerId, Guid caseId, Instant now, (string? Text, string Error)? fault)
    {
        if (await new CaseStore(work).FindAsync(customerId, caseId) is not { } row) return Faces.Missing();
        return new RazorComponentResult<CasePage>(new { Row = row, Staff = await StaffAsync(work), Now = now, fault?.Text, fault?.Error, FormId = Ids.New(now).ToString() })
        {
            StatusCode = fault is null ? 200 : StatusCodes.Status422UnprocessableEntity,
        };
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, Database database, IClock clock, [AsParameters] CaseAddress address, [FromForm] AnswerForm? sent)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CaseStore(work).FindAsync(address.CustomerId, address.CaseId) is not { } row) return Faces.Missing();
        var form = sent ?? new AnswerForm();
        var text = form.Text?.Trim() ?? "";
        if (text.Length is 0 or > CaseDraft.TextLimit)
            return await PageAsync(work, address.CustomerId, address.CaseId, now, (form.Text, $"Write at least a sentence, at most {CaseDraft.TextLimit} characters."));
        var said = form.Press == "resolve"
            ? await CaseWork.ResolveAsync(work, row, text, now) ? "The case is resolved." : "The case was resolved before."
            : Said(await CaseWork.AnswerAsync(work, row, text, form.FormId is { Length: > 0 and < 100 } once ? once : Ids.New(now).ToString(), now));
        await work.CommitAsync();
        Flash.Say(http, said);
        return SeeOther.To($"/cases/{address.CustomerId}/{address.CaseId}");
    }

    private static string Said(ContactAnswer? answer) => answer switch
    {
        null => "There is no such customer any more.",
        { Verdict: VerdictKind.Refused } => "Not sent: " + string.Join(" ", answer.Reasons.Select(reason => reason.ToStaff())),
        { Channel: Channel.Phone } => "A call is on the list: that is how they want to be answered.",
        _ => "The answer is on its way.",
    };

    private static async Task<IResult> HandOverAsync(HttpContext http, Database database, Guid customerId, Guid caseId, [FromForm(Name = "owner_id")] Guid? ownerId)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        var isKnown = ownerId is { } to && (await StaffAsync(work)).ContainsKey(to);
        var isDone = isKnown && await new CaseStore(work).HandOverAsync(customerId, caseId, ownerId!.Value);
        await work.CommitAsync();
        Flash.Say(http, isDone ? "Handed over." : "Not handed over: the case is resolved, or nobody like that works here.", isDone ? Tone.Good : Tone.Warning);
        return SeeOther.To($"/cases/{customerId}/{caseId}");
    }

    private static async Task<IReadOnlyDictionary<Guid, string>> StaffAsync(UnitOfWork work) =>
        (await new StaffStore(work).ListAsync()).Where(member => member.DisabledAt is null).ToDictionary(member => member.StaffId, member => member.Name);

    private static DateTimeZone Zone(HttpContext http) => http.Features.Get<Viewer>()?.Zone ?? DateTimeZone.Utc;
}

/// <summary>Which case.</summary>
internal readonly record struct CaseAddress([FromRoute(Name = "customerId")] Guid CustomerId, [FromRoute(Name = "caseId")] Guid CaseId);

/// <summary>An answer or a resolution, as it was typed.</summary>
public sealed record AnswerForm
{
    public string? Text { get; init; }
    public string? Press { get; init; }

    [DataMember(Name = "form_id")]
    public string? FormId { get; init; }
}

/// <summary>How somebody wants to see the list of cases, as it stands in the address.</summary>
internal sealed record CasesAsked
{
    [FromQuery(Name = "all")] public bool? All { get; init; }
    [FromQuery(Name = "resolved")] public bool? Resolved { get; init; }
    [FromQuery(Name = "sort")] public string? Sort { get; init; }
    [FromQuery(Name = "dir")] public string? Dir { get; init; }
    [FromQuery(Name = "after")] public string? After { get; init; }

    public CaseQuery Query(Guid? mine) => new()
    {
        OwnerId = All == true ? null : mine,
        IsResolved = Resolved == true,
        IsByOpening = Sort == "opened",
        IsDescending = Dir == "desc",
        After = RowPlace.ByInstant(After?.Split('_')),
    };
}
