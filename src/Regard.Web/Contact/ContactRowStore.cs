using Regard.Storage;

namespace Regard.Contact;

/// <summary>What became of contacts, by their own id.</summary>
internal sealed class ContactRowStore(UnitOfWork work)
{
    /// <summary>A contact; null = there is none with this id, or it became neither a message nor a task.</summary>
    public async Task<ContactRow?> FindAsync(Guid contactId) =>
        await work.FirstAsync<ContactRow>(
            """
            select customer_id, outbox_id as contact_id, 'message' as kind, state, purpose, channel, about, step, not_before, latest_useful, attempts, finished_at, explanation, created_at, decision_id
            from outbox /* all customers: whoever asks knows the contact, not whose it is by now */ where outbox_id = @contactId
            """,
            new { contactId })
        ?? await work.FirstAsync<ContactRow>(
            """
            select customer_id, task_id as contact_id, 'task' as kind, state, outcome, purpose, case when kind = 'visit' then 'visit' else 'phone' end as channel, about, step, due_at as not_before,
              latest_useful, attempts, finished_at, outcome_note as explanation, created_at, decision_id
            from care_task /* all customers: whoever asks knows the contact, not whose it is by now */ where task_id = @contactId and decision_id is not null
            """,
            new { contactId });
}
