using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Changes;

/// <summary>Changes in the API: register, read, withdraw, and what they mean for each customer.</summary>
internal static class ChangeApiEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var changes = routes.MapApi("changes");
        changes.MapGet("/", ListAsync).WithSummary("Changes, the latest day first").ForApi(Right.ChangesRead);
        changes.MapPost("/", RegisterAsync).WithSummary("Register a coming change").WithDescription("Prices in major units. The same source_id told twice is one change. Nobody is told of it yet: that is what plans are for.").ForApi(Right.ChangesWrite);
        changes.MapGet("/{id:guid}", OpenAsync).WithSummary("One change with its products").ForApi(Right.ChangesRead);
        changes.MapPost("/{id:guid}/withdraw", WithdrawAsync).WithSummary("Take a change back").WithDescription("Nobody is told any more; what still waits is cancelled. Doing it twice changes nothing.").ForApi(Right.ChangesWrite);
        changes.MapGet("/{id:guid}/impact", ImpactAsync).WithSummary("What a change means for each customer, the most affected first").WithDescription("As measured for one of its plans: the newest that is made, or the one named.").ForApi(Right.ChangesRead);
    }

    private static async Task<ApiPage<ChangeRow>> ListAsync(Database database, [AsParameters] PageQuery page, [Description("registered, planned or withdrawn; all when absent")] string? state, CancellationToken stop)
    {
        var wanted = Words.Read<ChangeState>(state);
        if (state is not null && wanted is null) throw ApiProblem.Malformed("There is no such state of a change.", ApiFault.In("state", "is registered, planned or withdrawn")).Refusal();
        await using var work = await database.ReadAsync(stop);
        var rows = await new ChangeStore(work).ListAsync(wanted, Place(page), page.Take);
        return ApiPage<ChangeRow>.Of(rows, page, row => [LocalDatePattern.Iso.Format(row.EffectiveOn), row.ChangeId.ToString()]);
    }

    private static Task<ApiAnswer<ChangeAnswer>> RegisterAsync(HttpContext http, ApiWriter api, IClock clock, ChangeInput input) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        var (draft, problems) = await ChangeIntake.ReadAsync(new ChangeProductStore(work), input, now);
        var faults = new Faults();
        foreach (var problem in problems) faults.When(true, "/" + problem.Field, problem.Text);
        faults.When(input.SourceId?.Length > 200, "/source_id", "has more than 200 letters");
        faults.Refuse();
        var (id, store) = (Ids.New(now), new ChangeStore(work));
        var registered = await store.RegisterAsync(draft.Accept(id), "api", string.IsNullOrWhiteSpace(input.SourceId) ? id.ToString() : input.SourceId, http.Actor(), now);
        var answer = await AnswerAsync(store, registered.Id);
        return registered.IsNew ? ApiAnswer<ChangeAnswer>.Created($"{ApiRoutes.Root}/changes/{id}", answer, answer.Version) : ApiAnswer<ChangeAnswer>.Ok(answer, answer.Version);
    });

    private static async Task<ApiAnswer<ChangeAnswer>> OpenAsync(Database database, Guid id, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var answer = await AnswerAsync(new ChangeStore(work), id);
        return ApiAnswer<ChangeAnswer>.Ok(answer, answer.Version);
    }

    private static Task<ApiAnswer<ChangeAnswer>> WithdrawAsync(HttpContext http, ApiWriter api, Guid id) => api.WriteAsync(http, async work =>
    {
        var store = new ChangeStore(work);
        await store.WithdrawAsync(id);
        var answer = await AnswerAsync(store, id);
        return ApiAnswer<ChangeAnswer>.Ok(answer, answer.Version);
    });

    private static async Task<ApiPage<ImpactExport>> ImpactAsync(Database database, Guid id, [AsParameters] PageQuery page, [AsParameters] ImpactOf asked, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        if (await new ChangeStore(work).RowAsync(id) is null) throw ApiProblem.Absent("change").Refusal();
        var plans = new PlanStore(work);
        var plan = asked.Plan is { } named ? await plans.RowAsync(named) : (await plans.ListAsync(id, null, 100)).Find(made => made.State != "making");
        if (plan is null || plan.ChangeId != id) throw ApiProblem.Absent("plan of this change").Refusal();
        if (plan.State == "making") throw ApiProblem.Conflict("The plan is still being made: ask for it until its state is draft.").Refusal();
        var query = asked.Query(page.Cursor(2));
        var rows = await new ImpactStore(work).PageAsync(plan.PlanId, query, page.Take);
        var keys = rows.ToDictionary(row => row.CustomerId, query.Key);
        return ApiPage<ImpactExport>.Of([.. rows.Select(ImpactExport.Of)], page, row => [keys[row.CustomerId], row.CustomerId.ToString()]);
    }

    private static async Task<ChangeAnswer> AnswerAsync(ChangeStore store, Guid id)
    {
        var row = await store.RowAsync(id) ?? throw ApiProblem.Absent("change").Refusal();
        var change = (await store.FindAsync(id))!;
        return new ChangeAnswer(
            id, change.Kind, row.Title, row.Reason, row.EffectiveOn, change.Currency == Change.AnyCurrency ? null : change.Currency, Words.Must<ChangeState>(row.State), change.Products, row.CreatedAt, row.CreatedBy, row.Version);
    }

    private static (LocalDate, Guid)? Place(PageQuery page) =>
        RowPlace.ByDay(page.Cursor(2));
}

/// <summary>A change as the API tells it; prices in minor units.</summary>
/// <param name="Currency">Of the prices; absent when no price changes.</param>
/// <param name="Version">Grows with every act on the change; the ETag.</param>
internal sealed record ChangeAnswer(
    Guid ChangeId, ChangeKind Kind, string Title, string Reason, LocalDate EffectiveOn, string? Currency, ChangeState State, IReadOnlyList<ProductChange> Products, Instant CreatedAt, string CreatedBy, long Version);

/// <summary>Which impact, in which order.</summary>
internal sealed record ImpactOf
{
    [FromQuery(Name = "plan_id"), Description("As measured for this plan; the newest one when absent.")]
    public Guid? Plan { get; init; }

    [FromQuery(Name = "sort"), Description("loss (when absent), extra, affected, spend or chance; the highest first.")]
    public string? Sort { get; init; }

    [FromQuery(Name = "show"), Description("personal, notice or held_back; everybody when absent.")]
    public string? Show { get; init; }

    public ImpactQuery Query(IReadOnlyList<string>? after) => new()
    {
        Sort = Known("sort", Sort, ["loss", "extra", "affected", "spend", "chance"]) ?? "loss",
        Show = Known("show", Show, ["personal", "notice", "held_back"]),
        After = after is [var value, var id] && Guid.TryParse(id, CultureInfo.InvariantCulture, out var customer) ? (value, customer) : null,
    };

    private static string? Known(string parameter, string? word, string[] words) =>
        word is null || words.Contains(word) ? word : throw ApiProblem.Malformed("A parameter has a value that is not known.", ApiFault.In(parameter, "is one of " + string.Join(", ", words))).Refusal();
}
