using System.Security.Cryptography;
using Dapper;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// Keeps for every living customer which class they are in. It follows from wishes, profile and identities, in the transaction that changes
/// them; what reaches a customer changes nothing here. Counts are only ever added to, so that no two transactions wait for each other.
/// </summary>
internal static class AudienceMemberStore
{
    private const int Part = 5000;

    private static readonly Bulk<Member> Members = new(
        "audience_member", "customer_id",
        Column<Member>.Id("customer_id", row => row.CustomerId),
        Column<Member>.Text("class_key", row => row.ClassKey),
        Column<Member>.Small("fewest", row => row.Fewest),
        Column<Member>.Small("days", row => row.Days),
        Column<Member>.Truth("is_shared", row => row.IsShared));

    private static readonly Bulk<Found> Classes = new(
        "audience_class", "class_key",
        Column<Found>.Text("class_key", row => row.Member.ClassKey),
        Column<Found>.Text("wishes_key", row => row.WishesKey),
        Column<Found>.Text("time_zone", row => row.Facts.TimeZone),
        Column<Found>.Text("country", row => row.Facts.Country),
        Column<Found>.Text("language", row => row.Facts.Language),
        Column<Found>.Text("email", row => Words.Of(row.Facts.Email)),
        Column<Found>.Text("phone", row => Words.Of(row.Facts.Phone)),
        Column<Found>.Text("text", row => Words.Of(row.Facts.Text)),
        Column<Found>.Text("postal", row => Words.Of(row.Facts.Postal)));

    private static readonly Bulk<Found> Said = new(
        "audience_wishes", "wishes_key",
        Column<Found>.Text("wishes_key", row => row.WishesKey),
        Column<Found>.Document("wishes", row => row.Wishes));

    private static readonly Bulk<KeyValuePair<string, long>> Counts = new(
        "audience_count", "class_key, part_id",
        Column<KeyValuePair<string, long>>.Text("class_key", row => row.Key),
        Column<KeyValuePair<string, long>>.Id("part_id", _ => new Guid(RandomNumberGenerator.GetBytes(16))),
        Column<KeyValuePair<string, long>>.Whole("customers", row => row.Value));

    /// <summary>Something that the class follows from was or will be changed in this unit of work.</summary>
    public static void Follow(UnitOfWork work, Guid customerId) => work.AtEnd(RefreshAsync, customerId);

    /// <summary>Finds the class of each of these customers anew.</summary>
    public static async Task RefreshAsync(UnitOfWork work, IReadOnlyCollection<Guid> customers)
    {
        // Locked in one order, and the last of all that is locked: nobody waits in a circle.
        foreach (var part in customers.Order().Chunk(Part)) await RefreshPartAsync(work, part);
    }

    /// <summary>What should be kept of these customers; those that are no living profile are absent.</summary>
    public static async Task<IReadOnlyList<Found>> FindAsync(UnitOfWork work, IReadOnlyCollection<Guid> customers)
    {
        using var rows = await work.ManyAsync(
            $"""
            select c.customer_id, c.time_zone, c.country, c.language, s.wishes from customer c left join contact_state s on s.customer_id = c.customer_id
              where {work.InIds("c.customer_id", "@ids")} and c.merged_into is null and c.erased_at is null order by c.customer_id;
            select customer_id, kind, value, undeliverable_since, complained_at, text_failed_at from identity where {work.InIds("customer_id", "@ids")} and kind in ('email', 'phone')
            union all
            select customer_id, 'postal', '', undeliverable_since, null, null from postal_address where {work.InIds("customer_id", "@ids")} and ended_at is null;
            """,
            new { ids = new IdList(customers) });
        var people = (await rows.ReadAsync<PersonRow>()).AsList();
        var addresses = (await rows.ReadAsync<AddressRow>()).ToLookup(row => row.CustomerId);
        rows.Dispose();
        var shared = await SharedAsync(work, addresses);
        return [.. people.Select(person => Of(person, [.. addresses[person.CustomerId]], shared.Contains(person.CustomerId)))];
    }

    /// <summary>Adds the parts of counts together that have gathered since. Any number of processes may do so at once. Answers how many parts became one.</summary>
    public static async Task<int> FoldAsync(UnitOfWork work)
    {
        var gone = await work.ListAsync<CountRow>(
            """
            delete from audience_count where class_key in (
              select class_key from audience_count group by class_key having count(*) > 1 order by count(*) desc limit 2000) returning class_key, customers
            """);
        await Counts.AppendAsync(work, [.. gone.GroupBy(row => row.ClassKey, row => row.Customers, StringComparer.Ordinal).Select(same => KeyValuePair.Create(same.Key, same.Sum())).Where(sum => sum.Value != 0)]);
        return gone.Count;
    }

