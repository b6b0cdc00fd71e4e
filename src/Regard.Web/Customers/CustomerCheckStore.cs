using Regard.Storage;

namespace Regard.Customers;

/// <summary>The customers' part of <c>regard check</c>: rollups, look-ups and search words still follow from the facts.</summary>
internal static class CustomerCheckStore
{
    private const int Page = 2000;

    /// <summary>Timelines whose count, first or last moment differs from their touchpoints; an absorbed profile has none.</summary>
    public static async Task<IReadOnlyList<string>> TimelineAsync(UnitOfWork work) =>
    [
        .. (await work.ListAsync<Row>(
            """
            select c.customer_id as id, coalesce(r.touchpoints, 0) as kept, coalesce(t.touchpoints, 0) as counted
            from customer c
            left join (select customer_id, count(*) as touchpoints, min(at) as first_at, max(at) as last_at from touchpoint group by customer_id) t on t.customer_id = c.customer_id
            left join timeline_rollup r on r.customer_id = c.customer_id
            where (c.merged_into is null and (coalesce(r.touchpoints, 0) <> coalesce(t.touchpoints, 0) or r.first_at <> t.first_at or r.last_at <> t.last_at))
              or (c.merged_into is not null and r.customer_id is not null)
            limit 1000
            """)).Select(row => $"timeline_rollup of {row.Id}: {row.Kept} touchpoints kept, {row.Counted} counted, or another first or last moment"),
    ];

    /// <summary>Look-ups that lead to nobody or to somebody without that identity, and identities that lead nowhere.</summary>
    public static async Task<IReadOnlyList<string>> IdentitiesAsync(UnitOfWork work)
    {
        var wrong = await work.ListAsync<Row>(
            """
            select l.customer_id as id, l.kind as what from identity_lookup l
            where not exists (select 1 from identity i where i.customer_id = l.customer_id and i.kind = l.kind and i.value = l.value) limit 1000
            """);
        var lost = await work.ListAsync<Row>(
            """
            select i.customer_id as id, i.kind as what from identity i
            where not exists (select 1 from identity_lookup l where l.value = i.value and l.kind = i.kind) limit 1000
            """);
        return
        [
            .. wrong.Select(row => $"identity_lookup of {row.Id}: {row.What} leads here and is not recorded"),
            .. lost.Select(row => $"identity of {row.Id}: nobody is found by this {row.What}"),
        ];
    }

    /// <summary>Profiles that were merged into one that is not there.</summary>
    public static async Task<IReadOnlyList<string>> MergesAsync(UnitOfWork work) =>
    [
        .. (await work.ListAsync<Row>(
            """
            select c.customer_id as id from customer c left join customer s on s.customer_id = c.merged_into
            where c.merged_into is not null and (s.customer_id is null or s.customer_id = c.customer_id) limit 1000
            """)).Select(row => $"customer of {row.Id}: merged into a profile that is not there"),
    ];

    /// <summary>Customers who are not found by a word of their name, and words that are not found when misspelt.</summary>
    public static async Task<IReadOnlyList<string>> TermsAsync(UnitOfWork work)
    {
        var found = new List<string>();
        Guid? after = null;
        while (await PageAsync(work, after) is { Count: > 0 } page)
        {
            after = page[^1].CustomerId;
            var kept = (await work.ListAsync<Term>(
                $"select customer_id, term as word from customer_term where {work.InIds("customer_id", "@ids")}", new { ids = new IdList(page.Select(c => c.CustomerId)) }))
                .ToLookup(term => term.CustomerId, term => term.Word);
            var terms = page.ToDictionary(c => c.CustomerId, SearchTerm.Of);
            var known = (await work.ListAsync<string>(
                $"select variant from term_variant where variant = term and {work.InWords("variant", "@words")}",
                new { words = new WordList(terms.Values.SelectMany(t => t).Select(t => t.Term).Distinct()) })).ToHashSet(StringComparer.Ordinal);
            foreach (var (id, own) in terms)
            {
                if (own.Any(t => !kept[id].Contains(t.Term))) found.Add($"customer_term of {id}: a word of the name is missing");
                if (own.Any(t => t.IsWord && !known.Contains(t.Term))) found.Add($"term_variant: a word of {id} has no misspelt forms");
            }
        }
        return found;
    }

    private static async Task<IReadOnlyList<CustomerProfile>> PageAsync(UnitOfWork work, Guid? after) => await work.ListAsync<CustomerProfile>(
        $"select * from customer where merged_into is null and erased_at is null {(after is null ? "" : "and customer_id > @after")} order by customer_id limit {Page}", new { after });

    private sealed record Row
    {
        public Guid Id { get; init; }

        public long Kept { get; init; }

        public long Counted { get; init; }

        public string What { get; init; } = "";
    }

    private sealed record Term
    {
        public Guid CustomerId { get; init; }

        public string Word { get; init; } = "";
    }
}
