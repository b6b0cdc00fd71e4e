using Regard.Storage;

namespace Regard.Contact;

/// <summary>What became of the contacts that waited, when they were decided again.</summary>
/// <param name="Stopped">So many may not happen any more, in no way.</param>
/// <param name="Rerouted">So many calls became messages.</param>
internal readonly record struct WaitingMet(int Stopped, int Rerouted);

/// <summary>Contacts that wait, when the customer's wishes change or somebody takes one up: what is no longer permitted is stopped in the same transaction.</summary>
internal sealed class WaitingStore(UnitOfWork work)
{
    /// <summary>
    /// Decides waiting contacts again under the wishes as they are now. A call that may not be made becomes a message where one is permitted;
    /// what could only not happen in time is for people to look at. The caller holds the state locked.
    /// </summary>
    /// <param name="state">The customer's, locked.</param>
    /// <param name="now">The moment of the decision.</param>
    /// <param name="takenUp">The one contact that somebody is about to make; null = all, because the wishes changed.</param>
    public async Task<WaitingMet> MeetAsync(ContactState state, Instant now, Guid? takenUp = null)
    {
        now = TypeHandlers.FromMicroseconds(TypeHandlers.Microseconds(now));
        var waiting = await work.ListAsync<WaitingRow>(
            """
            select outbox_id as id, decision_id, channel, not_before, purpose, subject as title, about, false as is_task, state = 'printed' as is_printed from outbox
            where customer_id = @CustomerId and state in ('queued', 'printed')
            union all
            select task_id, decision_id, case when kind = 'visit' then 'visit' else 'phone' end, due_at, purpose, title, about, true, false from care_task
            where customer_id = @CustomerId and state = 'open' and decision_id is not null
            order by is_task desc
            """,
            new { state.CustomerId });
        var met = default(WaitingMet);
        foreach (var contact in waiting.Where(contact => takenUp is null || contact.Id == takenUp))
        {
            if (await MeetAsync(state, contact, takenUp is null ? DecisionStage.Statement : DecisionStage.Claim, now) is not { } became) continue;
            met = became ? met with { Rerouted = met.Rerouted + 1 } : met with { Stopped = met.Stopped + 1 };
        }
        return met;
    }

    /// <summary>Decides letters again that are printed and not posted yet, because the wishes changed without a statement. The caller holds the state locked.</summary>
    public async Task MeetPrintedAsync(ContactState state, Instant now)
    {
        foreach (var letter in await work.ListAsync<Guid>("select outbox_id from outbox where customer_id = @CustomerId and state = 'printed'", new { state.CustomerId })) await MeetAsync(state, now, letter);
    }

    // Null = it waits on; true = a message takes its place; false = it was stopped.
    private async Task<bool?> MeetAsync(ContactState state, WaitingRow contact, DecisionStage stage, Instant now)
    {
        var ledger = new LedgerStore(work);
        var asked = await ledger.AskedAsync(state.CustomerId, contact.DecisionId) ?? throw new InvalidOperationException("A waiting contact has no decision.");
        var request = asked.Request with { CustomerId = state.CustomerId, Channels = [Words.Must<Channel>(contact.Channel)] };
        var facts = await new HistoryStore(work).ReadAsync(state.CustomerId, state.Wishes, now, contact.Id);
        var verdict = facts.Ask(request, now);
        if (verdict.Kind == VerdictKind.Permitted || (verdict.Until is { } until && until <= contact.NotBefore)) return null;
        var entry = await ledger.AppendAsync(state, stage, new AskedOf(request, facts), verdict, now);
        var told = new ContactFact { CustomerId = state.CustomerId, ContactId = contact.Id, Purpose = contact.Purpose };
        await new ContactNews(work).DecidedAsync(told, entry, verdict.Reasons, now);
        if (contact.IsPrinted) await WithdrawAsync(state.CustomerId, contact, now);
        if (verdict.Until is { } later)
        {
            await MoveAsync(state.CustomerId, contact, later);
            return null;
        }
        var why = verdict.Reasons[0].ToStaff();
        var instead = contact.IsTask ? await new InPlaceStore(work).ReplaceAsync(state, new AskedOf(asked.Request, facts), (contact.Id, now), stage) : null;
        await StopAsync(state.CustomerId, contact, entry, instead is null ? why : why + " A message takes its place.", now);
        if (instead is not null) return true;
        await new InPlaceStore(work).StopAsync(state.CustomerId, contact.Id, why);
        if (verdict.Reasons.Any(reason => reason.Code == ReasonCode.TooLate))
        {
            var row = new OutboxRow { CustomerId = state.CustomerId, OutboxId = contact.Id, Purpose = contact.Purpose, About = contact.About };
            await new OutboxStore(work).AskPeopleAsync(row, "Not possible in time: " + contact.Title, why, now);
        }
        return false;
    }

    // Not posted yet: it is taken out of its batch, and nobody who was told no gets it.
    private async Task WithdrawAsync(Guid customerId, WaitingRow contact, Instant now)
    {
        await work.ExecuteAsync(
            """
            update letter set state = 'withdrawn', finished_at = @now, finished_by = 'system:gate' where customer_id = @customerId and outbox_id = @Id and state = 'printed';
            update outbox set state = 'queued', reserved_at = null, explanation = null where customer_id = @customerId and outbox_id = @Id
            """,
            new { customerId, contact.Id, now });
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

    private async Task StopAsync(Guid customerId, WaitingRow contact, LedgerEntry entry, string why, Instant now)
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
            new { customerId, contact.Id, entry.DecisionId, why, now });
        if (contact.IsTask) await new AddressStore(work).MoveCallAsync(customerId, contact.Id, null);
    }

    private sealed record WaitingRow
    {
        public Guid Id { get; init; }
        public Guid DecisionId { get; init; }
        public string Channel { get; init; } = "";
        public Instant NotBefore { get; init; }
        public string Purpose { get; init; } = "";
        public string Title { get; init; } = "";
        public string About { get; init; } = "";
        public bool IsTask { get; init; }

        /// <summary>A letter in a batch, not posted yet.</summary>
        public bool IsPrinted { get; init; }
    }
}
