using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Access;
using Regard.Api;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>Tasks in the API: which wait, and what came of one.</summary>
internal static class TaskApiEndpoints
{
    private const int NoteLimit = 2000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var tasks = routes.MapApi("tasks");
        tasks.MapGet("/", ListAsync).WithSummary("Tasks that wait, the first due first").ForApi(Right.TasksWork);
        tasks.MapPost("/{customerId:guid}/{taskId:guid}/outcome", RecordAsync).WithSummary("Record what came of a task")
            .WithDescription("Not reached: once more on the next working day, then no more. A call back needs call_back_at.").ForApi(Right.TasksWork);
    }

    private static async Task<ApiPage<TaskRow>> ListAsync(Database database, IClock clock, [AsParameters] PageQuery page, [AsParameters] TasksAsked asked, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return ApiPage<TaskRow>.Of(
            await new TaskStore(work).ListAsync(asked.Query(page, clock.GetCurrentInstant()), page.Take), page, row => [InstantPattern.ExtendedIso.Format(row.DueAt), row.TaskId.ToString()]);
    }

    private static Task<ApiAnswer<TaskAnswer>> RecordAsync(HttpContext http, ApiWriter api, IClock clock, [AsParameters] TaskAddress address, ToldOutcome told) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        var store = new TaskStore(work);
        if (await new CustomerStore(work).CurrentAsync(address.CustomerId) is not { } current || await store.FindAsync(current, address.TaskId) is null) throw ApiProblem.Absent("task").Refusal();
        var faults = new Faults();
        faults.When(told.Outcome is null, "/outcome", "is required");
        faults.When(told.Outcome == TaskOutcome.CallBack && !(told.CallBackAt > now), "/call_back_at", "is required for a call back, and lies ahead");
        faults.When(told.Note?.Length > NoteLimit, "/note", $"has more than {NoteLimit} letters");
        faults.Refuse();
        var note = string.IsNullOrWhiteSpace(told.Note) ? null : told.Note.Trim();
        var after = await TaskRecording.RecordAsync(work, new TaskReport(current, address.TaskId, told.Outcome!.Value, note, told.CallBackAt), http.Actor(), now)
            ?? throw ApiProblem.Conflict("The task is finished already; nothing was changed.").Refusal();
        return ApiAnswer<TaskAnswer>.Ok(new TaskAnswer((await store.FindAsync(current, address.TaskId))!, after.Explanation));
    });
}

/// <summary>Which task.</summary>
internal readonly record struct TaskAddress([FromRoute(Name = "customerId")] Guid CustomerId, [FromRoute(Name = "taskId")] Guid TaskId);

/// <summary>Which tasks somebody wants to see.</summary>
internal sealed record TasksAsked
{
    [FromQuery(Name = "assigned_to"), Description("Of this member of staff; of everybody when absent.")]
    public Guid? AssignedTo { get; init; }

    [FromQuery(Name = "with_unassigned"), Description("true: with assigned_to, also those that nobody has been given.")]
    public bool? WithUnassigned { get; init; }

    [FromQuery(Name = "due"), Description("true: only those that are due now.")]
    public bool? IsDue { get; init; }

    [FromQuery(Name = "late"), Description("true: in place of the open ones those that came too late, as long as nobody has seen that.")]
    public bool? IsLate { get; init; }

    public TaskQuery Query(PageQuery page, Instant now) => new()
    {
        AssignedTo = AssignedTo,
        WithUnassigned = WithUnassigned == true,
        IsLate = IsLate == true,
        DueBefore = IsDue == true ? now : null,
        After = RowPlace.ByInstant(page.Cursor(2)),
    };
}

/// <summary>What came of a task, as another system tells it.</summary>
internal sealed record ToldOutcome
{
    public TaskOutcome? Outcome { get; init; }
    public string? Note { get; init; }

    /// <summary>When the customer wants to be called; only for a call back.</summary>
    public Instant? CallBackAt { get; init; }
}

/// <summary>A task after its outcome.</summary>
/// <param name="Explanation">What becomes of it, and why.</param>
internal sealed record TaskAnswer(TaskRow Task, string Explanation);
