using Regard.Channels;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Messages on their way out: what is due, what became of it, and what nobody can send any more. <see cref="ClaimStore"/> takes them.</summary>
internal sealed class OutboxStore(UnitOfWork work)
{
    /// <summary>What an <see cref="OutboxRow"/> has but its secret.</summary>
    public const string Columns =
        """
        o.customer_id, o.outbox_id, o.decision_id, o.state, o.purpose, o.channel, o.address, o.not_before, o.latest_useful, o.subject, o.content, o.about, o.step,
        o.message_id, o.attempts, o.claimed_by, o.claimed_until, o.reserved_at, o.finished_at, o.explanation, o.created_at, o.address_key, o.provider_ref, o.delivery, o.read_at
        """;

    private static readonly Bulk<Finish> Finishes = new(
        "outbox", "customer_id, outbox_id",
        Column<Finish>.Id("customer_id", row => row.Row.CustomerId),
        Column<Finish>.Id("outbox_id", row => row.Row.OutboxId),
        Column<Finish>.Text("claimed_by", row => row.Worker),
        Column<Finish>.Text("state", row => row.After.State),
        Column<Finish>.Text("explanation", row => row.After.Explanation),
        Column<Finish>.At("not_before", row => row.After.RetryAt),
        Column<Finish>.At("finished_at", row => row.FinishedAt),
        Column<Finish>.Text("provider_ref", row => row.After.ProviderRef));

    /// <summary>Messages whose time has come, the longest waiting first.</summary>
    public Task<List<OutboxRow>> DueAsync(Instant now, int take) => work.ListAsync<OutboxRow>(
        $"select {Columns} from outbox o /* all customers: what is due */ where o.state = 'queued' and o.not_before <= @now and o.channel <> 'letter' order by o.not_before limit @take", new { now, take });

    /// <summary>Messages whose worker has not said what became of them in time.</summary>
    public Task<List<OutboxRow>> AbandonedAsync(Instant now, int take) => work.ListAsync<OutboxRow>(
        $"select {Columns} from outbox o /* all customers: whose worker went away */ where o.state = 'in_flight' and o.claimed_until < @now limit @take", new { now, take });

    /// <summary>Everything sent to a customer and everything that waits, the latest first.</summary>
    public Task<List<OutboxRow>> OfCustomerAsync(Guid customerId, int take) => work.ListAsync<OutboxRow>(
        $"select {Columns} from outbox o where o.customer_id = @customerId order by o.outbox_id desc limit @take", new { customerId, take });

    /// <summary>The messages that wait in a customer's portal, those that they have not read first.</summary>
    public Task<List<OutboxRow>> InPortalAsync(Guid customerId, int take) => work.ListAsync<OutboxRow>(
        $"select {Columns} from outbox o where o.customer_id = @customerId and o.channel = 'portal' and o.state = 'sent' order by case when o.read_at is null then 0 else 1 end, o.outbox_id desc limit @take",
        new { customerId, take });

    /// <summary>Notes that the customer has read a message in the portal; the first time stays. Answers false when there is none like that.</summary>
    public async Task<bool> ReadInPortalAsync(Guid customerId, Guid outboxId, Instant now) => await work.ExecuteAsync(
        "update outbox set read_at = coalesce(read_at, @now) where customer_id = @customerId and outbox_id = @outboxId and channel = 'portal' and state = 'sent'", new { customerId, outboxId, now }) == 1;

    /// <summary>Writes what became of messages, where they are still their worker's. Answers for each whether it was. The caller holds the customers' states.</summary>
    public async Task<bool[]> FinishAsync(IReadOnlyList<FinishedContact> finished, Instant now)
    {
        var isOurs = await Finishes.ChangeAsync(
            work, [.. finished.Select(one => new Finish(one.Row, one.Worker, one.After, one.After.RetryAt is null ? now : null))],
            """
            set state = told.state, explanation = told.explanation, not_before = coalesce(told.not_before, outbox.not_before), finished_at = told.finished_at,
              provider_ref = coalesce(told.provider_ref, outbox.provider_ref), delivery = case when told.provider_ref is null then outbox.delivery else coalesce(outbox.delivery, 'accepted') end,
              reserved_at = case when told.state = 'queued' then null else outbox.reserved_at end, secret = case when told.state = 'queued' then outbox.secret end,
              claimed_by = null, claimed_until = null
            """,
            "outbox.customer_id = told.customer_id and outbox.outbox_id = told.outbox_id and outbox.state = 'in_flight' and outbox.claimed_by = told.claimed_by");
        // What did not arrive does not count.
        foreach (var (one, _) in finished.Zip(isOurs).Where(one => one.Second && one.First.After.State is "queued" or "failed"))
            await new AddressStore(work).ReleaseAsync(one.Row.AddressKey, one.Row.OutboxId);
        return isOurs;
    }

    /// <summary>Whether the provider has spoken of a message whose answer to us was lost. The customer's state is held by the caller.</summary>
    public async Task<bool> WasTakenAsync(OutboxRow row) =>
        row.Channel is "sms" or "voice" && await work.ScalarAsync<long>("select count(*) from outbox where customer_id = @CustomerId and outbox_id = @OutboxId and delivery is not null", new { row.CustomerId, row.OutboxId }) > 0;

    /// <summary>Facts about the address that an attempt has shown: nobody is there, or texts do not arrive.</summary>
    public async Task NoteAddressAsync(OutboxRow row, SendResult result, Instant now)
    {
        if (result.IsAddressBad || result.IsTextless) AudienceMemberStore.Follow(work, row.CustomerId);
        var what = new { row.CustomerId, row.Address, kind = row.Channel == "email" ? "email" : "phone", now };
        if (result.IsAddressBad)
            await work.ExecuteAsync("update identity set undeliverable_since = coalesce(undeliverable_since, @now) where customer_id = @CustomerId and kind = @kind and value = @Address", what);
        if (result.IsTextless)
            await work.ExecuteAsync("update identity set text_failed_at = coalesce(text_failed_at, @now) where customer_id = @CustomerId and kind = @kind and value = @Address", what);
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

    private sealed record Finish(OutboxRow Row, string Worker, AfterSending After, Instant? FinishedAt);
}
