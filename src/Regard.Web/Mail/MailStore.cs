using Regard.Contact;
using Regard.Storage;

namespace Regard.Mail;

/// <summary>Mails that came in from customers and about mails to them. Each is kept once, as it came.</summary>
internal sealed class MailStore(UnitOfWork work)
{
    /// <summary>The message of ours with this id, whoever's it is now; null = there is none.</summary>
    public Task<AboutMessage?> MessageAsync(Guid outboxId) => work.FirstAsync<AboutMessage>(
        "select customer_id, outbox_id, purpose, about, address, subject from outbox /* all customers: whose message came back */ where outbox_id = @outboxId", new { outboxId });

    /// <summary>Keeps a mail. False = it was kept before.</summary>
    public async Task<bool> KeepAsync(ReceivedMailRow row) => await work.ExecuteAsync(
        """
        insert into received_mail (customer_id, mail_id, at, kind, sign, address, failure, reason, outbox_id, subject, words, raw, source, source_id)
        values (@CustomerId, @MailId, @At, @Kind, @Sign, @Address, @Failure, @Reason, @OutboxId, @Subject, @Words, @Raw, @Source, @SourceId)
        on conflict (customer_id, source, source_id) do nothing
        """,
        row) == 1;

    /// <summary>Notes to which case a mail belongs.</summary>
    public Task BelongsAsync(ReceivedMailRow row, Guid caseId) => work.ExecuteAsync(
        "update received_mail set case_id = @caseId where customer_id = @CustomerId and mail_id = @MailId", new { row.CustomerId, row.MailId, caseId });

    /// <summary>When mails to an address failed for the moment.</summary>
    public Task<List<Instant>> FailuresAsync(Guid customerId, string address, Instant since) => work.ListAsync<Instant>(
        "select at from received_mail where customer_id = @customerId and address = @address and kind = 'bounce' and failure = 'failed' and at > @since",
        new { customerId, address, since });

    /// <summary>Says on the message of ours what became of it after it was sent.</summary>
    public Task CameBackAsync(AboutMessage message, string explanation) => work.ExecuteAsync(
        "update outbox set explanation = @explanation where customer_id = @CustomerId and outbox_id = @OutboxId", new { message.CustomerId, message.OutboxId, explanation });

    /// <summary>A fact about an address: a mail there was reported as unwanted.</summary>
    public Task ObjectedAsync(Guid customerId, string address, Instant now)
    {
        AudienceMemberStore.Follow(work, customerId);
        return work.ExecuteAsync(
            "update identity set complained_at = coalesce(complained_at, @now) where customer_id = @customerId and kind = 'email' and value = @address", new { customerId, address, now });
    }

    /// <summary>A fact about an address: it does not work.</summary>
    public Task FailsAsync(Guid customerId, string address, Instant now)
    {
        AudienceMemberStore.Follow(work, customerId);
        return work.ExecuteAsync(
            "update identity set undeliverable_since = coalesce(undeliverable_since, @now) where customer_id = @customerId and kind = 'email' and value = @address", new { customerId, address, now });
    }

    /// <summary>Opens work for people about an address, unless the same is open already.</summary>
    public Task AskPeopleAsync(Guid customerId, string title, string step, Instant now) => work.ExecuteAsync(
        """
        insert into care_task (customer_id, task_id, step, kind, purpose, title, about, due_at, latest_useful, minutes, state, created_at)
        values (@customerId, @id, @step, 'internal', 'service', @title, 'mail', @now, @latest, 5, 'open', @now) on conflict do nothing
        """,
        new { customerId, id = Ids.New(now), step, title, now, latest = now + Duration.FromDays(30) });

    /// <summary>Of those who answer customers, the one with the fewest open cases; null = nobody works here.</summary>
    public Task<Guid?> LeastBusyAsync() => work.FirstAsync<Guid?>(
        """
        select s.staff_id from staff s left join (select owner_id, count(*) as cases from service_case /* all customers: who has time */ where resolved_at is null group by owner_id) c on c.owner_id = s.staff_id
        where s.disabled_at is null and s.role in ('agent', 'lead', 'manager', 'administrator')
        order by case s.role when 'agent' then 0 when 'lead' then 1 else 2 end, coalesce(c.cases, 0), s.staff_id limit 1
        """);

    /// <summary>The case that an earlier mail of the same conversation belongs to, when it is still open; null = none.</summary>
    public Task<Guid?> CaseOfAsync(Guid customerId, IReadOnlyList<string> messageIds) => work.FirstAsync<Guid?>(
        $"select case_id from service_case where customer_id = @customerId and resolved_at is null and source = 'mail' and {work.InWords("source_id", "@ids")} order by opened_at desc limit 1",
        new { customerId, ids = new WordList(messageIds) });
}

/// <summary>A message of ours that a mail is about.</summary>
internal sealed record AboutMessage
{
    public Guid CustomerId { get; init; }
    public Guid OutboxId { get; init; }
    public string Purpose { get; init; } = "";
    public string About { get; init; } = "";
    public string Address { get; init; } = "";
    public string Subject { get; init; } = "";
}

/// <summary>A row of <c>received_mail</c>.</summary>
internal sealed record ReceivedMailRow
{
    public Guid CustomerId { get; init; }
    public Guid MailId { get; init; }
    public Instant At { get; init; }
    public string Kind { get; init; } = "";
    public string Sign { get; init; } = "";
    public string? Address { get; init; }
    public string? Failure { get; init; }
    public string? Reason { get; init; }
    public Guid? OutboxId { get; init; }
    public string Subject { get; init; } = "";
    public string? Words { get; init; }
    public string Raw { get; init; } = "";
    public string Source { get; init; } = "mail";
    public string SourceId { get; init; } = "";
}
