using Regard.Storage;

namespace Regard.Contact;

/// <summary>
/// Marks the contacts for whose sake the gate may answer a customer otherwise than the others of their class: those with which so many came
/// together that a limit may be reached, and those at an address of several profiles. A preview looks at nobody else's history. Marks are
/// set when a contact is promised (<see cref="ContactDesk"/>) or counted (<see cref="AddressStore"/>), and here when wishes, profiles or
/// addresses change; none is ever taken back.
/// </summary>
internal static class AudienceHistoryStore
{
    /// <summary>The mark of a contact that may have been left out when others were marked.</summary>
    public const int Always = 36_500;

    private const int Part = 5000;

    /// <summary>A message that reached the customer, or may have: what counts beside what is promised.</summary>
    public const string Counted = "state in ('in_flight', 'printed', 'sent', 'ambiguous')";

    /// <summary>Addresses of this customer were or will be changed in this unit of work.</summary>
    public static void Follow(UnitOfWork work, Guid customerId) => work.AtEnd(ShareAsync, customerId, isFirst: true);

    /// <summary>
    /// Marks the contacts of these customers with which a limit may be reached. It locks contacts, after their customers' states and before
    /// their classes.
    /// </summary>
    public static async Task MarkAsync(UnitOfWork work, IReadOnlyCollection<Guid> customers)
    {
        foreach (var part in customers.Order().Chunk(Part))
        {
            var missing = (await NearAsync(work, part)).SelectMany(own => own.Contacts.Where(row => !(row.NearDays >= own.Days)).Select(row => (Contact: row, own.Days)));
            foreach (var same in missing.GroupBy(row => (row.Contact.IsTask, row.Days), row => row.Contact.Id))
                await work.ExecuteAsync(
                    $"update {(same.Key.IsTask ? "care_task" : "outbox")} set near_days = @Days where {work.InIds("customer_id", "@part")} and {work.InIds(same.Key.IsTask ? "task_id" : "outbox_id", "@ids")}",
                    new { same.Key.Days, part = new IdList(part), ids = new IdList(same) });
        }
    }

    /// <summary>
    /// Marks what was counted at addresses that these customers have and others have or had. It locks the addresses, after customers' states
    /// and before their classes.
    /// </summary>
    public static async Task ShareAsync(UnitOfWork work, IReadOnlyCollection<Guid> customers)
    {
        foreach (var part in customers.Order().Chunk(Part))
            if (await SharedAsync(work, await AddressesAsync(work, part)) is { Count: > 0 } shared)
                await new AddressStore(work).ShareAsync(shared);
    }

    /// <summary>What a mark is missing of, for these customers: the history's part of <c>regard check</c>.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(UnitOfWork work, IReadOnlyCollection<Guid> customers)
    {
        var near = (await NearAsync(work, customers)).Where(own => !own.Contacts.Exists(row => row.NearDays >= own.Days));
        var shared = await UnsharedAsync(work, await AddressesAsync(work, customers));
        return [.. near.Select(own => $"contacts of {own.Contacts[0].CustomerId}: so many that a limit may be reached, and none is marked"), .. shared.Select(key => $"address_contact at {key}: counts for several, and is not marked")];
    }

