using Regard.Contact;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>Tasks of staff for customers. Those that reach a customer were opened by the contact gate; this store never opens one.</summary>
internal sealed class TaskStore(UnitOfWork work)
{
    /// <summary>Who ended a task that came too late, until somebody has seen that it did.</summary>
    public const string Expiry = "system:expiry";

    // Who did it in time and writes it down afterwards can still do so.
    private const string MayBeRecorded = "(state = 'open' or (state = 'expired' and finished_by = 'system:expiry'))";

    private const string Columns =
        """
        t.customer_id, t.task_id, t.decision_id, t.step, t.kind, t.purpose, t.title, t.about, t.assigned_to, t.due_at, t.latest_useful, t.minutes, t.state, t.outcome,
        t.outcome_note, t.attempts, t.finished_at, t.finished_by, t.created_at, c.name as customer_name, c.address_as, c.language, c.time_zone
        """;

    public Task<TaskRow?> FindAsync(Guid customerId, Guid taskId) => work.FirstAsync<TaskRow>(
        $"select {Columns} from care_task t join customer c on c.customer_id = t.customer_id where t.customer_id = @customerId and t.task_id = @taskId", new { customerId, taskId });

    /// <summary>Locks a task that is open, or came too late and was not seen, for this transaction; null = it is finished.</summary>
    public Task<TaskRow?> TakeAsync(Guid customerId, Guid taskId) => work.FirstAsync<TaskRow>(
        $"select * from care_task where customer_id = @customerId and task_id = @taskId and {MayBeRecorded}{work.ForUpdate}", new { customerId, taskId });

    /// <summary>Open tasks (or those that came too late and were not seen), the first due first.</summary>
    public Task<List<TaskRow>> ListAsync(TaskQuery query, int take) => work.ListAsync<TaskRow>(
        $"""
        select {Columns} from care_task t join customer c on c.customer_id = t.customer_id
        where {(query.IsLate ? "t.state = 'expired' and t.finished_by = @Expiry" : query.IsDone ? "t.state = 'done'" : "t.state = 'open'")}
        {(query.AssignedTo is null ? "" : query.WithUnassigned ? "and (t.assigned_to = @AssignedTo or t.assigned_to is null)" : "and t.assigned_to = @AssignedTo")}
        {(query.DueBefore is null ? "" : "and t.due_at < @DueBefore")}
        {(query.After is null ? "" : $"and (t.due_at {query.Beyond} @at or (t.due_at = @at and t.task_id > @id))")}
        order by t.due_at {(query.IsDescending ? "desc" : "asc")}, t.task_id limit @take
        """,
        new { query.AssignedTo, query.DueBefore, Expiry, at = query.After?.At ?? default, id = query.After?.Id ?? default, take });

    public Task<List<TaskRow>> OfCustomerAsync(Guid customerId) => work.ListAsync<TaskRow>(
        $"select {Columns} from care_task t join customer c on c.customer_id = t.customer_id where t.customer_id = @customerId order by t.due_at desc", new { customerId });

    public Task FinishAsync(TaskRow task, TaskOutcome outcome, string? note, string by, Instant now) => work.ExecuteAsync(
        $"""
        update care_task set state = 'done', outcome = @outcome, outcome_note = @note, finished_at = @now, finished_by = @by
        where customer_id = @CustomerId and task_id = @TaskId and {MayBeRecorded}
        """,
        new { task.CustomerId, task.TaskId, outcome = Words.Of(outcome), note, now, by });

    /// <summary>Open tasks whose latest useful moment has passed, the oldest first.</summary>
    public Task<List<TaskRow>> TooLateAsync(Instant now, int take) => work.ListAsync<TaskRow>(
        "select /* all customers: what nobody did in time */ customer_id, task_id, decision_id, purpose, title, kind from care_task where state = 'open' and latest_useful < @now order by latest_useful, task_id limit @take",
        new { now, take });

