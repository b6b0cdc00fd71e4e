using Regard.Storage;

namespace Regard.Outreach;

/// <summary>Tasks of staff for customers. Those that reach a customer were opened by the contact gate; this store never opens one.</summary>
internal sealed class TaskStore(UnitOfWork work)
{
    private const string Columns =
        """
        t.customer_id, t.task_id, t.decision_id, t.step, t.kind, t.purpose, t.title, t.about, t.assigned_to, t.due_at, t.latest_useful, t.minutes, t.state, t.outcome,
        t.outcome_note, t.attempts, t.finished_at, t.finished_by, t.created_at, c.name as customer_name, c.address_as, c.language, c.time_zone
        """;

    public Task<TaskRow?> FindAsync(Guid customerId, Guid taskId) => work.FirstAsync<TaskRow>(
        $"select {Columns} from care_task t join customer c on c.customer_id = t.customer_id where t.customer_id = @customerId and t.task_id = @taskId", new { customerId, taskId });

    /// <summary>Locks an open task for this transaction; null = it is not open any more.</summary>
    public Task<TaskRow?> TakeAsync(Guid customerId, Guid taskId) => work.FirstAsync<TaskRow>(
        $"select * from care_task where customer_id = @customerId and task_id = @taskId and state = 'open'{work.ForUpdate}", new { customerId, taskId });

    /// <summary>Open tasks, the first due first.</summary>
    public Task<List<TaskRow>> ListAsync(TaskQuery query, int take) => work.ListAsync<TaskRow>(
        $"""
        select {Columns} from care_task t join customer c on c.customer_id = t.customer_id
        where t.state = 'open'
        {(query.AssignedTo is null ? "" : query.WithUnassigned ? "and (t.assigned_to = @AssignedTo or t.assigned_to is null)" : "and t.assigned_to = @AssignedTo")}
        {(query.DueBefore is null ? "" : "and t.due_at < @DueBefore")}
        {(query.After is null ? "" : "and (t.due_at > @at or (t.due_at = @at and t.task_id > @id))")}
        order by t.due_at, t.task_id limit @take
        """,
        new { query.AssignedTo, query.DueBefore, at = query.After?.At ?? default, id = query.After?.Id ?? default, take });

    public Task<List<TaskRow>> OfCustomerAsync(Guid customerId) => work.ListAsync<TaskRow>(
        $"select {Columns} from care_task t join customer c on c.customer_id = t.customer_id where t.customer_id = @customerId order by t.due_at desc", new { customerId });

    public Task FinishAsync(TaskRow task, TaskOutcome outcome, string? note, string by, Instant now) => work.ExecuteAsync(
        """
        update care_task set state = 'done', outcome = @outcome, outcome_note = @note, finished_at = @now, finished_by = @by
        where customer_id = @CustomerId and task_id = @TaskId and state = 'open'
        """,
        new { task.CustomerId, task.TaskId, outcome = Words.Of(outcome), note, now, by });

    /// <summary>Leaves it open for another time.</summary>
    public Task PostponeAsync(TaskRow task, TaskOutcome outcome, string? note, Instant dueAt) => work.ExecuteAsync(
        """
        update care_task set due_at = @dueAt, outcome = @outcome, outcome_note = @note, attempts = attempts + @tried
        where customer_id = @CustomerId and task_id = @TaskId and state = 'open'
        """,
        new { task.CustomerId, task.TaskId, dueAt, outcome = Words.Of(outcome), note, tried = outcome == TaskOutcome.NotReached ? 1 : 0 });

    public Task AssignAsync(Guid customerId, Guid taskId, Guid? to) => work.ExecuteAsync(
        "update care_task set assigned_to = @to where customer_id = @customerId and task_id = @taskId and state = 'open'", new { customerId, taskId, to });
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
    public string? AddressAs { get; init; }
    public string? Language { get; init; }
    public string? TimeZone { get; init; }
}