    /// <summary>The contacts of those whom so many reached, or are promised to them, that a limit may be reached: of each as far back from the last as limits look.</summary>
    private static async Task<List<(int Days, List<ContactRow> Contacts)>> NearAsync(UnitOfWork work, IReadOnlyCollection<Guid> customers)
    {
        using var rows = await work.ManyAsync(
            $"""
            select customer_id, outbox_id as id, false as is_task, purpose, case when state = 'queued' then not_before else reserved_at end as at, state = 'queued' as is_promised, near_days
              from outbox where {work.InIds("customer_id", "@ids")} and (state = 'queued' or {Counted})
            union all
            select customer_id, task_id, true, purpose, case when state = 'open' then due_at else finished_at end, state = 'open', near_days
              from care_task where {work.InIds("customer_id", "@ids")} and decision_id is not null and state in ('open', 'done');
            select customer_id, wishes from contact_state where {work.InIds("customer_id", "@ids")};
            """,
            new { ids = new IdList(customers) });
        var contacts = (await rows.ReadAsync<ContactRow>()).GroupBy(row => row.CustomerId).ToList();
        var said = (await rows.ReadAsync<SaidRow>()).ToDictionary(row => row.CustomerId, row => row.Wishes);
        var near = new List<(int, List<ContactRow>)>();
        foreach (var own in contacts)
        {
            var wishes = said.TryGetValue(own.Key, out var document) ? document.Read<Wishes>() : Wishes.Unsaid;
            var last = own.Where(row => !row.IsPromised).Select(row => row.At).DefaultIfEmpty(Instant.MinValue).Max();
            var within = own.Where(row => row.IsPromised || last - row.At < ContactGate.LookBack(wishes)).ToList();
            if (ContactGate.NearLimit(wishes, [.. within.Select(row => new PastContact(row.At, Words.Must<Purpose>(row.Purpose)))]) is { } days) near.Add((days, within));
        }
        return near;
    }

    // The names of addresses that lead to somebody else too, or at which somebody else was counted.
    private static async Task<IReadOnlyCollection<string>> SharedAsync(UnitOfWork work, List<AddressRow> own)
    {
        if (own.Count == 0) return [];
        var owners = (await work.ListAsync<AddressRow>(
            $"select value, kind, customer_id from identity_lookup where {work.InWords("value", "@values")} and kind in ('email', 'phone')",
            new { values = new WordList(own.Select(row => row.Value).Distinct(StringComparer.Ordinal)) })).ToDictionary(row => (row.Kind, row.Value), row => row.CustomerId);
        // The look-up leads to whoever had an address first; each later one of two knows that it is shared.
        var later = own.Where(row => !owners.TryGetValue((row.Kind, row.Value), out var owner) || owner != row.CustomerId).ToList();
        var counted = await UnsharedAsync(work, own);
        if (later.Count == 0) return counted;
        var key = await LinkKeyStore.ReadAsync(work, later.Max(row => row.RecordedAt));
        return [.. later.Select(row => row.KeyWith(key)).Concat(counted).Distinct(StringComparer.Ordinal)];
    }

    private static async Task<IReadOnlyCollection<string>> UnsharedAsync(UnitOfWork work, List<AddressRow> own)
    {
        if (own.Count == 0 || await LinkKeyStore.FindAsync(work) is not { } key) return [];
        var keys = own.ToLookup(row => row.KeyWith(key), row => row.CustomerId, StringComparer.Ordinal);
        var counted = await new AddressStore(work).UnsharedAsync([.. keys.Select(same => same.Key)]);
        return [.. counted.Where(row => keys[row.AddressKey].Any(customer => customer != row.CustomerId)).Select(row => row.AddressKey).Distinct(StringComparer.Ordinal)];
    }

    private static Task<List<AddressRow>> AddressesAsync(UnitOfWork work, IReadOnlyCollection<Guid> customers) => work.ListAsync<AddressRow>(
        $"select customer_id, kind, value, recorded_at from identity where {work.InIds("customer_id", "@ids")} and kind in ('email', 'phone')", new { ids = new IdList(customers) });

    private sealed record ContactRow
    {
        public Guid CustomerId { get; init; }
        public Guid Id { get; init; }
        public bool IsTask { get; init; }
        public string Purpose { get; init; } = "";
        public Instant At { get; init; }
        public bool IsPromised { get; init; }
        public int? NearDays { get; init; }
    }

    private sealed record SaidRow
    {
        public Guid CustomerId { get; init; }
        public Json Wishes { get; init; }
    }

    private sealed record AddressRow
    {
        public Guid CustomerId { get; init; }
        public string Kind { get; init; } = "";
        public string Value { get; init; } = "";
        public Instant RecordedAt { get; init; }

        public string KeyWith(byte[] key) => AddressStore.KeyOf(Kind == "email" ? Channel.Email : Channel.Phone, Value, key)!;
    }
}
