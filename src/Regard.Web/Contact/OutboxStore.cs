using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// Messages on their way out. A message is claimed, decided again and counted towards every limit in one transaction that holds the
/// customer's state; it is handed over only while that state is held at the same version; then what became of it is written.
/// </summary>
internal sealed class OutboxStore(UnitOfWork work)
{
    /// <summary>How long a claim holds. A hand-over that has not begun by then must not begin.</summary>
    public static readonly Duration ClaimLasts = Duration.FromSeconds(60);

    private const string Columns =
        """
        o.customer_id, o.outbox_id, o.decision_id, o.state, o.purpose, o.channel, o.address, o.not_before, o.latest_useful, o.subject, o.content, o.about, o.step,
        o.message_id, o.attempts, o.claimed_by, o.claimed_until, o.reserved_at, o.finished_at, o.explanation, o.created_at, o.address_key
        """;

    private const string Take =
        """
        update outbox set state = 'in_flight', decision_id = @DecisionId, address = @Address, claimed_by = @worker, claimed_until = @until, reserved_at = @At, address_key = @key,
          attempts = attempts + 1 where customer_id = @CustomerId and outbox_id = @OutboxId
        """;

    /// <summary>Messages whose time has come, the longest waiting first.</summary>
    public Task<List<OutboxRow>> DueAsync(Instant now, int take) => work.ListAsync<OutboxRow>(
        $"select {Columns} from outbox o /* all customers: what is due */ where o.state = 'queued' and o.not_before <= @now order by o.not_before limit @take", new { now, take });

    /// <summary>Messages whose worker has not said what became of them in time.</summary>
    public Task<List<OutboxRow>> AbandonedAsync(Instant now, int take) => work.ListAsync<OutboxRow>(
        $"select {Columns} from outbox o /* all customers: whose worker went away */ where o.state = 'in_flight' and o.claimed_until < @now limit @take", new { now, take });

    /// <summary>Everything sent to a customer and everything that waits, the latest first.</summary>
    public Task<List<OutboxRow>> OfCustomerAsync(Guid customerId, int take) => work.ListAsync<OutboxRow>(
        $"select {Columns} from outbox o where o.customer_id = @customerId order by o.outbox_id desc limit @take", new { customerId, take });

    /// <summary>
    /// Takes a message for this worker: decides again, and counts it. Null = somebody else has it or is at this customer, or it may not be sent now; that is
    /// written then, with its reasons.
    /// </summary>
    public async Task<ClaimedContact?> ClaimAsync(OutboxRow due, string worker, Instant now)
    {
        now = TypeHandlers.FromMicroseconds(TypeHandlers.Microseconds(now));
        if (await ReadAsync(due, now) is not { Row.State: "queued" } found || found.Row.NotBefore > now) return null;
        var (row, state) = (found.Row, found.State);
        var request = found.Asked.Request with { CustomerId = row.CustomerId, Channels = [Words.Must<Channel>(row.Channel)] };
        var facts = await new HistoryStore(work).ReadAsync(row.CustomerId, state.Wishes, now, row.OutboxId, Words.Must<Channel>(row.Channel));
        var verdict = facts.Ask(request, now);
        var (entry, arguments) = LedgerStore.Compose(new LedgerPlace(state, found.Tail, DecisionStage.Claim), new AskedOf(request, facts), verdict, now);
        if (verdict.Kind != VerdictKind.Permitted)
        {
            await work.ExecuteAsync(LedgerStore.Insert, arguments);
            await HoldBackAsync(row, entry, verdict, now);
            await new ContactNews(work).DecidedAsync(ContactFact.Of(row), entry, verdict.Reasons, now);
            return null;
        }
        var until = now + ClaimLasts;
        var key = facts.AddressKeys.GetValueOrDefault(verdict.Channel!.Value);
        arguments.AddDynamicParams(new CountedContact { AddressKey = key ?? "", ContactId = row.OutboxId, CustomerId = row.CustomerId, Purpose = row.Purpose, At = now });
        arguments.AddDynamicParams(new { row.OutboxId, verdict.Address, worker, until, key });
        await work.ExecuteAsync(key is null ? $"{LedgerStore.Insert};\n{Take}" : $"{LedgerStore.Insert};\n{AddressStore.Reserve};\n{Take}", arguments);
        return new ClaimedContact(row with { Attempts = row.Attempts + 1, AddressKey = key }, verdict.ToPermit(entry.DecisionId, until), state.Version, worker);
    }

