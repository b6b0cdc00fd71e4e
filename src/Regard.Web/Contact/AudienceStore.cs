using System.Runtime.InteropServices;
using Dapper;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Everybody, by class, for a preview: nothing is locked and nothing is written.</summary>
internal sealed class AudienceStore(UnitOfWork work)
{
    private const int Part = 20_000;

    /// <summary>Every class that customers of a segment may be in, each with how many of them there are.</summary>
    public async Task<IReadOnlyList<AudienceClass>> ClassesAsync(AudienceSegment segment)
    {
        var counts = await CountsAsync(segment);
        var (found, unknown) = (new List<AudienceClass>(counts.Count), new List<string>());
        foreach (var (key, customers) in counts)
        {
            if (customers <= 0) continue;
            if (AudienceKnown.Find(key) is not { } facts) unknown.Add(key);
            else if (segment.Has(facts)) found.Add(new AudienceClass(key, facts, customers));
        }
        // They may be more than are kept: what was read here is used here.
        foreach (var (key, facts) in await LearnAsync(unknown))
            if (segment.Has(facts)) found.Add(new AudienceClass(key, facts, counts[key]));
        return found;
    }

    // Parts of a class are added here: the engine would sort all rows, or hash them, to do so.
    private async Task<Dictionary<string, long>> CountsAsync(AudienceSegment segment)
    {
        await using var rows = segment.IsOfClasses
            ? await work.Connection.ExecuteReaderAsync(new CommandDefinition("select class_key, customers from audience_count", null, work.Transaction, cancellationToken: work.Stop))
            : await work.Connection.ExecuteReaderAsync(new CommandDefinition(
                $"select m.class_key, count(*) as customers from audience_member m /* all customers: whom a campaign would reach */ where {Among(segment)} group by m.class_key",
                Arguments(segment), work.Transaction, cancellationToken: work.Stop));
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(work.Stop)) CollectionsMarshal.GetValueRefOrAddDefault(counts, rows.GetString(0), out _) += rows.GetInt64(1);
        return counts;
    }

    private async Task<List<KeyValuePair<string, AudienceFacts>>> LearnAsync(List<string> keys)
    {
        var learnt = new List<KeyValuePair<string, AudienceFacts>>(keys.Count);
        foreach (var part in keys.Chunk(Part))
        {
            var rows = await work.ListAsync<ClassRow>(
                $"select class_key, wishes_key, time_zone, country, language, email, phone, text, postal from audience_class where {work.InWords("class_key", "@part")}", new { part = new WordList(part) });
            var wishes = rows.Select(row => row.WishesKey).Distinct(StringComparer.Ordinal).ToDictionary(key => key, AudienceKnown.FindWishes, StringComparer.Ordinal);
            var missing = wishes.Where(one => one.Value is null).Select(one => one.Key).ToList();
            var read = (missing.Count == 0 ? [] : await work.ListAsync<WishesRow>($"select wishes_key, wishes from audience_wishes where {work.InWords("wishes_key", "@missing")}", new { missing = new WordList(missing) }))
                .AsParallel().Select(row => KeyValuePair.Create(row.WishesKey, row.Wishes.Read<Wishes>())).ToList();
            foreach (var (key, said) in read) wishes[key] = said;
            var facts = rows.ConvertAll(row => KeyValuePair.Create(row.ClassKey, row.Facts(wishes[row.WishesKey]!)));
            AudienceKnown.Keep(facts, read);
            learnt.AddRange(facts);
        }
        return learnt;
    }

    /// <summary>How many customers of these classes last bought within so many days, by class.</summary>
    public async Task<Dictionary<string, long>> BoughtAsync(IEnumerable<string> classes, AudienceSegment segment, Duration within, Instant now)
    {
        var arguments = Arguments(segment);
        arguments.AddDynamicParams(new { classes = new WordList(classes), since = now - within, now });
        return (await work.ListAsync<CountRow>(
            $"""
            select m.class_key, count(*) as customers from audience_member m /* all customers: whom a campaign would reach */
            where {work.InWords("m.class_key", "@classes")} and {Bought} and {Among(segment)} group by m.class_key
            """,
            arguments)).ToDictionary(row => row.ClassKey, row => row.Customers, StringComparer.Ordinal);
    }

    /// <summary>
    /// Customers whom so much reached, or is promised to them, that it may make a difference: at least as often as their own smallest limit or
    /// the house's. Of those with a limit over a longer time than the house looks back on, what happened in that time counts.
    /// </summary>
    /// <param name="purposes">What counts.</param>
    /// <param name="fewest">The house's smallest limit; null = it has none.</param>
    /// <param name="longest">How far the longest limit of anybody looks back.</param>
    public Task<List<Guid>> BusyAsync(IEnumerable<Purpose> purposes, int? fewest, Instant since, Instant longest) => work.ListAsync<Guid>(
        $"""
        select p.customer_id from ({Counted("@since", "")}) p
        left join audience_member m /* all customers: whom a campaign would reach */ on m.customer_id = p.customer_id and m.fewest is not null
        group by p.customer_id, m.fewest having count(*) >= case when m.fewest is null or m.fewest > @fewest then @fewest else m.fewest end
        {(longest == since ? "" : $"""
        union
        select m.customer_id from audience_member m /* all customers: whose limits look back far */
        join (select customer_id, count(*) as contacts from ({Counted("@longest", "and customer_id in (select customer_id from audience_member where days is not null)")}) p group by customer_id) b on b.customer_id = m.customer_id
        where m.days is not null and b.contacts >= m.fewest
        """)}
        """,
        new { fewest = fewest ?? int.MaxValue, since, longest, purposes = new WordList(purposes.Select(purpose => Words.Of(purpose))) });

    /// <summary>Which of these customers are in a segment, and their classes.</summary>
    public async Task<List<MemberRow>> MembersAsync(IEnumerable<Guid> customers, AudienceSegment segment)
    {
        var arguments = Arguments(segment);
        arguments.AddDynamicParams(new { ids = new IdList(customers) });
        return await work.ListAsync<MemberRow>($"select m.customer_id, m.class_key from audience_member m where {work.InIds("m.customer_id", "@ids")} and {Among(segment)}", arguments);
    }

    /// <summary>What reached these customers since a moment, or is promised to them: what <see cref="HistoryStore"/> reads for one.</summary>
    public Task<List<ContactRow>> ContactsAsync(IEnumerable<Guid> customers, Instant since)
    {
        var among = $"and {work.InIds("customer_id", "@ids")}";
        return work.ListAsync<ContactRow>(
            $"""
            select outbox_id as id, customer_id, purpose, reserved_at as at, false as is_promised from outbox where reserved_at > @since and state in ('in_flight', 'printed', 'sent', 'ambiguous') {among}
            union all select outbox_id, customer_id, purpose, not_before, true from outbox where state = 'queued' {among}
            union all select task_id, customer_id, purpose, due_at, true from care_task where state = 'open' and decision_id is not null {among}
            union all select task_id, customer_id, purpose, finished_at, false from care_task where state = 'done' and decision_id is not null and finished_at > @since {among}
            """,
            new { ids = new IdList(customers), since });
    }

    /// <summary>When each of these customers last bought something.</summary>
    public async Task<Dictionary<Guid, Instant>> LastPurchasesAsync(IEnumerable<Guid> customers) => (await work.ListAsync<ContactRow>(
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
            arguments.Add($"classes{n}", new WordList(choice.Classes));
            arguments.Add($"since{n}", place.Now - choice.Within);
            var bought = Bought.Replace("@since", $"@since{n}", StringComparison.Ordinal).Replace("@now", "@Now", StringComparison.Ordinal);
            choices.Add($"({work.InWords("m.class_key", $"@classes{n}")}{(choice.HasBought is not { } has ? "" : has ? $" and {bought}" : $" and not ({bought})")})");
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

    /// <summary>The next customers of whom the conditions about orders hold, in the order of their ids; <see cref="MeantAsync"/> asks for the others.</summary>
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

    /// <summary>Those of these customers for whom all of the segment's conditions hold.</summary>
    public async Task<IReadOnlyList<Guid>> MeantAsync(AudienceSegment segment, IReadOnlyList<MemberRow> rows)
    {
        if (segment.Countries.Count == 0 && segment.Languages.Count == 0) return [.. rows.Select(row => row.CustomerId)];
        var classes = (await work.ListAsync<ClassRow>(
            $"select class_key, country, language, email, phone, text, postal from audience_class where {work.InWords("class_key", "@keys")}", new { keys = new WordList(rows.Select(row => row.ClassKey).Distinct(StringComparer.Ordinal)) }))
            .Where(row => segment.Has(row.Facts(Wishes.Unsaid))).Select(row => row.ClassKey).ToHashSet(StringComparer.Ordinal);
        return [.. rows.Where(row => classes.Contains(row.ClassKey)).Select(row => row.CustomerId)];
    }

    private const string Bought =
        "exists (select 1 from order_rollup o where o.customer_id = m.customer_id and o.last_order_at > @since) and not exists (select 1 from order_rollup o where o.customer_id = m.customer_id and o.last_order_at > @now)";

    private string Counted(string since, string among)
    {
        among += $" and {work.InWords("purpose", "@purposes")}";
        return $"""
            select customer_id, purpose from outbox where reserved_at > {since} and state in ('in_flight', 'printed', 'sent', 'ambiguous') {among}
            union all select customer_id, purpose from outbox where state = 'queued' {among}
            union all select customer_id, purpose from care_task where state = 'open' and decision_id is not null {among}
            union all select customer_id, purpose from care_task where state = 'done' and decision_id is not null and finished_at > {since} {among}
            """;
    }

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

    private sealed record CountRow
    {
        public string ClassKey { get; init; } = "";
        public long Customers { get; init; }
    }

    private sealed record ClassRow
    {
        public string ClassKey { get; init; } = "";
        public string WishesKey { get; init; } = "";
        public string? TimeZone { get; init; }
        public string? Country { get; init; }
        public string Language { get; init; } = "";
        public string Email { get; init; } = "";
        public string Phone { get; init; } = "";
        public string Text { get; init; } = "";
        public string Postal { get; init; } = "";

        public AudienceFacts Facts(Wishes wishes) => new()
        {
            Wishes = wishes,
            TimeZone = TimeZone,
            Country = Country,
            Language = Language,
            Email = Words.Must<AddressStanding>(Email),
            Phone = Words.Must<AddressStanding>(Phone),
            Text = Words.Must<AddressStanding>(Text),
            Postal = Words.Must<AddressStanding>(Postal),
        };
    }

    private sealed record WishesRow
    {
        public string WishesKey { get; init; } = "";
        public Json Wishes { get; init; }
    }

    internal sealed record MemberRow
    {
        public Guid CustomerId { get; init; }
        public string ClassKey { get; init; } = "";
    }

    internal sealed record ContactRow
    {
        public Guid Id { get; init; }
        public Guid CustomerId { get; init; }
        public string Purpose { get; init; } = "";
        public Instant At { get; init; }
        public bool IsPromised { get; init; }
    }
}

/// <summary>A customer by name.</summary>
public sealed record AudienceName
{
    public Guid CustomerId { get; init; }
    public string Name { get; init; } = "";
}

/// <summary>Some classes, and whether of their customers only those are meant who bought within a time (or who did not); null = all.</summary>
internal sealed record AudienceChoice(IReadOnlyList<string> Classes, bool? HasBought, Duration Within);

/// <summary>A part of a list of customers.</summary>
/// <param name="After">The last one seen; null = from the first.</param>
/// <param name="Text">A part of the name; null = whatever the name.</param>
internal sealed record AudiencePlace(Guid? After, int Take, string? Text, Instant Now);
