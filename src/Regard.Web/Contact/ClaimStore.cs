using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// Messages that a worker takes. They are claimed, decided again and counted towards every limit in one transaction that holds their
/// customers' states; they are handed over only while those states are held at the same versions. Several at once are of as many customers,
/// and each is decided by itself: what is common to them is the transaction.
/// </summary>
internal sealed class ClaimStore(UnitOfWork work)
{
    /// <summary>How long a claim holds. A hand-over that has not begun by then must not begin.</summary>
    public static readonly Duration ClaimLasts = Duration.FromSeconds(60);

    private const string Key = "outbox.customer_id = told.customer_id and outbox.outbox_id = told.outbox_id";

    private static readonly Bulk<Taken> Takes = new(
        "outbox", "customer_id, outbox_id",
        Column<Taken>.Id("customer_id", row => row.Contact.Row.CustomerId),
        Column<Taken>.Id("outbox_id", row => row.Contact.Row.OutboxId),
        Column<Taken>.Id("decision_id", row => row.Contact.Permit.DecisionId),
        Column<Taken>.Text("address", row => row.Contact.Permit.Address),
        Column<Taken>.Text("claimed_by", row => row.Contact.Worker),
        Column<Taken>.At("claimed_until", row => row.Contact.Permit.ExpiresAt),
        Column<Taken>.At("reserved_at", row => row.At),
        Column<Taken>.Text("address_key", row => row.Contact.Row.AddressKey));

    private static readonly Bulk<HeldBack> HoldsBack = new(
        "outbox", "customer_id, outbox_id",
        Column<HeldBack>.Id("customer_id", row => row.Row.CustomerId),
        Column<HeldBack>.Id("outbox_id", row => row.Row.OutboxId),
        Column<HeldBack>.Id("decision_id", row => row.Entry.DecisionId),
        Column<HeldBack>.Text("state", row => row.State),
        Column<HeldBack>.At("not_before", row => row.Until),
        Column<HeldBack>.Text("explanation", row => row.Why),
        Column<HeldBack>.At("finished_at", row => row.FinishedAt));

    /// <summary>
    /// Takes messages for this worker: decides each again, and counts it. Answers those that it may hand over. The others somebody else has,
    /// or is at their customers, or they may not be sent now; that is written then, with its reasons.
    /// </summary>
    /// <param name="due">Of each customer one.</param>
    /// <param name="worker">Who takes them.</param>
    /// <param name="now">The moment of the decisions.</param>
    public async Task<IReadOnlyList<ClaimedContact>> ClaimAsync(IReadOnlyList<OutboxRow> due, string worker, Instant now)
    {
        now = TypeHandlers.FromMicroseconds(TypeHandlers.Microseconds(now));
        var found = (await FindAsync(due, now)).Where(one => one.Row.State == "queued" && one.Row.NotBefore <= now).ToList();
        if (found.Count == 0) return [];
        var facts = await new HistoryStore(work).ReadAsync(
            [.. found.Select(one => new FactsQuestion(one.Row.CustomerId, one.State.Wishes) { Again = one.Row.OutboxId, Reserves = Words.Must<Channel>(one.Row.Channel) })], now);
        List<Taken> taken = [];
        List<HeldBack> held = [];
        List<ComposedEntry> entries = [];
        HashSet<string> counted = [];
        foreach (var (one, known) in found.Zip(facts))
        {
            var request = one.Asked.Request with { CustomerId = one.Row.CustomerId, Channels = [Words.Must<Channel>(one.Row.Channel)] };
            var verdict = known.Ask(request, now);
            // What another one of these counts at the same address was not there yet when this one's facts were read: it waits for the next time.
            var key = verdict.Kind == VerdictKind.Permitted ? known.AddressKeys.GetValueOrDefault(verdict.Channel!.Value) : null;
            if (key is not null && !counted.Add(key)) continue;
            var composed = LedgerStore.Compose(new LedgerPlace(one.State, one.Tail, DecisionStage.Claim), new AskedOf(request, known), verdict, now);
            entries.Add(composed);
            if (verdict.Kind != VerdictKind.Permitted) held.Add(HeldBack.Of(one.Row, composed.Entry, verdict, now));
            else
            {
                var row = one.Row with { Attempts = one.Row.Attempts + 1, AddressKey = key };
                taken.Add(new Taken(new ClaimedContact(row, verdict.ToPermit(composed.Entry.DecisionId, now + ClaimLasts), one.State.Version, worker), now));
            }
        }
        await new LedgerStore(work).AppendAsync(entries);
        await TakeAsync(taken);
        await HoldBackAsync(held, now);
        return [.. taken.Select(one => one.Contact)];
    }

