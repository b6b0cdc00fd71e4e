using Regard.Storage;

namespace Regard.Customers;

/// <summary>Recomputes what is kept beside customers, their identities and their timeline, and finds what differs. It only reads.</summary>
internal static class CustomerCheckStore
{
    public static Task<IReadOnlyList<string>> TimelineAsync(UnitOfWork work) => FindAsync(work, "timeline_rollup", """
        select coalesce(r.customer_id, t.customer_id) as customer_id,
          coalesce(r.touchpoints, 0) || ' touchpoints kept, ' || coalesce(t.touchpoints, 0) || ' counted, or another first or last one' as text
        from timeline_rollup r
        full join (select customer_id, count(*) as touchpoints, min(at) as first_at, max(at) as last_at from touchpoint group by customer_id) as t
          on t.customer_id = r.customer_id
        where r.touchpoints is distinct from t.touchpoints or r.first_at is distinct from t.first_at or r.last_at is distinct from t.last_at
        """);

    public static Task<IReadOnlyList<string>> IdentitiesAsync(UnitOfWork work) => FindAsync(work, "identity_lookup", """
        select coalesce(i.customer_id, l.customer_id) as customer_id,
          case when i.customer_id is null then coalesce(l.kind, '') || ' leads here and is not recorded' else i.kind || ' is recorded and leads elsewhere or nowhere' end as text
        from identity i full join identity_lookup l on l.value = i.value and l.kind = i.kind
        where i.customer_id is distinct from l.customer_id
        """);

    public static Task<IReadOnlyList<string>> MergesAsync(UnitOfWork work) => FindAsync(work, "customer", """
        select c.customer_id, 'merged into a profile that is not there' as text
        from customer c left join customer s on s.customer_id = c.merged_into
        where c.merged_into is not null and (s.customer_id is null or s.customer_id = c.customer_id)
        """);

    private static async Task<IReadOnlyList<string>> FindAsync(UnitOfWork work, string table, string sql) =>
        [.. (await work.ListAsync<Difference>($"{sql} limit 1000")).Select(row => $"{table} of {row.CustomerId}: {row.Text}")];

    private sealed record Difference
    {
        public Guid CustomerId { get; init; }
        public string Text { get; init; } = "";
    }
}
