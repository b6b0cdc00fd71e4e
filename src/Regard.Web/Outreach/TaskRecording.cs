using Regard.Access;
using Regard.Contact;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Outreach;

/// <summary>Records what came of a task: the task, and the touchpoint on the customer's timeline, in one transaction.</summary>
internal static class TaskRecording
{
    /// <summary>Records. Null = the task is finished: nothing is written.</summary>
    public static async Task<AfterOutcome?> RecordAsync(UnitOfWork work, TaskReport report, Actor by, Instant now)
    {
        var store = new TaskStore(work);
        if (await store.TakeAsync(report.CustomerId, report.TaskId) is not { } task) return null;
        if (task.IsLate && report.Outcome == TaskOutcome.NoLongerNeeded)
        {
            await store.SeenAsync(task, report.Note, by.Reference);
            return new AfterOutcome(true, null, "It stays on the customer's timeline as not done in time.");
        }
        var after = AfterOutcome.Of(report.Outcome, task.Attempts, report.CallBackAt, task.LatestUseful, now);
        if (after.DueAt is { } due) await store.PostponeAsync(task, report.Outcome, report.Note, due);
        else await store.FinishAsync(task, report.Outcome, report.Note, by.Reference, now);
        await new AddressStore(work).MoveCallAsync(task.CustomerId, task.TaskId, report.Outcome == TaskOutcome.NoLongerNeeded ? null : after.DueAt ?? now);
        if (task.DecisionId is not null && report.Outcome != TaskOutcome.NoLongerNeeded)
        {
            if (after.IsDone && report.Outcome == TaskOutcome.NotReached) await new ContactNews(work).FailedAsync(TaskContact.Fact(task), "not_reached", now);
            else if (after.IsDone) await new ContactNews(work).DeliveredAsync(TaskContact.Fact(task), now);
            await new TimelineStore(work).AppendAsync(
                task.CustomerId,
                [
                    new Touchpoint
                    {
                        At = now, Department = Department.Service, Kind = task.Kind, Channel = task.Kind == "visit" ? "visit" : "phone", Direction = Direction.Out,
                        Summary = $"{task.Title}: {Words.Of(report.Outcome).Replace('_', ' ')}", Body = report.Note is null ? null : Json.Of(new { note = report.Note }).Text,
                        Source = "task", SourceId = $"{task.TaskId}:{task.Attempts}:{Words.Of(report.Outcome)}:{now.ToUnixTimeMilliseconds()}", StaffId = by.Kind == ActorKind.Staff ? by.Id : null,
                    },
                ],
                now);
        }
        return after;
    }
}

/// <summary>What somebody reports about a task.</summary>
/// <param name="CallBackAt">When the customer wants to be called; only for a call back.</param>
internal sealed record TaskReport(Guid CustomerId, Guid TaskId, TaskOutcome Outcome, string? Note, Instant? CallBackAt);