    /// <summary>
    /// Whether a claimed message may be handed over at this moment: the wishes stand as they did, the claim is this worker's, and its time
    /// is not over. Until this unit of work ends, no statement of the customer can take effect.
    /// </summary>
    public async Task<bool> HoldAsync(ClaimedContact claimed, Instant now)
    {
        await work.TakeTurnAsync(claimed.Row.CustomerId);
        using var rows = await work.ManyAsync(
            $"""
            select version from contact_state where customer_id = @CustomerId{work.ForShare};
            select state, claimed_by, claimed_until from outbox where customer_id = @CustomerId and outbox_id = @OutboxId
            """,
            new { claimed.Row.CustomerId, claimed.Row.OutboxId });
        var version = await rows.ReadFirstOrDefaultAsync<long?>();
        return await rows.ReadFirstOrDefaultAsync<OutboxRow>() is { State: "in_flight" } row
            && version == claimed.StateVersion && now < claimed.Permit.ExpiresAt && row.ClaimedBy == claimed.Worker && row.ClaimedUntil > now;
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

    /// <summary>Writes what became of a message, when it is still this worker's. Answers false when it is not.</summary>
    public async Task<bool> FinishAsync(OutboxRow row, string worker, AfterSending after, Instant now)
    {
        var isOurs = await work.ExecuteAsync(
            $"""
            {ContactStateStore.Select(work.ForUpdate)};
            update outbox set state = @State, explanation = @Explanation, not_before = coalesce(@RetryAt, not_before), finished_at = @finishedAt,
              reserved_at = case when @State = 'queued' then null else reserved_at end, secret = case when @State = 'queued' then secret end, claimed_by = null, claimed_until = null
            where customer_id = @CustomerId and outbox_id = @OutboxId and state = 'in_flight' and claimed_by = @worker
            """,
            new { row.CustomerId, row.OutboxId, worker, after.State, after.Explanation, after.RetryAt, finishedAt = after.RetryAt is null ? now : (Instant?)null }) == 1;
        // What did not arrive does not count.
        if (isOurs && after.State is ("queued" or "failed")) await new AddressStore(work).ReleaseAsync(row.AddressKey, row.OutboxId);
        return isOurs;
    }

    /// <summary>A fact about the address: the server says that nobody is there.</summary>
    public Task MarkUndeliverableAsync(Guid customerId, string address, Instant now)
    {
        AudienceMemberStore.Follow(work, customerId);
        return work.ExecuteAsync(
            "update identity set undeliverable_since = coalesce(undeliverable_since, @now) where customer_id = @customerId and kind = 'email' and value = @address",
            new { customerId, address, now });
    }

    /// <summary>What was not sent in time becomes work that people see, instead of vanishing. Answers how many there were.</summary>
    public async Task<int> ExpireAsync(Instant now)
    {
        var late = await work.ListAsync<OutboxRow>(
            $"select {Columns} from outbox o /* all customers: what came too late */ where o.state = 'queued' and o.latest_useful < @now limit 500", new { now });
        foreach (var row in late)
        {
            var why = row.Explanation ?? "No permitted moment came before it was useless.";
            var changed = await work.ExecuteAsync(
                "update outbox set state = 'expired', explanation = @why, finished_at = @now, secret = null where customer_id = @CustomerId and outbox_id = @OutboxId and state = 'queued'",
                new { row.CustomerId, row.OutboxId, why, now });
            if (changed == 0) continue;
            await AskPeopleAsync(row, "Not sent in time: " + row.Subject, why, now);
            await new ContactNews(work).ExpiredAsync(ContactFact.Of(row), now);
        }
        return late.Count;
    }

    /// <summary>Forgets secrets that are of no use any more, whatever became of their messages.</summary>
    public Task<int> ForgetSecretsAsync(Instant now) =>
        work.ExecuteAsync("update outbox /* all customers: what is of no use any more */ set secret = null where secret is not null and latest_useful < @now and state <> 'in_flight'", new { now });

    /// <summary>Opens internal work about a message that did not go its way.</summary>
    public Task AskPeopleAsync(OutboxRow row, string title, string note, Instant now) => work.ExecuteAsync(
        """
        insert into care_task (customer_id, task_id, step, kind, purpose, title, about, due_at, latest_useful, minutes, state, outcome_note, created_at)
        values (@CustomerId, @id, @step, 'internal', @Purpose, @title, @About, @now, @latest, 5, 'open', @note, @now) on conflict do nothing
        """,
        new { row.CustomerId, id = Ids.New(now), step = "outbox:" + row.OutboxId, row.Purpose, title, row.About, now, latest = now + Duration.FromDays(30), note });

    /// <summary>A message with all that its claim rests on but the history, in one round trip; null = somebody else is at this customer, or it is gone.</summary>
    private async Task<Found?> ReadAsync(OutboxRow due, Instant now)
    {
        using var rows = await work.ManyAsync(
            $"""
            {ContactStateStore.Select(work.SkipLocked)};
            select {Columns}, o.secret, o.wording, c.language from outbox o join customer c on c.customer_id = o.customer_id where o.customer_id = @CustomerId and o.outbox_id = @OutboxId;
            select d.request from outbox o join contact_decision d on d.customer_id = o.customer_id and d.decision_id = o.decision_id
              where o.customer_id = @CustomerId and o.outbox_id = @OutboxId;
            {LedgerStore.Tail}
            """,
            new { due.CustomerId, due.OutboxId });
        var state = await rows.ReadFirstOrDefaultAsync<ContactStateStore.StateRow>();
        var row = await rows.ReadFirstOrDefaultAsync<OutboxRow>();
        var request = await rows.ReadFirstOrDefaultAsync<Json?>();
        var tail = await rows.ReadFirstOrDefaultAsync<LedgerTail>();
        if (row is null || request is not { } asked) return null;
        if (state is not null) return new Found(ContactStateStore.Read(due.CustomerId, state), row, asked.Read<AskedOf>(), tail);
        rows.Dispose();
        // A profile that nothing was ever said about may have no state yet: it is made, and the message is found again.
        await new ContactStateStore(work).TryLockAsync(due.CustomerId, now);
        return null;
    }

    // A wish that says no is the end of it; what was only never possible in time is for people to look at.
    private async Task HoldBackAsync(OutboxRow row, LedgerEntry entry, ContactVerdict verdict, Instant now)
    {
        var why = verdict.Reasons[0].ToStaff();
        var isLate = verdict.Kind == VerdictKind.Refused && verdict.Reasons.Any(reason => reason.Code == ReasonCode.TooLate);
        await work.ExecuteAsync(
            """
            update outbox set state = @state, decision_id = @DecisionId, not_before = coalesce(@Until, not_before), explanation = @why, finished_at = @finishedAt,
              secret = case when @state = 'queued' then secret end
            where customer_id = @CustomerId and outbox_id = @OutboxId
            """,
            new
            {
                row.CustomerId,
                row.OutboxId,
                entry.DecisionId,
                verdict.Until,
                state = verdict.Until is not null ? "queued" : isLate ? "expired" : "cancelled",
                why,
                finishedAt = verdict.Until is null ? now : (Instant?)null,
            });
        if (!isLate) return;
        await AskPeopleAsync(row, "Not sent in time: " + row.Subject, why, now);
        await new ContactNews(work).ExpiredAsync(ContactFact.Of(row), now);
    }

    private sealed record Found(ContactState State, OutboxRow Row, AskedOf Asked, LedgerTail? Tail);
}
