using Dapper;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Everybody, by class, for a preview: nothing is locked and nothing is written.</summary>
internal sealed class AudienceStore(UnitOfWork work)
{
    /// <summary>How many customers of a segment the classes have.</summary>
    public async Task<AudienceCounts> CountAsync(AudienceSegment segment)
    {
        AudienceCounts counts;
        if (segment.IsOfClasses) counts = await new AudienceCountStore(work).ReadAsync();
        else
        {
            counts = new AudienceCounts(AudienceKnown.Current);
            foreach (var row in await work.ListAsync<AudienceCountStore.CountRow>(
                $"select m.class_key, count(*) as customers from audience_member m /* all customers: whom a campaign would reach */ where {Among(segment)} group by m.class_key", Arguments(segment)))
                counts.Add(row.ClassKey, row.Customers);
            await new AudienceClassStore(work).LearnAsync(counts);
        }
        counts.Keep(segment);
        return counts;
    }

    /// <summary>How many customers of these classes last bought within so many days, by class.</summary>
    public async Task<Dictionary<Guid, long>> BoughtAsync(IEnumerable<Guid> classes, AudienceSegment segment, Duration within, Instant now)
    {
        var arguments = Arguments(segment);
        arguments.AddDynamicParams(new { classes = new IdList(classes), since = now - within, now });
        return (await work.ListAsync<AudienceCountStore.CountRow>(
            $"""
            select m.class_key, count(*) as customers from audience_member m /* all customers: whom a campaign would reach */
            where {work.InIds("m.class_key", "@classes")} and {Bought} and {Among(segment)} group by m.class_key
            """,
            arguments)).ToDictionary(row => row.ClassKey, row => row.Customers);
    }

    /// <summary>
    /// The history of those customers of a segment to whom the gate may answer otherwise than to the others of their class: so much reached
    /// them, or is promised to them, that a limit may be reached; and some who are named. Each of them has a row at least.
    /// </summary>
    /// <param name="named">Customers who are looked at whatever reached them.</param>
    /// <param name="since">How far the longest limit of anybody looks back.</param>
    /// <param name="now">The moment of the preview.</param>
    public async Task<List<HistoryRow>> HistoriesAsync(IEnumerable<Guid> named, AudienceSegment segment, Instant since, Instant now)
    {
        var arguments = Arguments(segment);
        arguments.AddDynamicParams(new { named = new IdList(named), since, now });
        var near = work.Engine == Engine.Postgres ? "cast(@now as timestamptz) - near_days * interval '24 hours'" : "@now - near_days * 86400000000";
        return await work.ListAsync<HistoryRow>(
            $"""
            with looked_at as materialized (
              select customer_id from outbox where near_days is not null and {Reached("")} and reserved_at > {near}
              union select customer_id from outbox where near_days is not null and state = 'queued'
              union select customer_id from care_task where near_days is not null and state = 'open'
              union select customer_id from care_task where near_days is not null and state = 'done' and finished_at > @since and finished_at > {near}
              union select customer_id from audience_member where {work.InIds("customer_id", "@named")})
            select m.customer_id, m.class_key, o.outbox_id as id, o.purpose, case when o.state = 'queued' then o.not_before else o.reserved_at end as at, o.state = 'queued' as is_promised
            from looked_at l join audience_member m on m.customer_id = l.customer_id left join outbox o on o.customer_id = l.customer_id and (o.state = 'queued' or ({Reached("o.")}))
            where {Among(segment)}
            union all
            select m.customer_id, m.class_key, t.task_id, t.purpose, case when t.state = 'open' then t.due_at else t.finished_at end, t.state = 'open'
            from looked_at l join audience_member m on m.customer_id = l.customer_id
            join care_task t on t.customer_id = l.customer_id and t.decision_id is not null and (t.state = 'open' or (t.state = 'done' and t.finished_at > @since))
            where {Among(segment)}
            """,
            arguments);
    }

    /// <summary>When each of these customers last bought something.</summary>
    public async Task<Dictionary<Guid, Instant>> LastPurchasesAsync(IEnumerable<Guid> customers) => (await work.ListAsync<PurchaseRow>(
        $"select customer_id, max(last_order_at) as at from order_rollup where {work.InIds("customer_id", "@ids")} and last_order_at is not null group by customer_id",
        new { ids = new IdList(customers) })).ToDictionary(row => row.CustomerId, row => row.At);

    /// <summary>Customers of a segment, in the order of their ids, of whom the gate answers alike.</summary>
    /// <param name="classes">Their classes, and what purchases decide beside them.</param>
    /// <param name="except">Who differs from the others of the class.</param>
    public async Task<List<AudienceName>> NamesAsync(AudienceSegment segment, IReadOnlyList<AudienceChoice> classes, IReadOnlyCollection<Guid> except, AudiencePlace place)
    {
        var arguments = Arguments(segment);
        arguments.AddDynamicParams(new { after = place.After ?? Guid.Empty, take = place.Take, except = new IdList(except), text = Like(place.Text), place.Now });
        var choices = new List<string>();
        foreach (var (choice, n) in classes.Select((choice, n) => (choice, n)))
        {
            arguments.Add($"classes{n}", new IdList(choice.Classes));
            arguments.Add($"since{n}", place.Now - choice.Within);
            var bought = Bought.Replace("@since", $"@since{n}", StringComparison.Ordinal).Replace("@now", "@Now", StringComparison.Ordinal);
            choices.Add($"({work.InIds("m.class_key", $"@classes{n}")}{(choice.HasBought is not { } has ? "" : has ? $" and {bought}" : $" and not ({bought})")})");
        }
        if (choices.Count == 0) return [];
        return await work.ListAsync<AudienceName>(
            $"""
            select m.customer_id, c.name from audience_member m /* all customers: who is behind a number */ join customer c on c.customer_id = m.customer_id
            where m.customer_id > @after and ({string.Join(" or ", choices)}) and {Among(segment)} {(place.Text is null ? "" : "and lower(c.name) like @text escape '!'")}
              {(except.Count == 0 ? "" : $"and not ({work.InIds("m.customer_id", "@except")})")}
            order by m.customer_id limit @take
            """,
            arguments);
    }

