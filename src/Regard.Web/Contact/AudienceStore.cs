using Regard.Storage;

namespace Regard.Contact;

/// <summary>What is known of a customer for a look at everybody.</summary>
internal sealed record AudienceRow
{
    public Guid CustomerId { get; init; }
    public string? TimeZone { get; init; }
    public string? Country { get; init; }
    public Json? Wishes { get; init; }
    public bool HasEmail { get; init; }
    public bool HasPhone { get; init; }
    public bool HadEmail { get; init; }
    public bool HadPhone { get; init; }
    public Instant? LastPurchaseAt { get; init; }
}

/// <summary>Everybody, one after the other, for a preview: nothing is locked and nothing is written.</summary>
internal sealed class AudienceStore(UnitOfWork work)
{
    /// <summary>Every living profile with what its wishes and addresses are.</summary>
    public IAsyncEnumerable<AudienceRow> AllAsync() => work.StreamAsync<AudienceRow>(
        """
        select c.customer_id, c.time_zone, c.country, s.wishes, coalesce(i.has_email, 0) > 0 as has_email, coalesce(i.has_phone, 0) > 0 as has_phone,
          coalesce(i.had_email, 0) > 0 as had_email, coalesce(i.had_phone, 0) > 0 as had_phone, o.last_purchase_at
        from customer c /* all customers: whom a campaign would reach */
        left join contact_state s on s.customer_id = c.customer_id
        left join (
          select customer_id, sum(case when kind = 'email' and undeliverable_since is null then 1 else 0 end) as has_email, sum(case when kind = 'phone' and undeliverable_since is null then 1 else 0 end) as has_phone,
            sum(case when kind = 'email' then 1 else 0 end) as had_email, sum(case when kind = 'phone' then 1 else 0 end) as had_phone
          from identity group by customer_id) i on i.customer_id = c.customer_id
        left join (select customer_id, max(last_order_at) as last_purchase_at from order_rollup group by customer_id) o on o.customer_id = c.customer_id
        where c.merged_into is null and c.erased_at is null
        """);

    /// <summary>What reached customers since a moment, or is promised to them, by customer.</summary>
    public async Task<ILookup<Guid, PastContact>> ContactsAsync(Instant since) => (await work.ListAsync<ContactRow>(
        """
        select customer_id, purpose, coalesce(reserved_at, not_before) as at from outbox /* all customers: whom a campaign would reach */
        where state = 'queued' or (state in ('in_flight', 'sent', 'ambiguous') and reserved_at > @since)
        union all
        select customer_id, purpose, coalesce(finished_at, due_at) from care_task /* all customers: whom a campaign would reach */
        where decision_id is not null and (state = 'open' or (state = 'done' and finished_at > @since))
        """,
        new { since })).ToLookup(row => row.CustomerId, row => new PastContact(row.At, Words.Must<Purpose>(row.Purpose)));

    private sealed record ContactRow
    {
        public Guid CustomerId { get; init; }
        public string Purpose { get; init; } = "";
        public Instant At { get; init; }
    }
}
