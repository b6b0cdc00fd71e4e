using Regard.Customers;
using Regard.Storage;
using Regard.Texts;

namespace Regard.Contact;

/// <summary>
/// Where every contact is asked for. The decision, its entry in the ledger and what follows from it (a message in the outbox, a task for a
/// person) are one transaction; nothing else writes to the outbox.
/// </summary>
internal sealed class ContactDesk(UnitOfWork work)
{
    private readonly ContactStateStore _states = new(work);

    /// <summary>What the gate would answer now; nothing is reserved and nothing is written. Null = there is no such customer.</summary>
    public async Task<ContactAnswer?> PreviewAsync(ContactRequest request, Instant now)
    {
        if (await new CustomerStore(work).CurrentAsync(request.CustomerId) is not { } customerId) return null;
        var state = await _states.ReadAsync(customerId);
        var facts = await new HistoryStore(work).ReadAsync(customerId, state.Wishes, now);
        return ContactAnswer.Of(customerId, facts.Ask(request with { CustomerId = customerId }, now));
    }

    /// <summary>
    /// Asks for a contact. Permitted or deferred it is queued, as a message or as a task; in every case it is in the ledger. A step that
    /// is queued or was done for this customer is answered with what became of it. Null = there is no such customer.
    /// </summary>
    public async Task<ContactAnswer?> RequestAsync(ContactRequest request, ContactDraft draft, Instant now)
    {
        now = TypeHandlers.FromMicroseconds(TypeHandlers.Microseconds(now));
        if (await new CustomerStore(work).CurrentAsync(request.CustomerId) is not { } customerId) return null;
        request = request with { CustomerId = customerId };
        var state = await _states.LockAsync(customerId, now);
        if (await RepeatAsync(request) is { } earlier) return earlier;
        var facts = await new HistoryStore(work).ReadAsync(customerId, state.Wishes, now, reserves: request.Channels.Count == 0 || request.Channels.Contains(Channel.Phone) ? Channel.Phone : null);
        var verdict = facts.Ask(request, now);
        var entry = await new LedgerStore(work).AppendAsync(state, DecisionStage.Request, new AskedOf(request, facts), verdict, now);
        var answer = ContactAnswer.Of(customerId, verdict) with { DecisionId = entry.DecisionId };
        if (verdict.Channel is { } channel) answer = await QueueAsync(answer, new AskedOf(request, facts), (channel, verdict.Address!), draft, now);
        var told = new ContactFact { CustomerId = customerId, ContactId = answer.ContactId, Purpose = Words.Of(request.Purpose) };
        await new ContactNews(work).DecidedAsync(told, entry, verdict.Reasons, now);
        return answer;
    }

    private async Task<ContactAnswer> QueueAsync(ContactAnswer answer, AskedOf asked, (Channel Channel, string Address) way, ContactDraft draft, Instant now)
    {
        var (request, channel) = (asked.Request, way.Channel);
        var step = new QueuedStep
        {
            Id = Ids.New(now),
            Request = request,
            DecisionId = answer.DecisionId!.Value,
            Channel = channel,
            Address = way.Address,
            NotBefore = answer.NotBefore ?? now,
            Draft = draft,
            AddressKey = asked.Facts.AddressKeys.GetValueOrDefault(channel),
            NearDays = ContactGate.NearLimit(asked.Facts.Wishes, [.. asked.Facts.Contacts, new PastContact(answer.NotBefore ?? now, request.Purpose)]),
        };
        if (channel is Channel.Phone or Channel.Visit)
        {
            // A call is made by a person, at some moment: its place is taken from the moment at which it is somebody's task.
            if (step.AddressKey is { } key) await new AddressStore(work).ReserveAsync(new CountedContact { AddressKey = key, ContactId = step.Id, CustomerId = request.CustomerId, Purpose = Words.Of(request.Purpose), At = step.NotBefore });
            await new StepStore(work).OpenTaskAsync(step, now);
            return answer with { TaskId = step.Id };
        }
        await new StepStore(work).QueueAsync(step, now);
        return answer with { OutboxId = step.Id, TextParts = channel == Channel.Sms ? TextLength.Of(draft.For(channel)).Parts : null };
    }

    private async Task<ContactAnswer?> RepeatAsync(ContactRequest request)
    {
        if (await new StepStore(work).FindAsync(request.CustomerId, request.Step) is not { } step) return null;
        var isDead = step.State is "cancelled" or "expired" or "failed";
        return new ContactAnswer
        {
            CustomerId = request.CustomerId,
            Verdict = isDead ? VerdictKind.Refused : VerdictKind.Permitted,
            Channel = isDead ? null : Words.Must<Channel>(step.Channel),
            Reasons = [new Reason { Code = ReasonCode.AlreadyDecided }],
            DecisionId = step.DecisionId,
            OutboxId = step.IsTask ? null : step.Id,
            TaskId = step.IsTask ? step.Id : null,
            IsRepeat = true,
        };
    }
}