    /// <summary>Ends an open task because its latest useful moment has passed. False = somebody finished or moved it meanwhile.</summary>
    public async Task<bool> ExpireAsync(Guid customerId, Guid taskId, Instant now) => await work.ExecuteAsync(
        """
        update care_task set state = 'expired', finished_at = @now, finished_by = @Expiry
        where customer_id = @customerId and task_id = @taskId and state = 'open' and latest_useful < @now
        """,
        new { customerId, taskId, now, Expiry }) == 1;

    /// <summary>Somebody has seen that a task came too late: it leaves the list of the day.</summary>
    public Task SeenAsync(TaskRow task, string? note, string by) => work.ExecuteAsync(
        "update care_task set finished_by = @by, outcome_note = coalesce(@note, outcome_note) where customer_id = @CustomerId and task_id = @TaskId and state = 'expired' and finished_by = @Expiry",
        new { task.CustomerId, task.TaskId, note, by, Expiry });

    /// <summary>Leaves it open for another time. A call that the customer asked for is of use until the end of a day after that time, whatever it was of use for before.</summary>
    public Task PostponeAsync(TaskRow task, TaskOutcome outcome, string? note, Instant dueAt) => work.ExecuteAsync(
        $"""
        update care_task set state = 'open', finished_at = null, finished_by = null, due_at = @dueAt, latest_useful = @latest, outcome = @outcome, outcome_note = @note, attempts = attempts + @tried,
          near_days = case when state = 'expired' and decision_id is not null then {AudienceHistoryStore.Always} else near_days end
        where customer_id = @CustomerId and task_id = @TaskId and {MayBeRecorded}
        """,
        new
        {
            task.CustomerId,
            task.TaskId,
            dueAt,
            outcome = Words.Of(outcome),
            note,
            tried = outcome == TaskOutcome.NotReached ? 1 : 0,
            latest = outcome == TaskOutcome.CallBack ? Instant.Max(task.LatestUseful, dueAt + Duration.FromDays(1)) : task.LatestUseful,
        });

    /// <summary>Gives an open task to somebody; null = to whoever comes first. False = it is not open any more.</summary>
    public async Task<bool> AssignAsync(Guid customerId, Guid taskId, Guid? to) => await work.ExecuteAsync(
        "update care_task set assigned_to = @to where customer_id = @customerId and task_id = @taskId and state = 'open'", new { customerId, taskId, to }) == 1;
}

/// <summary>Which open tasks.</summary>
public sealed record TaskQuery
{
    /// <summary>Null = the whole team's.</summary>
    public Guid? AssignedTo { get; init; }

    /// <summary>With those that nobody has been given.</summary>
    public bool WithUnassigned { get; init; }
    public Instant? DueBefore { get; init; }
    public (Instant At, Guid Id)? After { get; init; }

    /// <summary>In place of the open ones: those that came too late, as long as nobody has seen that they did.</summary>
    public bool IsLate { get; init; }

    /// <summary>In place of the open ones: those that are done.</summary>
    public bool IsDone { get; init; }

    /// <summary>The latest due first.</summary>
    public bool IsDescending { get; init; }

    public string Beyond => IsDescending ? "<" : ">";
}

/// <summary>A task with what its doer must know about the customer.</summary>
public sealed record TaskRow
{
    public Guid CustomerId { get; init; }
    public Guid TaskId { get; init; }
    public Guid? DecisionId { get; init; }
    public string Step { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Purpose { get; init; } = "";
    public string Title { get; init; } = "";
    public string About { get; init; } = "";
    public Guid? AssignedTo { get; init; }
    public Instant DueAt { get; init; }
    public Instant LatestUseful { get; init; }
    public int Minutes { get; init; }
    public string State { get; init; } = "";
    public string? Outcome { get; init; }
    public string? OutcomeNote { get; init; }
    public int Attempts { get; init; }
    public Instant? FinishedAt { get; init; }
    public string? FinishedBy { get; init; }
    public Instant CreatedAt { get; init; }
    public string CustomerName { get; init; } = "";

    /// <summary>Whether it came too late and nobody has seen that yet.</summary>
    public bool IsLate => State == "expired" && FinishedBy == TaskStore.Expiry;
    public string? AddressAs { get; init; }
    public string? Language { get; init; }
    public string? TimeZone { get; init; }
}
