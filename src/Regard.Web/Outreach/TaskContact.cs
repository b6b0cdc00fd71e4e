using Regard.Contact;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>Asks the gate, at the moment somebody looks at a task, whether the customer may be reached like this now.</summary>
internal static class TaskContact
{
    /// <summary>The task as a contact that other systems are told of.</summary>
    public static ContactFact Fact(TaskRow task) => new() { CustomerId = task.CustomerId, ContactId = task.TaskId, Purpose = task.Purpose, Channel = task.Kind == "visit" ? "visit" : "phone" };

    public static async Task<DueTask> LookAsync(UnitOfWork work, TaskRow task, Instant now)
    {
        var wishes = await new PreferenceStore(work).WishesAsync(task.CustomerId);
        if (task.DecisionId is null) return new(task, true, null, "", wishes, null);
        var request = new ContactRequest
        {
            CustomerId = task.CustomerId,
            Purpose = Words.Must<Purpose>(task.Purpose),
            About = task.About,
            Step = task.Step,
            Channels = [task.Kind == "visit" ? Channel.Visit : Channel.Phone],
            LatestUseful = task.LatestUseful,
        };
        // The task itself is what waits: it is not counted against itself.
        var facts = await new HistoryStore(work).ReadAsync(task.CustomerId, wishes, now, task.TaskId);
        var verdict = facts.Ask(request, now);
        return new(task, verdict.Kind == VerdictKind.Permitted, verdict.Until, string.Join(" ", verdict.Reasons.Select(reason => reason.ToStaff()).Distinct()), wishes, verdict.Kind == VerdictKind.Permitted && verdict.Channel == Channel.Phone ? verdict.Address : null);
    }
}
