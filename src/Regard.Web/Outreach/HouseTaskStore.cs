using Regard.Storage;

namespace Regard.Outreach;

/// <summary>Work for a member of staff that is about no customer: the page on which it is done says the rest.</summary>
public sealed record HouseTask
{
    public Guid TaskId { get; init; }

    /// <summary>What gave it; the same work told again is the same task.</summary>
    public string Step { get; init; } = "";
    public string Title { get; init; } = "";
    public string Href { get; init; } = "";

    /// <summary>Null = whoever comes first.</summary>
    public Guid? AssignedTo { get; init; }
    public Instant DueAt { get; init; }
}

/// <summary>Tasks about no customer. Whoever gave one ends it: it has no outcome of its own.</summary>
internal sealed class HouseTaskStore(UnitOfWork work)
{
    /// <summary>Gives a task, or gives one anew that was given before: to whom and until when is said again.</summary>
    public Task GiveAsync(HouseTask task, Instant now) => work.ExecuteAsync(
        """
        insert into house_task (task_id, step, title, href, assigned_to, due_at, state, created_at) values (@TaskId, @Step, @Title, @Href, @AssignedTo, @DueAt, 'open', @now)
        on conflict (step) do update set title = excluded.title, href = excluded.href, assigned_to = excluded.assigned_to, due_at = excluded.due_at, state = 'open', finished_at = null
        """,
        new { task.TaskId, task.Step, task.Title, task.Href, task.AssignedTo, task.DueAt, now });

    /// <summary>Ends a task; one that has ended, or never was, stays as it is.</summary>
    public Task EndAsync(string step, Instant now) => work.ExecuteAsync("update house_task set state = 'done', finished_at = @now where step = @step and state = 'open'", new { step, now });

    /// <summary>What is open, the first due first.</summary>
    /// <param name="assignedTo">Of this member of staff and of nobody yet; null = of everybody.</param>
    public Task<List<HouseTask>> OpenAsync(Guid? assignedTo, int most) => work.ListAsync<HouseTask>(
        $"select task_id, step, title, href, assigned_to, due_at from house_task where state = 'open' {(assignedTo is null ? "" : "and (assigned_to = @assignedTo or assigned_to is null)")} order by due_at, task_id limit @most",
        new { assignedTo, most });
}