    /// <summary>The names of these customers, in the order of their ids.</summary>
    public Task<List<AudienceName>> NamesAsync(IEnumerable<Guid> customers, AudiencePlace place) => work.ListAsync<AudienceName>(
        $"""
        select customer_id, name from customer where {work.InIds("customer_id", "@ids")} and customer_id > @after {(place.Text is null ? "" : "and lower(name) like @text escape '!'")}
        order by customer_id limit @take
        """,
        new { ids = new IdList(customers), after = place.After ?? Guid.Empty, take = place.Take, text = Like(place.Text) });

    /// <summary>The next customers of whom the conditions about orders hold, in the order of their ids; <see cref="AudienceClassStore.MeantAsync"/> asks for the others.</summary>
    public Task<List<MemberRow>> NextAsync(AudienceSegment segment, Guid? after, int take)
    {
        var arguments = Arguments(segment);
        arguments.AddDynamicParams(new { after = after ?? Guid.Empty, take });
        return work.ListAsync<MemberRow>(
            $"select m.customer_id, m.class_key from audience_member m /* all customers: whom a campaign asks for */ where m.customer_id > @after and {Among(segment)} order by m.customer_id limit @take", arguments);
    }

    /// <summary>The same for all from one customer to another, both included.</summary>
    public Task<List<MemberRow>> StretchAsync(AudienceSegment segment, Guid first, Guid last)
    {
        var arguments = Arguments(segment);
        arguments.AddDynamicParams(new { first, last });
        return work.ListAsync<MemberRow>(
            $"select m.customer_id, m.class_key from audience_member m /* all customers: whom a campaign asks for */ where m.customer_id >= @first and m.customer_id <= @last and {Among(segment)} order by m.customer_id", arguments);
    }

    private const string Bought =
        "exists (select 1 from order_rollup o where o.customer_id = m.customer_id and o.last_order_at > @since) and not exists (select 1 from order_rollup o where o.customer_id = m.customer_id and o.last_order_at > @now)";

    private static string Reached(string of) => $"{of}{AudienceHistoryStore.Counted} and {of}reserved_at > @since";

    private static string? Like(string? text) =>
        text is null ? null : $"%{text.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";

    private static string Among(AudienceSegment segment)
    {
        var product =
            $"""
            exists (select 1 from product_month p join product d on d.product_id = p.product_id where p.customer_id = m.customer_id and p.orders > 0
            {(segment.Product is null ? "" : "and d.sku = @Product")} {(segment.Category is null ? "" : "and d.category = @Category")} {(segment.BoughtSince is null ? "" : "and p.month >= @month")})
            """;
        const string order = "exists (select 1 from order_rollup o where o.customer_id = m.customer_id and o.last_order_at is not null)";
        var all = new List<string> { "true" };
        if (segment.Product is not null || segment.Category is not null) all.Add(product);
        if (segment.OrderedSince is not null) all.Add("exists (select 1 from order_rollup o where o.customer_id = m.customer_id and o.last_order_at >= @orderedSince)");
        if (segment.SilentSince is not null) all.Add($"{order} and not exists (select 1 from order_rollup o where o.customer_id = m.customer_id and o.last_order_at >= @silentSince)");
        var needed = string.Join(" and ", [.. segment.NeedsProduct ? [product] : Array.Empty<string>(), .. segment.NeedsOrder ? [order] : Array.Empty<string>()]);
        if (needed.Length > 0) all.Add(segment.IsLacking ? $"not ({needed})" : needed);
        return string.Join(" and ", all);
    }

    private static DynamicParameters Arguments(AudienceSegment segment) => new(new
    {
        segment.Product,
        segment.Category,
        month = segment.BoughtSince is { } since ? since.Year * 100 + since.Month : 0,
        orderedSince = Start(segment.OrderedSince),
        silentSince = Start(segment.SilentSince),
    });

    private static Instant? Start(LocalDate? day) => day?.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();

    internal sealed record MemberRow
    {
        public Guid CustomerId { get; init; }
        public Guid ClassKey { get; init; }
    }

    /// <summary>A contact of somebody who is looked at; without any, one row without a contact.</summary>
    internal sealed record HistoryRow
    {
        public Guid CustomerId { get; init; }
        public Guid ClassKey { get; init; }
        public Guid? Id { get; init; }
        public string? Purpose { get; init; }
        public Instant? At { get; init; }
        public bool? IsPromised { get; init; }
    }

    private sealed record PurchaseRow
    {
        public Guid CustomerId { get; init; }
        public Instant At { get; init; }
    }
}

/// <summary>A customer by name.</summary>
public sealed record AudienceName
{
    public Guid CustomerId { get; init; }
    public string Name { get; init; } = "";
}

/// <summary>Some classes, and whether of their customers only those are meant who bought within a time (or who did not); null = all.</summary>
internal sealed record AudienceChoice(IReadOnlyList<Guid> Classes, bool? HasBought, Duration Within);

/// <summary>A part of a list of customers.</summary>
/// <param name="After">The last one seen; null = from the first.</param>
/// <param name="Text">A part of the name; null = whatever the name.</param>
internal sealed record AudiencePlace(Guid? After, int Take, string? Text, Instant Now);
