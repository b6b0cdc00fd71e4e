using System.Text.Json;
using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Ingestion;

/// <summary>Makes facts of events, in the caller's transaction: each event's facts know its id, so that none is ever made twice.</summary>
internal sealed class EventRecorder(UnitOfWork work, Instant now)
{
    private readonly PersonStore _persons = new(work, now);
    private readonly OrderEvents _orders = new(work, now);

    /// <summary>Records events and answers what became of each. Events of one person are taken in the order in which they happened.</summary>
    public async Task<IReadOnlyList<EventOutcome>> RecordAsync(IReadOnlyList<WaitingEvent> waiting)
    {
        var outcomes = new List<EventOutcome>(waiting.Count);
        var read = new List<(WaitingEvent Waiting, CustomerEvent Told)>(waiting.Count);
        foreach (var each in waiting)
        {
            using var json = JsonDocument.Parse(each.Body);
            var (told, fault) = CustomerEvent.Read(json.RootElement.Clone(), each.Type, each.MessageId, each.SentAt, each.ReceivedAt);
            if (told is null) outcomes.Add(EventOutcome.Bad(each, fault!));
            else read.Add((each, told));
        }
        await _persons.LoadAsync(read.Select(pair => pair.Told));
        var inOrder = read.OrderBy(pair => pair.Told.At).ToList();
        await _persons.IntroduceAsync(inOrder.Select(pair => (pair.Told, Sender(pair.Waiting.Source))));
        var touchpoints = new Dictionary<Guid, List<Touchpoint>>();
        foreach (var (each, told) in inOrder)
        {
            var by = Sender(each.Source);
            var customer = await _persons.FindAsync(told, by);
            outcomes.Add(customer is { } id ? await RecordAsync(id, told, each, by, touchpoints) : EventOutcome.Held(each));
        }
        await AppendAsync(touchpoints);
        if (_persons.Introduced.Count > 0) await new WaitingStore(work).ReleaseAsync(_persons.Introduced, now);
        return outcomes;
    }

    private async Task AppendAsync(Dictionary<Guid, List<Touchpoint>> touchpoints)
    {
        if (touchpoints.Count == 0) return;
        var timeline = new TimelineStore(work);
        var living = await _persons.LivingAsync(touchpoints.Keys);
        await timeline.AppendAsync([.. touchpoints.Where(pair => living.Contains(pair.Key)).SelectMany(pair => pair.Value.Select(met => (pair.Key, met)))], now);
        // Of the few that were merged the timeline itself finds the survivor.
        foreach (var (customerId, met) in touchpoints.Where(pair => !living.Contains(pair.Key))) await timeline.AppendAsync(customerId, met, now);
    }

    private async Task<EventOutcome> RecordAsync(Guid customerId, CustomerEvent told, WaitingEvent waiting, Actor by, Dictionary<Guid, List<Touchpoint>> touchpoints)
    {
        if (Consent.Refusal(told) is { } refusal) await RefuseAsync(customerId, refusal, told, waiting, by);
        if (Commerce.StepOf(told) is null && EventTouchpoint.Of(told, waiting.Source) is { } touchpoint)
        {
            if (!touchpoints.TryGetValue(customerId, out var met)) touchpoints[customerId] = met = [];
            met.Add(touchpoint);
            return EventOutcome.Done(waiting);
        }
        var current = await new CustomerStore(work).CurrentAsync(customerId) ?? throw new InvalidOperationException("An identity leads to no customer.");
        if (Commerce.StepOf(told) is { } step) return await _orders.RecordAsync(current, step, told, waiting);
        if (told.Type == EventType.Identify)
        {
            await new EventFactStore(work, by).KeepAsync(current, told, Traits.Facts(told), now);
        }
        else if (told.Type == EventType.Group)
        {
            await new EventFactStore(work, by).JoinAsync(await _persons.AccountAsync(told, by), current, now);
        }
        else
        {
            return await _persons.LinkAsync(current, told, by) ? EventOutcome.Done(waiting) : EventOutcome.Bad(waiting, "two_customers");
        }
        return EventOutcome.Done(waiting);
    }

    private Task<RecordedStatement?> RefuseAsync(Guid customerId, (Wish Wish, string Words, string SourceId) refusal, CustomerEvent told, WaitingEvent waiting, Actor by) =>
        new PreferenceStore(work).RecordAsync(
            new PreferenceStatement
            {
                StatementId = Ids.Of(told.At, waiting.Source, refusal.SourceId),
                CustomerId = customerId,
                SaidAt = told.At,
                Place = StatementPlace.Api,
                Words = refusal.Words,
                Basis = StatementBasis.Imported,
                Wish = refusal.Wish,
                RecordedBy = by.Reference,
                RecordedAt = now,
                Source = waiting.Source,
                SourceId = refusal.SourceId,
            },
            now);

    /// <summary>The key that sent an event, as the actor to whom its facts are put down.</summary>
    private static Actor Sender(string reference) =>
        Guid.TryParse(reference.Split(':')[^1], out var id) ? Actor.Key(id, "events", []) : Actor.System("events");
}