    /// <summary>
    /// Which of these claimed messages may be handed over at this moment: the wishes stand as they did, the claim is this worker's, and its
    /// time is not over. Until this unit of work ends, no statement of their customers can take effect.
    /// </summary>
    /// <param name="claimed">The messages; of one customer there may be several.</param>
    /// <param name="now">The moment.</param>
    /// <returns>For each message whether it may be.</returns>
    public async Task<bool[]> HoldAsync(IReadOnlyList<ClaimedContact> claimed, Instant now)
    {
        var customers = claimed.Select(one => one.Row.CustomerId).Distinct().Order().ToList();
        foreach (var customer in customers) await work.TakeTurnAsync(customer);
        using var rows = await work.ManyAsync(
            work.Patience(customers.Count) +
            $"""
            select customer_id, version from contact_state where {work.InIds("customer_id", "@customers")} order by customer_id{work.ForShare};
            select outbox_id, state, claimed_by, claimed_until from outbox where {work.InIds("customer_id", "@customers")} and {work.InIds("outbox_id", "@ids")}
            """,
            new { customers = new IdList(customers), ids = new IdList(claimed.Select(one => one.Row.OutboxId)) });
        var versions = (await rows.ReadAsync<ContactStateStore.StateRow>()).ToDictionary(row => row.CustomerId, row => row.Version);
        var messages = (await rows.ReadAsync<OutboxRow>()).ToDictionary(row => row.OutboxId);
        return [.. claimed.Select(one => messages.GetValueOrDefault(one.Row.OutboxId) is { State: "in_flight" } row
            && versions.TryGetValue(one.Row.CustomerId, out var version) && version == one.StateVersion
            && now < one.Permit.ExpiresAt && row.ClaimedBy == one.Worker && row.ClaimedUntil > now)];
    }

    /// <summary>Gives a claimed message back unsent: its wishes changed, or its time was over. It will be decided again.</summary>
    public async Task ReturnAsync(ClaimedContact claimed)
    {
        var returned = await work.ExecuteAsync(
            """
            update outbox set state = 'queued', claimed_by = null, claimed_until = null, reserved_at = null, attempts = attempts - 1
            where customer_id = @CustomerId and outbox_id = @OutboxId and state = 'in_flight' and claimed_by = @Worker
            """,
            new { claimed.Row.CustomerId, claimed.Row.OutboxId, claimed.Worker });
        if (returned == 1) await new AddressStore(work).ReleaseAsync(claimed.Row.AddressKey, claimed.Row.OutboxId);
    }

    /// <summary>Messages with all that their claim rests on but the history: those whose customers nobody else is at.</summary>
    private async Task<List<Found>> FindAsync(IReadOnlyList<OutboxRow> due, Instant now)
    {
        var states = await LockAsync(due, now);
        if (states.Count == 0) return [];
        var ours = due.Where(row => states.ContainsKey(row.CustomerId)).ToList();
        using var rows = await work.ManyAsync(
            $"""
            select {OutboxStore.Columns}, o.secret, o.wording, c.language from outbox o join customer c on c.customer_id = o.customer_id
              where {work.InIds("o.customer_id", "@customers")} and {work.InIds("o.outbox_id", "@ids")};
            select d.decision_id, d.request from outbox o join contact_decision d on d.customer_id = o.customer_id and d.decision_id = o.decision_id
              where {work.InIds("o.customer_id", "@customers")} and {work.InIds("o.outbox_id", "@ids")};
            {LedgerStore.Tails(work)}
            """,
            new { customers = new IdList(ours.Select(row => row.CustomerId)), ids = new IdList(ours.Select(row => row.OutboxId)) });
        var messages = (await rows.ReadAsync<OutboxRow>()).OrderBy(row => row.CustomerId).ToList();
        var requests = (await rows.ReadAsync<RequestRow>()).ToDictionary(row => row.DecisionId, row => row.Request);
        var tails = (await rows.ReadAsync<LedgerTail>()).ToDictionary(row => row.CustomerId);
        return [.. from row in messages
                   select new Found(states[row.CustomerId], row, requests[row.DecisionId].Read<AskedOf>(), tails.GetValueOrDefault(row.CustomerId))];
    }

