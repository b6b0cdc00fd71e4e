using Regard.Customers;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>A decided contact on its way into the outbox or onto somebody's list.</summary>
internal sealed record QueuedStep
{
    public required Guid Id { get; init; }
    public required ContactRequest Request { get; init; }
    public required Guid DecisionId { get; init; }
    public required Channel Channel { get; init; }
    public required string Address { get; init; }
    public required Instant NotBefore { get; init; }
    public required ContactDraft Draft { get; init; }

    /// <summary>Where it is counted besides the customer's own rows; null = nowhere.</summary>
    public string? AddressKey { get; init; }

    /// <summary>With it so many contacts came together that a limit over so many days may be reached; null = none.</summary>
    public int? NearDays { get; init; }
}

/// <summary>What stands under a step of a customer: a message or a task.</summary>
internal sealed record StandingStep
{
    public Guid Id { get; init; }
    public Guid? DecisionId { get; init; }
    public bool IsTask { get; init; }
    public string Channel { get; init; } = "";
    public string State { get; init; } = "";
}

/// <summary>The one contact of each (step, customer).</summary>
internal sealed class StepStore(UnitOfWork work)
{
    /// <summary>What stands under this step, the message before the task whose place it took; null = nothing. The caller holds the customer's state locked.</summary>
    public Task<StandingStep?> FindAsync(Guid customerId, string step) => work.FirstAsync<StandingStep>(
        """
        select outbox_id as id, decision_id, false as is_task, channel, state from outbox where customer_id = @customerId and step = @step
        union all
        select task_id, decision_id, true, case when kind = 'visit' then 'visit' else 'phone' end, state from care_task where customer_id = @customerId and step = @step
        order by is_task
        """,
        new { customerId, step });

    /// <summary>How many messages about things of one kind were queued since a moment, for example <c>consent:</c>.</summary>
    public Task<long> CountAboutAsync(Guid customerId, string kind, Instant since) => work.ScalarAsync<long>(
        "select count(*) from outbox where customer_id = @customerId and about like @like and created_at > @since", new { customerId, like = kind + "%", since });

    public Task QueueAsync(QueuedStep step, Instant now) => work.ExecuteAsync(
        """
        insert into outbox (customer_id, outbox_id, decision_id, step, state, purpose, channel, address, not_before, latest_useful, subject, content, secret, wording, about,
          message_id, near_days, created_at)
        values (@CustomerId, @Id, @DecisionId, @Step, 'queued', @purpose, @channel, @Address, @NotBefore, @LatestUseful, @Subject, @Text, @Secret, @Wording, @About, @messageId, @NearDays, @now)
        """,
        new
        {
            step.Request.CustomerId,
            step.Id,
            step.DecisionId,
            step.Request.Step,
            purpose = Words.Of(step.Request.Purpose),
            channel = Words.Of(step.Channel),
            step.Address,
            step.NotBefore,
            step.Request.LatestUseful,
            step.Draft.Subject,
            Text = step.Draft.For(step.Channel),
            step.Draft.Secret,
            step.Draft.Wording,
            step.Request.About,
            messageId = step.Id.ToString("n"),
            step.NearDays,
            now,
        });

    public Task OpenTaskAsync(QueuedStep step, Instant now) => work.ExecuteAsync(
        """
        insert into care_task (customer_id, task_id, decision_id, step, kind, purpose, title, subject, content, about, address_key, near_days, assigned_to, due_at, latest_useful, minutes, state, created_at)
        values (@CustomerId, @Id, @DecisionId, @Step, @kind, @purpose, @title, @Subject, @Text, @About, @AddressKey, @NearDays, @AssignedTo, @NotBefore, @LatestUseful, @Minutes, 'open', @now)
        """,
        new
        {
            step.Request.CustomerId,
            step.Id,
            step.DecisionId,
            step.Request.Step,
            kind = step.Channel == Channel.Visit ? "visit" : "call",
            purpose = Words.Of(step.Request.Purpose),
            title = step.Draft.TaskTitle ?? step.Draft.Subject,
            step.Draft.Subject,
            step.Draft.Text,
            step.Request.About,
            step.AddressKey,
            step.NearDays,
            step.Draft.AssignedTo,
            step.NotBefore,
            step.Request.LatestUseful,
            step.Draft.Minutes,
            now,
        });

    /// <summary>Takes back what still waits about something that will not happen. What is already on its way is not called back.</summary>
    public async Task CancelAsync(Guid customerId, string about, string explanation, Instant now)
    {
        var what = new { customerId, about, explanation, now };
        var messages = await work.ListAsync<ContactFact>(
            """
            update outbox set state = 'cancelled', finished_at = @now, explanation = @explanation, secret = null
            where customer_id = @customerId and about = @about and state = 'queued' returning customer_id, outbox_id as contact_id, purpose, channel
            """,
            what);
        var tasks = await work.ListAsync<CancelledTask>(
            """
            update care_task set state = 'cancelled', finished_at = @now, outcome_note = @explanation
            where customer_id = @customerId and about = @about and state = 'open' returning task_id, purpose, kind, decision_id, address_key
            """,
            what);
        foreach (var task in tasks.Where(task => task.AddressKey is not null)) await new AddressStore(work).MoveCallAsync(customerId, task.TaskId, null);
        // What a merge holds must not come back when the merge is undone.
        var held = new { customerId, about, explanation, like = MergedContactStore.HeldNote + "%" };
        await work.ExecuteAsync("update outbox set explanation = @explanation where customer_id = @customerId and about = @about and state = 'cancelled' and explanation like @like", held);
        await work.ExecuteAsync("update care_task set outcome_note = @explanation where customer_id = @customerId and about = @about and state = 'cancelled' and outcome_note like @like", held);
        // What staff only do among themselves was promised to nobody.
        var calls = tasks.Where(task => task.DecisionId is not null)
            .Select(task => new ContactFact { CustomerId = customerId, ContactId = task.TaskId, Purpose = task.Purpose, Channel = Words.Of(task.Kind == "visit" ? Channel.Visit : Channel.Phone) });
        foreach (var contact in messages.Concat(calls)) await new ContactNews(work).CancelledAsync(contact, now);
    }

    private sealed record CancelledTask
    {
        public Guid TaskId { get; init; }
        public string Purpose { get; init; } = "";
        public string Kind { get; init; } = "";
        public Guid? DecisionId { get; init; }
        public string? AddressKey { get; init; }
    }
}
