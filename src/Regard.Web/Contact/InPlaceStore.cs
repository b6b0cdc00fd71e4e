using Regard.Storage;

namespace Regard.Contact;

/// <summary>The message that takes the place of a call or visit which may not be made any more; and the plan that wanted it follows.</summary>
internal sealed class InPlaceStore(UnitOfWork work)
{
    private static readonly Channel[] Written = [Channel.Email, Channel.Portal, Channel.Sms, Channel.Letter];

    /// <summary>
    /// Asks the gate for the step of a stopped task again, by the written channels among those it was asked for. Permitted or deferred, the
    /// message is queued under the same step, and a plainer one about the same thing that still waits is not sent as well.
    /// </summary>
    /// <param name="state">The customer's, locked.</param>
    /// <param name="asked">What was asked for at first, with the facts of this moment.</param>
    /// <param name="stopped">The task and the moment at which it was stopped.</param>
    /// <param name="stage">On which occasion it is asked again.</param>
    /// <returns>The channel that takes its place; null = none may, or the task has no text to send.</returns>
    public async Task<Channel?> ReplaceAsync(ContactState state, AskedOf asked, (Guid TaskId, Instant At) stopped, DecisionStage stage)
    {
        var (customerId, now) = (state.CustomerId, stopped.At);
        var task = await work.FirstAsync<TaskText>("select subject, content, near_days from care_task where customer_id = @customerId and task_id = @TaskId", new { customerId, stopped.TaskId });
        Channel[] channels = [.. (asked.Request.Channels.Count == 0 ? Written : asked.Request.Channels).Where(Written.Contains)];
        if (task?.Content is null || channels.Length == 0) return null;
        var request = asked.Request with { CustomerId = customerId, Channels = channels };
        var verdict = asked.Facts.Ask(request, now);
        if (verdict.Channel is not { } channel) return null;
        var entry = await new LedgerStore(work).AppendAsync(state, stage, new AskedOf(request, asked.Facts), verdict, now);
        var step = new QueuedStep
        {
            Id = Ids.New(now),
            Request = request,
            DecisionId = entry.DecisionId,
            Channel = channel,
            Address = verdict.Address!,
            NotBefore = verdict.Until ?? now,
            Draft = new ContactDraft { Subject = task.Subject ?? "", Text = task.Content },
            NearDays = task.NearDays,
        };
        await LeaveOutAsync(step, now);
        await new StepStore(work).QueueAsync(step, now);
        await new ContactNews(work).DecidedAsync(new ContactFact { CustomerId = customerId, ContactId = step.Id, Purpose = Words.Of(request.Purpose) }, entry, verdict.Reasons, now);
        await work.ExecuteAsync(
            """
            update plan_step set channel = @channel, verdict = @verdict, reason = @why, not_before = @NotBefore, decision_id = @DecisionId, task_id = null, outbox_id = @Id
            where customer_id = @customerId and task_id = @TaskId
            """,
            new { customerId, stopped.TaskId, step.Id, step.DecisionId, step.NotBefore, channel = Words.Of(channel), verdict = Words.Of(verdict.Kind), why = string.Join(" ", verdict.Reasons.Select(reason => reason.ToStaff()).Distinct()) });
        return channel;
    }

    /// <summary>A plan's step that was stopped for good says so.</summary>
    public Task StopAsync(Guid customerId, Guid contactId, string why) => work.ExecuteAsync(
        "update plan_step set channel = null, verdict = 'refused', reason = @why where customer_id = @customerId and (task_id = @contactId or outbox_id = @contactId)",
        new { customerId, contactId, why });

    private async Task LeaveOutAsync(QueuedStep step, Instant now)
    {
        const string why = "The personal message in place of the call says it.";
        var plainer = await work.ListAsync<ContactFact>(
            "select customer_id, outbox_id as contact_id, purpose, channel from outbox where customer_id = @CustomerId and about = @About and purpose = 'care' and state = 'queued'",
            new { step.Request.CustomerId, step.Request.About });
        foreach (var contact in plainer)
        {
            var what = new { step.Request.CustomerId, id = contact.ContactId, why, now };
            await work.ExecuteAsync("update outbox set state = 'cancelled', finished_at = @now, explanation = @why, secret = null where customer_id = @CustomerId and outbox_id = @id", what);
            await work.ExecuteAsync("update plan_step set verdict = 'merged', reason = @why where customer_id = @CustomerId and outbox_id = @id", what);
            await new ContactNews(work).CancelledAsync(contact, now);
        }
    }

    private sealed record TaskText
    {
        public string? Subject { get; init; }
        public string? Content { get; init; }
        public int? NearDays { get; init; }
    }
}
