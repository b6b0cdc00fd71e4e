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
        Column<Member>.Id("class_key", row => row.ClassKey));

    private static readonly Bulk<Found> Classes = new(
        "audience_class", "class_key",
        Column<Found>.Id("class_key", row => row.Member.ClassKey),
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

    private static readonly Bulk<KeyValuePair<Guid, long>> Moves = new(
        "audience_move", "class_key, part_id",
        Column<KeyValuePair<Guid, long>>.Id("class_key", row => row.Key),
        Column<KeyValuePair<Guid, long>>.Id("part_id", _ => new Guid(RandomNumberGenerator.GetBytes(16))),
        Column<KeyValuePair<Guid, long>>.Whole("customers", row => row.Value));

    /// <summary>Something that the class follows from was or will be changed in this unit of work.</summary>
    public static void Follow(UnitOfWork work, Guid customerId) => work.AtEnd(RefreshAsync, customerId);

    /// <summary>Finds the class of each of these customers anew.</summary>
    public static async Task RefreshAsync(UnitOfWork work, IReadOnlyCollection<Guid> customers)
    {
        await AudienceHistoryStore.MarkAsync(work, customers);
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
            select customer_id, kind, undeliverable_since, complained_at, text_failed_at from identity where {work.InIds("customer_id", "@ids")} and kind in ('email', 'phone')
            union all
            select customer_id, 'postal', undeliverable_since, null, null from postal_address where {work.InIds("customer_id", "@ids")} and ended_at is null;
            """,
            new { ids = new IdList(customers) });
        var people = (await rows.ReadAsync<PersonRow>()).AsList();
        var addresses = (await rows.ReadAsync<AddressRow>()).ToLookup(row => row.CustomerId);
        return [.. people.Select(person => Of(person, [.. addresses[person.CustomerId]]))];
    }

    private static async Task RefreshPartAsync(UnitOfWork work, IReadOnlyCollection<Guid> customers)
    {
        var ids = new IdList(customers);
        var before = (await work.ListAsync<Member>(
            $"select customer_id, class_key from audience_member where {work.InIds("customer_id", "@ids")} order by customer_id{work.ForUpdate}", new { ids })).ToDictionary(row => row.CustomerId);
        // In a statement of its own: whoever held the lock has committed, and is seen.
        var found = await FindAsync(work, customers);
        var changed = found.Where(row => before.GetValueOrDefault(row.Member.CustomerId) != row.Member).ToList();
        var living = found.Select(row => row.Member.CustomerId).ToHashSet();
        var gone = before.Keys.Where(id => !living.Contains(id)).ToList();
        if (changed.Count == 0 && gone.Count == 0) return;
        await LearnAsync(work, changed);
        if (gone.Count > 0) await work.ExecuteAsync($"delete from audience_member where {work.InIds("customer_id", "@gone")}", new { gone = new IdList(gone) });
        var (known, fresh) = (changed.Where(row => before.ContainsKey(row.Member.CustomerId)), changed.Where(row => !before.ContainsKey(row.Member.CustomerId)));
        await Members.UpsertAsync(work, [.. known.Select(row => row.Member)], "set class_key = excluded.class_key");
        await Members.AppendAsync(work, [.. fresh.Select(row => row.Member)]);
        var moves = changed.Select(row => (Key: row.Member.ClassKey, By: 1L))
            .Concat(changed.Select(row => before.GetValueOrDefault(row.Member.CustomerId)).OfType<Member>().Concat(gone.Select(id => before[id])).Select(row => (Key: row.ClassKey, By: -1L)));
        await Moves.AppendAsync(
            work, [.. moves.GroupBy(move => move.Key, move => move.By).Select(same => KeyValuePair.Create(same.Key, same.Sum())).Where(sum => sum.Value != 0).OrderBy(sum => sum.Key)]);
    }

    private static async Task LearnAsync(UnitOfWork work, IReadOnlyList<Found> rows)
    {
        var classes = rows.DistinctBy(row => row.Member.ClassKey).ToDictionary(row => row.Member.ClassKey);
        foreach (var known in await work.ListAsync<Guid>($"select class_key from audience_class where {work.InIds("class_key", "@keys")}", new { keys = new IdList(classes.Keys) }))
            classes.Remove(known);
        if (classes.Count == 0) return;
        // In one order, so that two units of work that learn the same wait for, not upon, each other.
        await Said.InsertNewAsync(work, [.. classes.Values.DistinctBy(row => row.WishesKey, StringComparer.Ordinal).OrderBy(row => row.WishesKey, StringComparer.Ordinal)]);
        await Classes.InsertNewAsync(work, [.. classes.Values.OrderBy(row => row.Member.ClassKey)]);
    }

    private static Found Of(PersonRow person, IReadOnlyList<AddressRow> addresses)
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
        return new Found(new Member { CustomerId = person.CustomerId, ClassKey = facts.KeyWith(key) }, facts, key, document);
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
        public Guid ClassKey { get; init; }
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
        public Instant? UndeliverableSince { get; init; }
        public Instant? ComplainedAt { get; init; }
        public Instant? TextFailedAt { get; init; }
    }
}
