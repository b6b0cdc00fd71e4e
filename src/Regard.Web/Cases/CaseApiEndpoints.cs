using NodaTime.Text;
using Regard.Access;
using Regard.Api;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Cases;

/// <summary>Cases in the API: list, open, answer, resolve, hand over.</summary>
internal static class CaseApiEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var cases = routes.MapApi("cases");
        cases.MapGet("/", ListAsync).WithSummary("Cases, the most pressing promise first").ForApi(Right.CasesWork);
        cases.MapPost("/", OpenAsync).WithSummary("Open a case").WithDescription("It needs an owner and a promised time from its first moment. The same source and source_id told twice is one case.").ForApi(Right.CasesWork);
        var one = cases.MapGroup("/{customerId:guid}/{caseId:guid}");
        one.MapGet("", ShowAsync).WithSummary("One case").ForApi(Right.CasesWork);
        one.MapPost("/answer", AnswerAsync).WithSummary("Answer the customer").WithDescription("It goes the way the customer wants to be reached: the contact gate decides, and its verdict is the answer. The same answer_id told twice is one answer.").ForApi(Right.CasesWork);
        one.MapPost("/resolve", ResolveAsync).WithSummary("End a case with what was done").ForApi(Right.CasesWork);
        one.MapPost("/hand-over", HandOverAsync).WithSummary("Give a case to another owner").ForApi(Right.CasesWork);
    }

    private static async Task<ApiPage<CaseRow>> ListAsync(Database database, [AsParameters] PageQuery page, [AsParameters] CasesSought sought, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return ApiPage<CaseRow>.Of(await new CaseStore(work).ListAsync(sought.Query(page), page.Take), page, row => [InstantPattern.ExtendedIso.Format(row.PromisedAt), row.CaseId.ToString()]);
    }

    private static Task<ApiAnswer<CaseRow>> OpenAsync(HttpContext http, ApiWriter api, IClock clock, ToldCase told) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        var draft = told.Draft();
        var faults = told.Check(draft.Problems(now));
        if (draft.OwnerId is { } owner) faults.When(!await WorksHereAsync(work, owner), "/owner_id", "nobody who works here has this id");
        var customer = told.CustomerId is { } meant ? await new CustomerStore(work).CurrentAsync(meant) : null;
        faults.When(told.CustomerId is not null && customer is null, "/customer_id", "there is no such customer");
        faults.Refuse();
        var row = new CaseRow
        {
            CustomerId = customer!.Value,
            CaseId = Ids.New(now),
            Subject = draft.Subject.Trim(),
            Description = draft.Description.Trim(),
            Channel = told.Channel ?? "other",
            OwnerId = draft.OwnerId!.Value,
            PromisedAt = draft.PromisedAt!.Value,
            OpenedAt = now,
            OpenedBy = http.Actor().Reference,
        };
        var origin = new CaseOrigin(told.Source!.Trim(), string.IsNullOrWhiteSpace(told.SourceId) ? row.CaseId.ToString() : told.SourceId.Trim());
        var isNew = await CaseWork.OpenAsync(work, row, origin, now);
        var kept = (await new CaseStore(work).BySourceAsync(row.CustomerId, origin))!;
        return isNew ? ApiAnswer<CaseRow>.Created($"{ApiRoutes.Root}/cases/{kept.CustomerId}/{kept.CaseId}", kept) : ApiAnswer<CaseRow>.Ok(kept);
    });

    private static async Task<ApiAnswer<CaseRow>> ShowAsync(Database database, [AsParameters] CaseAddress address, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return ApiAnswer<CaseRow>.Ok(await FindAsync(work, address));
    }

    private static Task<ApiAnswer<CaseReply>> AnswerAsync(HttpContext http, ApiWriter api, IClock clock, [AsParameters] CaseAddress address, ToldAnswer told) => api.WriteAsync(http, async work =>
    {
        var (now, row) = (clock.GetCurrentInstant(), await FindAsync(work, address));
        var faults = new Faults();
        faults.When(string.IsNullOrWhiteSpace(told.Text) || told.Text.Length > CaseDraft.TextLimit, "/text", $"is required, at most {CaseDraft.TextLimit} letters");
        faults.When(told.AnswerId?.Length > 100, "/answer_id", "has more than 100 letters");
        faults.Refuse();
        if (row.ResolvedAt is not null) throw Resolved();
        var answer = await CaseWork.AnswerAsync(work, row, told.Text!.Trim(), string.IsNullOrWhiteSpace(told.AnswerId) ? Ids.New(now).ToString() : told.AnswerId.Trim(), now) ?? throw ApiProblem.Absent("customer").Refusal();
        return ApiAnswer<CaseReply>.Ok(new CaseReply(answer.Verdict, answer.Channel, answer.NotBefore, [.. answer.Reasons.Select(reason => reason.ToStaff())], answer.DecisionId, answer.TaskId, await FindAsync(work, address)));
    });

    private static Task<ApiAnswer<CaseRow>> ResolveAsync(HttpContext http, ApiWriter api, IClock clock, [AsParameters] CaseAddress address, ToldResolution told) => api.WriteAsync(http, async work =>
    {
        var row = await FindAsync(work, address);
        var faults = new Faults();
        faults.When(string.IsNullOrWhiteSpace(told.Resolution) || told.Resolution.Length > CaseDraft.TextLimit, "/resolution", $"is required, at most {CaseDraft.TextLimit} letters");
        faults.Refuse();
        if (!await CaseWork.ResolveAsync(work, row, told.Resolution!.Trim(), clock.GetCurrentInstant())) throw Resolved();
        return ApiAnswer<CaseRow>.Ok(await FindAsync(work, address));
    });

    private static Task<ApiAnswer<CaseRow>> HandOverAsync(HttpContext http, ApiWriter api, [AsParameters] CaseAddress address, ToldOwner told) => api.WriteAsync(http, async work =>
    {
        var row = await FindAsync(work, address);
        var faults = new Faults();
        faults.When(told.OwnerId is not { } owner || !await WorksHereAsync(work, owner), "/owner_id", "is required: somebody who works here");
        faults.Refuse();
        if (!await new CaseStore(work).HandOverAsync(row.CustomerId, row.CaseId, told.OwnerId!.Value)) throw Resolved();
        return ApiAnswer<CaseRow>.Ok(await FindAsync(work, address));
    });

    private static async Task<CaseRow> FindAsync(UnitOfWork work, CaseAddress address) =>
        await new CustomerStore(work).CurrentAsync(address.CustomerId) is { } current && await new CaseStore(work).FindAsync(current, address.CaseId) is { } row ? row : throw ApiProblem.Absent("case").Refusal();

    private static async Task<bool> WorksHereAsync(UnitOfWork work, Guid staffId) => await new StaffStore(work).FindAsync(staffId) is { DisabledAt: null };

    private static ApiRefusal Resolved() => ApiProblem.Conflict("The case is resolved; nothing was changed.").Refusal();
}