    // Nothing more is asked about messages whose customers somebody else is at. A profile that nothing was ever said about may have no state
    // yet: it is made.
    private async Task<Dictionary<Guid, ContactState>> LockAsync(IReadOnlyList<OutboxRow> due, Instant now)
    {
        using var rows = await work.ManyAsync(
            work.Patience(due.Count) +
            $"""
            select customer_id, version, wishes from contact_state where {work.InIds("customer_id", "@customers")} order by customer_id{work.SkipLocked};
            select distinct o.customer_id from outbox o where {work.InIds("o.customer_id", "@customers")} and {work.InIds("o.outbox_id", "@ids")}
              and not exists (select 1 from contact_state s where s.customer_id = o.customer_id) order by o.customer_id
            """,
            new { customers = new IdList(due.Select(row => row.CustomerId)), ids = new IdList(due.Select(row => row.OutboxId)) });
        var states = (await rows.ReadAsync<ContactStateStore.StateRow>()).ToDictionary(row => row.CustomerId, row => ContactStateStore.Read(row.CustomerId, row));
        var without = (await rows.ReadAsync<Guid>()).ToList();
        rows.Dispose();
        foreach (var customer in without)
            if (await new ContactStateStore(work).TryLockAsync(customer, now) is { } made)
                states[customer] = made;
        return states;
    }

    private async Task TakeAsync(List<Taken> taken)
    {
        await new AddressStore(work).ReserveAsync([.. from one in taken
                                                      where one.Contact.Row.AddressKey is not null
                                                      select new CountedContact
                                                      {
                                                          AddressKey = one.Contact.Row.AddressKey!,
                                                          ContactId = one.Contact.Row.OutboxId,
                                                          CustomerId = one.Contact.Row.CustomerId,
                                                          Purpose = one.Contact.Row.Purpose,
                                                          At = one.At,
                                                      }]);
        await Takes.ChangeAsync(
            work, taken,
            """
            set state = 'in_flight', decision_id = told.decision_id, address = told.address, claimed_by = told.claimed_by, claimed_until = told.claimed_until,
              reserved_at = told.reserved_at, address_key = told.address_key, attempts = attempts + 1
            """,
            Key);
    }

    // A wish that says no is the end of it; what was only never possible in time is for people to look at.
    private async Task HoldBackAsync(List<HeldBack> held, Instant now)
    {
        await HoldsBack.ChangeAsync(
            work, held,
            """
            set state = told.state, decision_id = told.decision_id, not_before = coalesce(told.not_before, outbox.not_before), explanation = told.explanation,
              finished_at = told.finished_at, secret = case when told.state = 'queued' then outbox.secret end
            """,
            Key);
        var news = new ContactNews(work);
        foreach (var one in held)
        {
            await news.DecidedAsync(ContactFact.Of(one.Row), one.Entry, one.Reasons, now);
            if (one.State != "expired") continue;
            await new OutboxStore(work).AskPeopleAsync(one.Row, "Not sent in time: " + one.Row.Subject, one.Why, now);
            await news.ExpiredAsync(ContactFact.Of(one.Row), now);
        }
    }

    private sealed record Found(ContactState State, OutboxRow Row, AskedOf Asked, LedgerTail? Tail);

    private sealed record Taken(ClaimedContact Contact, Instant At);

    private sealed record HeldBack(OutboxRow Row, LedgerEntry Entry, string State, Instant? Until, IReadOnlyList<Reason> Reasons, Instant? FinishedAt)
    {
        public string Why => Reasons[0].ToStaff();

        public static HeldBack Of(OutboxRow row, LedgerEntry entry, ContactVerdict verdict, Instant now)
        {
            var isLate = verdict.Kind == VerdictKind.Refused && verdict.Reasons.Any(reason => reason.Code == ReasonCode.TooLate);
            return new HeldBack(row, entry, verdict.Until is not null ? "queued" : isLate ? "expired" : "cancelled", verdict.Until, verdict.Reasons, verdict.Until is null ? now : null);
        }
    }

    private sealed record RequestRow
    {
        public Guid DecisionId { get; init; }
        public Json Request { get; init; }
    }
}
