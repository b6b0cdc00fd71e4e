using Regard.Storage;

namespace Regard.Contact;

/// <summary>Contacts that wait, when the customer's wishes change: what is no longer permitted is stopped in the same transaction.</summary>
internal sealed class WaitingStore(UnitOfWork work)
{
    /// <summary>Decides every waiting contact again under new wishes. Answers how many were stopped. The caller holds the state locked.</summary>
    public async Task<int> MeetAsync(ContactState state, Instant now)
    {
        now = TypeHandlers.FromMicroseconds(TypeHandlers.Microseconds(now));
        var waiting = await work.ListAsync<WaitingRow>(
            """
            select outbox_id as id, decision_id, channel, not_before, false as is_task from outbox where customer_id = @CustomerId and state = 'queued'
            union all
            select task_id, decision_id, case when kind = 'visit' then 'visit' else 'phone' end, due_at, true from care_task
            where customer_id = @CustomerId and state = 'open' and decision_id is not null
            """,
            new { state.CustomerId });
        var stopped = 0;
        foreach (var contact in waiting)
            if (await MeetAsync(state, contact, now) == VerdictKind.Refused)
                stopped++;
        return stopped;
    }

    private async Task<VerdictKind> MeetAsync(ContactState state, WaitingRow contact, Instant now)
    {
        var ledger = new LedgerStore(work);
        var asked = await ledger.AskedAsync(state.CustomerId, contact.DecisionId) ?? throw new InvalidOperationException("A waiting contact has no decision.");
        var request = asked.Request with { CustomerId = state.CustomerId, Channels = [Words.Must<Channel>(contact.Channel)] };
        var facts = await new HistoryStore(work).ReadAsync(state.CustomerId, state.Wishes, now, contact.Id);
        var verdict = facts.Ask(request, now);
        if (verdict.Kind == VerdictKind.Permitted || (verdict.Until is { } until && until <= contact.NotBefore)) return VerdictKind.Permitted;
        var entry = await ledger.AppendAsync(state, DecisionStage.Statement, new AskedOf(request, facts), verdict, now);
        if (verdict.Until is { } later) await MoveAsync(state.CustomerId, contact, later);
        else await StopAsync(state.CustomerId, contact, entry, verdict, now);
        return verdict.Kind;
    }

    private async Task MoveAsync(Guid customerId, WaitingRow contact, Instant until)
    {
        await work.ExecuteAsync(
            contact.IsTask
                ? "update care_task set due_at = @until where customer_id = @customerId and task_id = @Id"
                : "update outbox set not_before = @until where customer_id = @customerId and outbox_id = @Id",
            new { customerId, contact.Id, until });
        if (contact.IsTask) await new AddressStore(work).MoveCallAsync(customerId, contact.Id, until);
    }

    private async Task StopAsync(Guid customerId, WaitingRow contact, LedgerEntry entry, ContactVerdict verdict, Instant now)
    {
        await work.ExecuteAsync(
            contact.IsTask
                ? """
                  update care_task set state = 'cancelled', outcome_note = @why, finished_at = @now, finished_by = 'system:gate', decision_id = @DecisionId
                  where customer_id = @customerId and task_id = @Id
                  """
                : """
                  update outbox set state = 'cancelled', explanation = @why, finished_at = @now, decision_id = @DecisionId, secret = null
                  where customer_id = @customerId and outbox_id = @Id
                  """,
            new { customerId, contact.Id, entry.DecisionId, why = verdict.Reasons[0].ToStaff(), now });
        if (contact.IsTask) await new AddressStore(work).MoveCallAsync(customerId, contact.Id, null);
    }

    private sealed record WaitingRow
    {
        public Guid Id { get; init; }
        public Guid DecisionId { get; init; }
        public string Channel { get; init; } = "";
        public Instant NotBefore { get; init; }
        public bool IsTask { get; init; }
    }
}
