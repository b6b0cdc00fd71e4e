using Regard.Storage;

namespace Regard.Customers;

/// <summary>Finds customers by the beginning of a name, address or number, and by names with small slips, with the same answer on every engine.</summary>
internal sealed class SearchStore(UnitOfWork work)
{
    /// <summary>No search shows more; whoever needs more needs a better query.</summary>
    public const int MaxHits = 200;

    private const int PerSource = 100;

    // Sorts after every text that begins with what stands before it, in byte order.
    private const string End = "\U0010FFFF";

    /// <summary>The hits from <paramref name="skip"/> on, best first; empty when nothing was typed.</summary>
    public async Task<IReadOnlyList<CustomerSummary>> FindAsync(string? text, int skip, int size)
    {
        if (SearchQuery.Read(text) is not { } query || skip >= MaxHits) return [];
        var candidates = await ByNumberAsync(query);
        if (query.IsName || (candidates.Count == 0 && query.Words.Count > 0)) candidates.AddRange(await new NameSearchStore(work).FindAsync(query.Words, Math.Min(MaxHits, skip + size)));
        var ranked = SearchRanking.Rank(query, candidates).Take(MaxHits).ToList();
        var living = (await SummariesAsync([.. ranked.Select(c => c.CustomerId)])).ToDictionary(c => c.CustomerId);
        // A word that both profiles had stays with the absorbed one: it leads to the survivor.
        var merged = new Dictionary<Guid, Guid>();
        foreach (var id in ranked.Select(c => c.CustomerId).Where(id => !living.ContainsKey(id)))
            if (await new CustomerStore(work).CurrentAsync(id) is { } survivor) merged[id] = survivor;
        foreach (var summary in await SummariesAsync([.. merged.Values.Where(id => !living.ContainsKey(id)).Distinct()])) living[summary.CustomerId] = summary;
        var hits = ranked.Select(c => (Id: merged.GetValueOrDefault(c.CustomerId, c.CustomerId), c.By)).DistinctBy(hit => hit.Id).Where(hit => living.ContainsKey(hit.Id));
        return [.. hits.Skip(skip).Take(size).Select(hit => living[hit.Id] with { FoundBy = hit.By })];
    }

    /// <summary>All customers by name, after one of them (null = from the first).</summary>
    public async Task<IReadOnlyList<CustomerSummary>> ListAsync(Guid? after, int size) => await work.ListAsync<CustomerSummary>(
        $"""
        {Columns} where c.merged_into is null {(after is null ? "" : "and (c.name, c.customer_id) > (select a.name, a.customer_id from customer a where a.customer_id = @after)")}
        order by c.name, c.customer_id limit @size
        """,
        new { after, size });

    private const string Columns =
        """
        select c.customer_id, c.kind, c.name, c.country, c.language, c.created_at, r.touchpoints, r.last_at as last_touchpoint_at,
          (select i.value from identity i where i.customer_id = c.customer_id and i.kind = 'email' order by i.recorded_at, i.identity_id limit 1) as email
        from customer c left join timeline_rollup r on r.customer_id = c.customer_id
        """;

    private async Task<IReadOnlyList<CustomerSummary>> SummariesAsync(IReadOnlyList<Guid> ids) => ids.Count == 0 ? [] : await work.ListAsync<CustomerSummary>(
        $"{Columns} where {work.InIds("c.customer_id", "@ids")} and c.merged_into is null", new { ids = new IdList(ids) });

    private async Task<List<SearchCandidate>> ByNumberAsync(SearchQuery query)
    {
        var email = query.MayBeEmail ? query.Text.ToLowerInvariant() : null;
        var term = query.Digits ?? query.Code?.ToLowerInvariant();
        var external = IdentityForm.Normal(IdentityKind.External, query.Text, null);
        using var rows = await work.ManyAsync(
            $"""
            select customer_id, value as found from identity where kind = 'email' and value >= @email and value < @emailEnd order by value, customer_id limit {PerSource};
            select customer_id, value as found from identity where kind = 'phone' and value >= @phone and value < @phoneEnd order by value, customer_id limit {PerSource};
            select customer_id, value as found from identity where kind = 'card' and value >= @card and value < @cardEnd order by value, customer_id limit {PerSource};
            select customer_id, value as found from identity where kind = 'external' and value >= @external and value < @externalEnd order by value, customer_id limit {PerSource};
            select customer_id, number as found from order_lookup where number >= @number and number < @numberEnd order by number, customer_id limit {PerSource};
            select customer_id, term as found from customer_term where term >= @term and term < @termEnd order by term, name_key, customer_id limit {PerSource};
            """,
            new
            {
                email,
                emailEnd = email + End,
                phone = query.International,
                phoneEnd = query.International + End,
                card = query.Code,
                cardEnd = query.Code + End,
                external,
                externalEnd = external + End,
                number = query.Code is null ? null : query.Text,
                numberEnd = query.Text + End,
                term,
                termEnd = term + End,
            });
        var found = new List<SearchCandidate>();
        var byTerm = query.Digits is null ? FoundBy.External : FoundBy.Phone;
        foreach (var by in new[] { FoundBy.Email, FoundBy.Phone, FoundBy.Card, FoundBy.External, FoundBy.Order, byTerm })
            found.AddRange((await rows.ReadAsync<Row>()).Select(r => new SearchCandidate(r.CustomerId, by, r.Found)));
        return found;
    }

    private sealed record Row
    {
        public Guid CustomerId { get; init; }

        public string Found { get; init; } = "";
    }
}
