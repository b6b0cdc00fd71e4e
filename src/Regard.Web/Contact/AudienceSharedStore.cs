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
        var values = await work.ListAsync<string>(
            """
            select distinct i.value from audience_member m /* all customers: who else has the address */ join identity i on i.customer_id = m.customer_id
            where m.is_shared and i.kind in ('email', 'phone')
            """);
        if (values.Count == 0 || await KeyAsync() is not { } key) return [];
        var sharers = new HashSet<Guid>();
        foreach (var part in values.Chunk(Part))
            sharers.UnionWith(await work.ListAsync<Guid>($"select customer_id from identity /* all customers: who else has the address */ where {work.InWords("value", "@values")} and kind in ('email', 'phone')", new { values = new WordList(part) }));
        var reached = new Dictionary<Guid, IReadOnlyList<CountedAt>>();
        foreach (var part in sharers.Chunk(Part)) await AddAsync(reached, part, key, since);
        return reached;
    }

    private async Task AddAsync(Dictionary<Guid, IReadOnlyList<CountedAt>> reached, IReadOnlyCollection<Guid> sharers, byte[] key, Instant since)
    {
        var addresses = (await work.ListAsync<AddressRow>(
            $"""
            select customer_id, kind, value from identity where {work.InIds("customer_id", "@ids")} and kind in ('email', 'phone') and undeliverable_since is null
            order by customer_id, kind, case when complained_at is null then 0 else 1 end, case when confirmed_at is null then 1 else 0 end, recorded_at desc, identity_id
            """,
            new { ids = new IdList(sharers) })).DistinctBy(row => (row.CustomerId, row.Kind))
            .SelectMany(row => (row.Kind == "email" ? [Channel.Email] : AtNumber).Select(channel => (row.CustomerId, Channel: channel, row.Value)))
            .Select(row => (row.CustomerId, row.Channel, Key: AddressStore.KeyOf(row.Channel, row.Value, key)!)).ToList();
        var counted = (await new AddressStore(work).ReadAsync([.. addresses.Select(row => row.Key).Distinct(StringComparer.Ordinal)], [], since)).ToLookup(row => row.AddressKey, StringComparer.Ordinal);
        foreach (var own in addresses.GroupBy(row => row.CustomerId))
        {
            var others = own.SelectMany(at => counted[at.Key].Where(row => row.CustomerId != own.Key).Select(row => new CountedAt(row.ContactId, at.Channel, new PastContact(row.At, Words.Must<Purpose>(row.Purpose))))).ToList();
            if (others.Count > 0) reached[own.Key] = others;
        }
    }

    private async Task<byte[]?> KeyAsync() =>
        await work.FirstAsync<Json?>("select value from setting where name = 'contact_link_key'") is { } value ? Convert.FromBase64String(value.Read<string>()) : null;

    private sealed record AddressRow
    {
        public Guid CustomerId { get; init; }
        public string Kind { get; init; } = "";
        public string Value { get; init; } = "";
    }
}

/// <summary>Somebody else's contact at an address of the customer's.</summary>
internal sealed record CountedAt(Guid ContactId, Channel Channel, PastContact Contact);
