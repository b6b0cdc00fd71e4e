using Regard.Storage;

namespace Regard.Contact;

/// <summary>Addresses that several profiles have, and what was counted there: what reached one of them counts for the others too.</summary>
internal sealed class AudienceSharedStore(UnitOfWork work)
{
    private const int Part = 5000;

    private static readonly Channel[] AtNumber = [Channel.Phone, Channel.Sms, Channel.Voice];

    /// <summary>By customer, what others' contacts at the customer's own addresses were since a moment; who has none is absent.</summary>
    public async Task<Dictionary<Guid, IReadOnlyList<CountedAt>>> ReadAsync(Instant since)
    {
        // Where one contact is marked all at the same address are.
        var counted = await work.ListAsync<CountedContact>(
            "select address_key, contact_id, customer_id, purpose, at from address_contact /* all customers: who else has the address */ where is_shared and at > @since", new { since });
        if (counted.Count == 0 || await LinkKeyStore.FindAsync(work) is not { } key) return [];
        var (byKey, keys, reached) = (counted.ToLookup(row => row.AddressKey, StringComparer.Ordinal), await KeysAsync(counted, key), new Dictionary<Guid, IReadOnlyList<CountedAt>>());
        foreach (var own in (await SharersAsync(keys.Keys)).GroupBy(row => row.CustomerId))
        {
            var others = own.DistinctBy(row => row.Kind).Where(row => keys.ContainsKey(row.Value))
                .SelectMany(row => byKey[keys[row.Value]].Where(at => at.CustomerId != own.Key).SelectMany(at => Counted(at, row.Kind))).ToList();
            if (others.Count > 0) reached[own.Key] = others;
        }
        return reached;
    }

    private static IEnumerable<CountedAt> Counted(CountedContact at, string kind) =>
        (kind == "email" ? [Channel.Email] : AtNumber).Select(channel => new CountedAt(at.ContactId, channel, new PastContact(at.At, Words.Must<Purpose>(at.Purpose))));

    // By address the name under which it is counted. It cannot be read from the name: it is where the message went, or a number of whoever was called.
    private async Task<Dictionary<string, string>> KeysAsync(List<CountedContact> counted, byte[] key)
    {
        var (keys, names) = (new Dictionary<string, string>(StringComparer.Ordinal), counted.ToLookup(row => row.ContactId, row => row.AddressKey));
        foreach (var part in counted.Chunk(Part))
            foreach (var row in await work.ListAsync<WayRow>(
                $"""
                select outbox_id as contact_id, address as value, false as is_call from outbox /* all customers: where it went, whosever it is by now */ where {work.InIds("outbox_id", "@contacts")} and address <> ''
                union all
                select t.task_id, i.value, true from care_task t /* all customers: where it went, whosever it is by now */ join identity i on i.customer_id = t.customer_id and i.kind = 'phone'
                  where {work.InIds("t.task_id", "@contacts")}
                """,
                new { contacts = new IdList(part.Select(row => row.ContactId)) }))
                if (Name(row, [.. names[row.ContactId]], key) is { } name)
                    keys[row.Value] = name;
        return keys;
    }

    // Only one whom a message reached at one address is known without a look at the address itself.
    private static string? Name(WayRow row, IReadOnlyList<string> names, byte[] key)
    {
        if (!row.IsCall && names.Count == 1) return names[0];
        var name = AddressStore.KeyOf(row.Value.Contains('@', StringComparison.Ordinal) ? Channel.Email : Channel.Phone, row.Value, key);
        return name is not null && names.Contains(name) ? name : null;
    }

    // The addresses of all who have one of these, each customer's best first.
    private async Task<List<AddressRow>> SharersAsync(IEnumerable<string> values)
    {
        var sharers = new List<AddressRow>();
        foreach (var part in values.Chunk(Part))
            sharers.AddRange(await work.ListAsync<AddressRow>(
                $"""
                select customer_id, kind, value from identity /* all customers: who else has the address */
                where customer_id in (select customer_id from identity where {work.InWords("value", "@part")} and kind in ('email', 'phone')) and kind in ('email', 'phone') and undeliverable_since is null
                order by customer_id, kind, case when complained_at is null then 0 else 1 end, case when confirmed_at is null then 1 else 0 end, recorded_at desc, identity_id
                """,
                new { part = new WordList(part) }));
        return sharers;
    }

    private sealed record WayRow
    {
        public Guid ContactId { get; init; }
        public string Value { get; init; } = "";
        public bool IsCall { get; init; }
    }

    private sealed record AddressRow
    {
        public Guid CustomerId { get; init; }
        public string Kind { get; init; } = "";
        public string Value { get; init; } = "";
    }
}

/// <summary>Somebody else's contact at an address of the customer's.</summary>
internal sealed record CountedAt(Guid ContactId, Channel Channel, PastContact Contact);
