using Regard.Storage;

namespace Regard.Insight;

/// <summary>Silent leavers, and the contacts that were planned because of it.</summary>
internal sealed class LeavingStore(UnitOfWork work)
{
    private const string Care =
        """
        left join (
          select customer_id, max(last_at) as last_at, max(planned_at) as planned_at from leaving_care group by customer_id) k on k.customer_id = s.customer_id and k.last_at >= s.last_at
        left join leaving_care a on a.customer_id = s.customer_id and a.planned_at = k.planned_at
        """;

    /// <summary>At most so many leavers after the query's cursor.</summary>
    /// <param name="now">The clock of the silence: who becomes unusual later is not there yet.</param>
    public Task<List<LeavingRow>> PageAsync(LeavingQuery query, Instant now, int size)
    {
        var (value, id) = query.Cursor ?? default;
        var beyond = query.IsAscending ? ">" : "<";
        var place = query.SortName is "silence" or "since" ? "@moment" : "@value";
        return work.ListAsync<LeavingRow>(
            $"""
            /* all customers: who leaves without a word */
            select s.customer_id, c.name, s.first_at, s.last_at, s.purchases, s.currency, s.year_minor, s.usual_gap, s.unusual_at, s.model_id,
              a.planned_at as cared_at, a.verdict as care_verdict, a.channel as care_channel, a.task_id
            from loyalty_score s join customer c on c.customer_id = s.customer_id and c.erased_at is null and c.merged_into is null
            {Care}
            where s.unusual_at <= @now
            {(query.WithinDays is null ? "" : "and s.unusual_at > @since")}
            {(query.OfCurrency is null ? "" : "and s.currency = @currency")}
            {(query.IsCaredFor is not { } isCaredFor ? "" : isCaredFor ? "and k.customer_id is not null" : "and k.customer_id is null")}
            {(query.Cursor is null ? "" : $"and ({query.Column} {beyond} {place} or ({query.Column} = {place} and s.customer_id > @id))")}
            order by {query.Column} {(query.IsAscending ? "asc" : "desc")}, s.customer_id limit @size
            """,
            new { now, since = now - Duration.FromDays(query.WithinDays ?? 0), currency = query.OfCurrency, value, moment = TypeHandlers.FromMicroseconds(value), id, size });
    }

    /// <summary>What a customer bought most of in the year before a moment; null = nothing.</summary>
    public Task<string?> FavouriteAsync(Guid customerId, Instant before) => work.ScalarAsync<string>(
        """
        select p.name from product_month m join product p on p.product_id = m.product_id where m.customer_id = @customerId and m.month >= @from
        group by p.name having sum(m.orders) > 0 order by sum(m.orders) desc, sum(m.quantity) desc, p.name limit 1
        """,
        new { customerId, from = (before.InUtc().Year - 1) * 100 + before.InUtc().Month });

    /// <summary>How many leave without a word, and what a year of theirs is worth, by currency, the most first.</summary>
    public Task<List<LeavingSum>> SumsAsync(Instant now) => work.ListAsync<LeavingSum>(
        """
        /* all customers: how many leave without a word */
        select s.currency, count(*) as customers, cast(sum(s.year_minor) as bigint) as year_minor
        from loyalty_score s join customer c on c.customer_id = s.customer_id and c.erased_at is null and c.merged_into is null
        where s.unusual_at <= @now group by s.currency order by count(*) desc, s.currency
        """,
        new { now });

    /// <summary>A customer's latest planned contact since a purchase; null = there is none.</summary>
    public Task<CareRow?> CareAsync(Guid customerId, Instant lastAt) => work.FirstAsync<CareRow>(
        "select * from leaving_care where customer_id = @customerId and last_at >= @lastAt order by planned_at desc", new { customerId, lastAt });

    /// <summary>Keeps what the gate said to a contact. Asked again for the same silence, the newer answer stands.</summary>
    public Task KeepAsync(CareRow care) => work.ExecuteAsync(
        """
        insert into leaving_care (customer_id, care_id, last_at, year_minor, currency, verdict, channel, reason, decision_id, task_id, outbox_id, planned_at, planned_by)
        values (@CustomerId, @CareId, @LastAt, @YearMinor, @Currency, @Verdict, @Channel, @Reason, @DecisionId, @TaskId, @OutboxId, @PlannedAt, @PlannedBy)
        on conflict (customer_id, care_id) do update set verdict = excluded.verdict, channel = excluded.channel, reason = excluded.reason, decision_id = excluded.decision_id,
          task_id = excluded.task_id, outbox_id = excluded.outbox_id, planned_at = excluded.planned_at, planned_by = excluded.planned_by
        """,
        care);

    /// <summary>Contacts that were planned, the newest first, each with whether the customer has bought since.</summary>
    public Task<List<CaredRow>> CaredAsync((Instant At, Guid Id)? before, int size) => work.ListAsync<CaredRow>(
        $"""
        /* all customers: who was cared for, and whether they came back */
        select a.customer_id, a.care_id, c.name, a.last_at, a.year_minor, a.currency, a.verdict, a.channel, a.reason, a.planned_at, a.task_id, a.outbox_id,
          coalesce(t.state, o.state) as contact_state, t.outcome,
          (select min(n.at) from sales_order n where n.customer_id = a.customer_id and n.status = 'placed' and n.at > a.planned_at) as back_at
        from leaving_care a join customer c on c.customer_id = a.customer_id
        left join care_task t on t.customer_id = a.customer_id and t.task_id = a.task_id
        left join outbox o on o.customer_id = a.customer_id and o.outbox_id = a.outbox_id
        where c.erased_at is null {(before is null ? "" : "and (a.planned_at < @at or (a.planned_at = @at and a.care_id < @id))")}
        order by a.planned_at desc, a.care_id desc limit @size
        """,
        new { at = before?.At ?? default, id = before?.Id ?? default, size });
}

/// <summary>Silent leavers of one currency.</summary>
public sealed record LeavingSum
{
    public string Currency { get; init; } = "";
    public long Customers { get; init; }
    public long YearMinor { get; init; }
}

/// <summary>A contact that was planned because somebody fell silent.</summary>
public sealed record CareRow
{
    public Guid CustomerId { get; init; }
    public Guid CareId { get; init; }

    /// <summary>The purchase after which they fell silent.</summary>
    public Instant LastAt { get; init; }

    public long YearMinor { get; init; }
    public string Currency { get; init; } = "";
    public string Verdict { get; init; } = "";
    public string? Channel { get; init; }
    public string Reason { get; init; } = "";
    public Guid? DecisionId { get; init; }
    public Guid? TaskId { get; init; }
    public Guid? OutboxId { get; init; }
    public Instant PlannedAt { get; init; }
    public string PlannedBy { get; init; } = "";
}

/// <summary>A planned contact in its list.</summary>
public sealed record CaredRow
{
    public Guid CustomerId { get; init; }
    public Guid CareId { get; init; }
    public string Name { get; init; } = "";
    public Instant LastAt { get; init; }
    public long YearMinor { get; init; }
    public string Currency { get; init; } = "";
    public string Verdict { get; init; } = "";
    public string? Channel { get; init; }
    public string Reason { get; init; } = "";
    public Instant PlannedAt { get; init; }
    public Guid? TaskId { get; init; }
    public Guid? OutboxId { get; init; }

    /// <summary>What became of the message or task.</summary>
    public string? ContactState { get; init; }

    public string? Outcome { get; init; }

    /// <summary>The first purchase after the contact was planned; null = they have not come back (yet).</summary>
    public Instant? BackAt { get; init; }
}