    private static async Task RefreshPartAsync(UnitOfWork work, IReadOnlyCollection<Guid> customers)
    {
        var ids = new IdList(customers);
        var before = (await work.ListAsync<Member>(
            $"select customer_id, class_key, fewest, days, is_shared from audience_member where {work.InIds("customer_id", "@ids")} order by customer_id{work.ForUpdate}", new { ids })).ToDictionary(row => row.CustomerId);
        // In a statement of its own: whoever held the lock has committed, and is seen.
        var found = await FindAsync(work, customers);
        var changed = found.Where(row => before.GetValueOrDefault(row.Member.CustomerId) != row.Member).ToList();
        var living = found.Select(row => row.Member.CustomerId).ToHashSet();
        var gone = before.Keys.Where(id => !living.Contains(id)).ToList();
        if (changed.Count == 0 && gone.Count == 0) return;
        await LearnAsync(work, changed);
        if (gone.Count > 0) await work.ExecuteAsync($"delete from audience_member where {work.InIds("customer_id", "@gone")}", new { gone = new IdList(gone) });
        var (known, fresh) = (changed.Where(row => before.ContainsKey(row.Member.CustomerId)), changed.Where(row => !before.ContainsKey(row.Member.CustomerId)));
        await Members.UpsertAsync(
            work, [.. known.Select(row => row.Member)], "set class_key = excluded.class_key, fewest = excluded.fewest, days = excluded.days, is_shared = excluded.is_shared");
        await Members.AppendAsync(work, [.. fresh.Select(row => row.Member)]);
        var moves = changed.Select(row => (Key: row.Member.ClassKey, By: 1L))
            .Concat(changed.Select(row => before.GetValueOrDefault(row.Member.CustomerId)).OfType<Member>().Concat(gone.Select(id => before[id])).Select(row => (Key: row.ClassKey, By: -1L)));
        await Counts.AppendAsync(
            work, [.. moves.GroupBy(move => move.Key, move => move.By, StringComparer.Ordinal).Select(same => KeyValuePair.Create(same.Key, same.Sum())).Where(sum => sum.Value != 0).OrderBy(sum => sum.Key, StringComparer.Ordinal)]);
    }

    private static async Task LearnAsync(UnitOfWork work, IReadOnlyList<Found> rows)
    {
        var classes = rows.DistinctBy(row => row.Member.ClassKey, StringComparer.Ordinal).ToDictionary(row => row.Member.ClassKey, StringComparer.Ordinal);
        foreach (var known in await work.ListAsync<string>($"select class_key from audience_class where {work.InWords("class_key", "@keys")}", new { keys = new WordList(classes.Keys) }))
            classes.Remove(known);
        if (classes.Count == 0) return;
        // In one order, so that two units of work that learn the same wait for, not upon, each other.
        await Said.InsertNewAsync(work, [.. classes.Values.DistinctBy(row => row.WishesKey, StringComparer.Ordinal).OrderBy(row => row.WishesKey, StringComparer.Ordinal)]);
        await Classes.InsertNewAsync(work, [.. classes.Values.OrderBy(row => row.Member.ClassKey, StringComparer.Ordinal)]);
    }

    // The look-up leads to whoever had an address first; each later one of two knows that it is shared.
    private static async Task<HashSet<Guid>> SharedAsync(UnitOfWork work, ILookup<Guid, AddressRow> addresses)
    {
        var all = addresses.SelectMany(own => own).Where(row => row.Kind != "postal").ToList();
        if (all.Count == 0) return [];
        var owners = (await work.ListAsync<AddressRow>(
            $"select value, kind, customer_id from identity_lookup where {work.InWords("value", "@values")} and kind in ('email', 'phone')",
            new { values = new WordList(all.Select(row => row.Value).Distinct(StringComparer.Ordinal)) })).ToDictionary(row => (row.Kind, row.Value), row => row.CustomerId);
        return [.. all.Where(row => !owners.TryGetValue((row.Kind, row.Value), out var owner) || owner != row.CustomerId).Select(row => row.CustomerId)];
    }

    private static Found Of(PersonRow person, IReadOnlyList<AddressRow> addresses, bool isShared)
    {
        var wishes = person.Wishes is { } said ? said.Read<Wishes>() : Wishes.Unsaid;
        var facts = new AudienceFacts
        {
            Wishes = WishClass.Of(wishes),
            TimeZone = person.TimeZone,
            Country = person.Country,
            Language = LetterBook.Language(wishes.Language ?? person.Language),
            Email = Standing(addresses, "email"),
            Text = Standing([.. addresses.Select(address => address.TextFailedAt is { } failed ? address with { UndeliverableSince = failed } : address with { ComplainedAt = null })], "phone"),
            Postal = Standing(addresses, "postal"),
            Phone = Standing(addresses, "phone") is var phone && phone == AddressStanding.Objected ? AddressStanding.Works : phone,
        };
        var document = Json.Of(facts.Wishes);
        var key = AudienceFacts.KeyOf(document);
        return new Found(new Member { CustomerId = person.CustomerId, ClassKey = facts.KeyWith(key), Fewest = facts.Fewest, Days = facts.Days, IsShared = isShared }, facts, key, document);
    }

    private static AddressStanding Standing(IReadOnlyList<AddressRow> addresses, string kind)
    {
        var own = addresses.Where(address => address.Kind == kind).ToList();
        if (own.Count == 0) return AddressStanding.None;
        var working = own.Where(address => address.UndeliverableSince is null).ToList();
        return working.Count == 0 ? AddressStanding.Broken : working.Any(address => address.ComplainedAt is null) ? AddressStanding.Works : AddressStanding.Objected;
    }

    /// <summary>What should be kept of a customer.</summary>
    internal sealed record Found(Member Member, AudienceFacts Facts, string WishesKey, Json Wishes);

    /// <summary>A row of <c>audience_member</c>.</summary>
    internal sealed record Member
    {
        public Guid CustomerId { get; init; }
        public string ClassKey { get; init; } = "";
        public int? Fewest { get; init; }
        public int? Days { get; init; }
        public bool IsShared { get; init; }
    }

    private sealed record CountRow
    {
        public string ClassKey { get; init; } = "";
        public long Customers { get; init; }
    }

    private sealed record PersonRow
    {
        public Guid CustomerId { get; init; }
        public string? TimeZone { get; init; }
        public string? Country { get; init; }
        public string? Language { get; init; }
        public Json? Wishes { get; init; }
    }

    private sealed record AddressRow
    {
        public Guid CustomerId { get; init; }
        public string Kind { get; init; } = "";
        public string Value { get; init; } = "";
        public Instant? UndeliverableSince { get; init; }
        public Instant? ComplainedAt { get; init; }
        public Instant? TextFailedAt { get; init; }
    }
}
