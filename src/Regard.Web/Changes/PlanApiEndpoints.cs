using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Changes;

/// <summary>Care plans in the API: ask for one, look at it and its steps, start it.</summary>
internal static class PlanApiEndpoints
{
    private const int MostMinutes = 600_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var plans = routes.MapApi("plans");
        plans.MapGet("/", ListAsync).WithSummary("Plans, the newest first").ForApi(Right.ChangesRead);
        plans.MapPost("/", AskAsync).WithSummary("Ask for a plan").WithDescription("Everybody affected is measured beside the request: look at the plan until its state is draft. Nobody is told before it is started.").ForApi(Right.ChangesWrite);
        plans.MapGet("/{id:guid}", OpenAsync).WithSummary("One plan: what it comes to, and how far it is").ForApi(Right.ChangesRead);
        plans.MapGet("/{id:guid}/steps", StepsAsync).WithSummary("Who is told how, and what the contact gate said to it").ForApi(Right.ChangesRead);
        plans.MapPost("/{id:guid}/start", StartAsync).WithSummary("Carry the plan out").WithDescription("Each customer's own wishes are asked again at that moment. A plan is started once.").ForApi(Right.ChangesWrite);
    }

    private static async Task<ApiPage<PlanHead>> ListAsync(Database database, [AsParameters] PageQuery page, [FromQuery(Name = "change_id"), Description("Of this change; of all when absent.")] Guid? changeId, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var rows = await new PlanStore(work).ListAsync(changeId, page.Cursor(1) is [var word] && Guid.TryParse(word, CultureInfo.InvariantCulture, out var after) ? after : null, page.Take);
        return ApiPage<PlanHead>.Of([.. rows.Select(PlanHead.Of)], page, row => [row.PlanId.ToString()]);
    }

    private static Task<ApiAnswer<PlanAnswer>> AskAsync(HttpContext http, ApiWriter api, IClock clock, PlanAsked asked) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        var changes = new ChangeStore(work);
        var change = asked.ChangeId is { } id ? await changes.FindAsync(id) : null;
        var faults = new Faults();
        faults.When(asked.ChangeId is null, "/change_id", "is required");
        faults.When(asked.ChangeId is not null && change is null, "/change_id", "there is no such change");
        faults.When(asked.StaffMinutes is null or < 0 or > MostMinutes, "/staff_minutes", $"is required: the staff's minutes for personal contacts, 0 to {MostMinutes}");
        faults.When(asked.AsOf > now.InUtc().Date, "/as_of", "lies in the future");
        faults.Refuse();
        RequireAhead(change!.EffectiveOn, now);
        if ((await changes.RowAsync(change.Id))!.State == "withdrawn") throw ApiProblem.Conflict("The change was withdrawn: nobody is told of it.").Refusal();
        var plan = new NewPlan(Ids.New(now), change, new(asked.StaffMinutes!.Value, asked.AsOf ?? await HistoryStore.AsOfAsync(work, now.InUtc().Date)));
        await new PlanStore(work).BeginAsync(plan, http.Actor(), now, now);
        return ApiAnswer<PlanAnswer>.Created($"{ApiRoutes.Root}/plans/{plan.PlanId}", await AnswerAsync(work, plan.PlanId));
    });

    private static async Task<ApiAnswer<PlanAnswer>> OpenAsync(Database database, Guid id, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return ApiAnswer<PlanAnswer>.Ok(await AnswerAsync(work, id));
    }

    private static async Task<ApiPage<PlanStepRow>> StepsAsync(Database database, Guid id, [AsParameters] PageQuery page, [Description("planned, permitted, deferred, refused or merged; all when absent")] string? verdict, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        if (await new PlanStore(work).RowAsync(id) is null) throw ApiProblem.Absent("plan").Refusal();
        (Guid, string)? after = page.Cursor(2) is [var word, var step] && Guid.TryParse(word, CultureInfo.InvariantCulture, out var customer) ? (customer, step) : null;
        return ApiPage<PlanStepRow>.Of(await new PlanStepStore(work).PageAsync(id, verdict, after, page.Take), page, row => [row.CustomerId.ToString(), row.Step]);
    }

    private static Task<ApiAnswer<PlanAnswer>> StartAsync(HttpContext http, ApiWriter api, IClock clock, Guid id) => api.WriteAsync(http, async work =>
    {
        var (now, plans) = (clock.GetCurrentInstant(), new PlanStore(work));
        var plan = await plans.RowAsync(id) ?? throw ApiProblem.Absent("plan").Refusal();
        RequireAhead(plan.EffectiveOn, now);
        if (!await plans.StartAsync(id, now))
            throw ApiProblem.Conflict(plan.State == "making" ? "The plan is still being made: ask for it until its state is draft." : $"Nothing was started: the plan is {(plan.State == "draft" ? "of a change that was withdrawn, or for which another plan is under way" : plan.State + " already")}.").Refusal();
        return ApiAnswer<PlanAnswer>.Ok(await AnswerAsync(work, id));
    });

    private static void RequireAhead(LocalDate effectiveOn, Instant now)
    {
        if (effectiveOn <= now.InUtc().Date) throw ApiProblem.Conflict("The change already holds: nobody can be told before it any more.").Refusal();
    }

    private static async Task<PlanAnswer> AnswerAsync(UnitOfWork work, Guid id)
    {
        var plans = new PlanStore(work);
        var row = await plans.RowAsync(id) ?? throw ApiProblem.Absent("plan").Refusal();
        return new PlanAnswer(PlanHead.Of(row), row.Read(), await plans.CountsAsync(id));
    }
}

/// <summary>What a plan is asked for with.</summary>
internal sealed record PlanAsked
{
    public Guid? ChangeId { get; init; }

    /// <summary>The staff's minutes for personal contacts.</summary>
    public int? StaffMinutes { get; init; }

    /// <summary>The day from which the last twelve months are counted back; null = today, or where the records end.</summary>
    public LocalDate? AsOf { get; init; }
}

/// <summary>A plan in a list.</summary>
internal sealed record PlanHead(
    Guid PlanId, Guid ChangeId, string Title, LocalDate EffectiveOn, string State, int StaffMinutes, LocalDate AsOf, string Currency, Instant MadeAt, string MadeBy, Instant? StartedAt, string RuleVersion)
{
    public static PlanHead Of(PlanRow row) => new(
        row.PlanId, row.ChangeId, row.Title, row.EffectiveOn, row.State, row.StaffMinutes, row.AsOf, row.Currency, row.MadeAt, row.MadeBy, row.StartedAt, row.RuleVersion);
}

/// <summary>A plan: what it comes to, in minor units of its currency, and how many steps have which verdict.</summary>
internal sealed record PlanAnswer(PlanHead Plan, PlanSummary Summary, IReadOnlyList<PlanCount> Steps);
