using Regard.Customers;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Whose facts are asked for, and for what.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Wishes">How they want to be contacted now.</param>
internal sealed record FactsQuestion(Guid CustomerId, Wishes Wishes)
{
    /// <summary>The outbox row or task that is decided again; null = a new contact.</summary>
    public Guid? Again { get; init; }

    /// <summary>The channel whose address is locked until the transaction ends, because a contact at it is about to be counted; null = none.</summary>
    public Channel? Reserves { get; init; }
}

/// <summary>What reached a customer, what is promised to them, and where they can be reached.</summary>
internal sealed class HistoryStore(UnitOfWork work)
{
    /// <summary>
    /// The facts for a decision. For a new contact, what waits counts as promised; when one of those that wait is decided again, only what
    /// is reserved or made counts, so that promises cannot block each other.
    /// </summary>
    /// <param name="again">The outbox row or task that is decided again; null = a new contact.</param>
    /// <param name="reserves">The channel whose address is locked until the transaction ends, because a contact at it is about to be counted; null = none.</param>
    public async Task<DecisionFacts> ReadAsync(Guid customerId, Wishes wishes, Instant now, Guid? again = null, Channel? reserves = null) =>
        (await ReadAsync([new FactsQuestion(customerId, wishes) { Again = again, Reserves = reserves }], now))[0];

    /// <summary>The same for several customers at once, in the order in which they are asked for; each customer once.</summary>
    public async Task<IReadOnlyList<DecisionFacts>> ReadAsync(IReadOnlyList<FactsQuestion> asked, Instant now)
    {
        // A condition of its own on a message's state would let an engine without statistics look through all that waits.
        using var rows = await work.ManyAsync(
            $"""
            select customer_id, time_zone, country, name from customer where {work.InIds("customer_id", "@customers")} and erased_at is null;
            select customer_id, kind, value, undeliverable_since, complained_at, text_failed_at from identity where {work.InIds("customer_id", "@customers")} and kind in ('email', 'phone')
              order by case when undeliverable_since is null then 0 else 1 end, case when complained_at is null then 0 else 1 end, case when confirmed_at is null then 1 else 0 end, recorded_at desc, identity_id;
            select customer_id, max(last_order_at) as at from order_rollup where {work.InIds("customer_id", "@customers")} group by customer_id;
            select name, value from setting where name in ('contact_policy', 'contact_link_key', 'message_channels');
            select customer_id, recipient, street, postal_code, city, region, country, undeliverable_since from postal_address where {work.InIds("customer_id", "@customers")} and ended_at is null
              order by case when undeliverable_since is null then 0 else 1 end, recorded_at desc, address_id desc;
            select customer_id, outbox_id as id, purpose, case when state = 'queued' then not_before else reserved_at end as at, state = 'queued' as is_promised from outbox
              where {work.InIds("customer_id", "@customers")} and (({AudienceHistoryStore.Counted} and reserved_at > @since) or (state = 'queued' and @isNew));
            select customer_id, task_id as id, purpose, case when state = 'open' then due_at else finished_at end as at, state = 'open' as is_promised from care_task
              where {work.InIds("customer_id", "@customers")} and decision_id is not null and ((state = 'done' and finished_at > @since) or (state = 'open' and @isNew))
            """,
            new { customers = new IdList(asked.Select(one => one.CustomerId)), since = asked.Min(one => Since(one, now)), isNew = asked.Any(one => one.Again is null) });
        var people = (await rows.ReadAsync<PersonRow>()).ToDictionary(row => row.CustomerId);
        var addresses = (await rows.ReadAsync<AddressRow>()).ToLookup(row => row.CustomerId);
        var bought = (await rows.ReadAsync<MomentRow>()).ToDictionary(row => row.CustomerId, row => row.At);
        var settings = (await rows.ReadAsync<SettingRow>()).ToDictionary(row => row.Name, row => row.Value.Read<string>(), StringComparer.Ordinal);
        var postal = (await rows.ReadAsync<PostalRow>()).ToLookup(row => row.CustomerId);
        var contacts = (await rows.ReadAsync<ContactRow>()).Concat(await rows.ReadAsync<ContactRow>()).ToLookup(row => row.CustomerId);
        rows.Dispose();
        var policy = ContactPolicy.Of(settings.GetValueOrDefault("contact_policy", "")) ?? ContactPolicy.Strict;
        var offered = OfferedStore.Read(settings.GetValueOrDefault(OfferedStore.Name));
        var known = asked.Select(one =>
        {
            List<ContactRow> own = [.. contacts[one.CustomerId].Where(row => row.IsPromised ? one.Again is null : row.At > Since(one, now) && row.Id != one.Again)];
            return new Known(one, Facts(one, people.GetValueOrDefault(one.CustomerId) ?? new PersonRow(), ([.. addresses[one.CustomerId]], postal[one.CustomerId].FirstOrDefault())) with
            {
                Policy = policy,
                LastPurchaseAt = bought.GetValueOrDefault(one.CustomerId),
                Offered = offered,
                Contacts = [.. own.Select(row => new PastContact(row.At, Words.Must<Purpose>(row.Purpose)))],
            }, own);
        }).ToList();
        var key = settings.TryGetValue("contact_link_key", out var text) ? Convert.FromBase64String(text) : null;
        if (key is null && asked.Any(one => one.Reserves is not null)) key = await LinkKeyStore.ReadAsync(work, now);
        return key is null ? [.. known.Select(one => one.Facts)] : await WithAddressesAsync(known, key, now);
    }

    private static Instant Since(FactsQuestion one, Instant now) => now - ContactGate.LookBack(one.Wishes);

    private static DecisionFacts Facts(FactsQuestion one, PersonRow customer, (List<AddressRow> Known, PostalRow? Postal) addresses) => new()
    {
        Wishes = one.Wishes,
        TimeZone = customer.TimeZone,
        Country = customer.Country,
        Email = Working(addresses.Known, "email"),
        Phone = Working(addresses.Known, "phone"),
        Text = TakesTexts(addresses.Known),
        Postal = addresses.Postal is { UndeliverableSince: null } ? addresses.Postal.Address.Written(customer.Name) : null,
        Undeliverable = Broken(addresses.Known, addresses.Postal),
        Objected = addresses.Known.Find(address => address.Kind == "email" && address.UndeliverableSince is null)?.ComplainedAt is null ? [] : [Channel.Email],
    };

    // What another profile did at the same address; what is this customer's own stands in their own rows already.
    private async Task<IReadOnlyList<DecisionFacts>> WithAddressesAsync(List<Known> known, byte[] key, Instant now)
    {
        var keyed = known.Select(one => one with { Facts = one.Facts with { AddressKeys = Keys(one.Facts, key) } }).ToList();
        var locked = keyed.Select(one => one.Asked.Reserves is { } channel ? one.Facts.AddressKeys.GetValueOrDefault(channel) : null).OfType<string>().Distinct();
        var counted = (await new AddressStore(work).ReadAsync([.. keyed.SelectMany(one => one.Facts.AddressKeys.Values).Distinct()], [.. locked], known.Min(one => Since(one.Asked, now))))
            .ToLookup(row => row.AddressKey, StringComparer.Ordinal);
        return [.. keyed.Select(one => one.Facts with { AtAddresses = [.. from at in one.Facts.AddressKeys from row in counted[at.Value] where Counts(row, one, now) select new AddressContact(at.Key, new PastContact(row.At, Words.Must<Purpose>(row.Purpose)))] })];
    }

    private static bool Counts(CountedContact row, Known one, Instant now) =>
        row.CustomerId != one.Asked.CustomerId && row.At > Since(one.Asked, now) && row.ContactId != one.Asked.Again && (one.Asked.Again is null || row.At <= now)
        && !one.Own.Exists(own => own.Id == row.ContactId);

    private static Dictionary<Channel, string> Keys(DecisionFacts facts, byte[] key)
    {
        var keys = new Dictionary<Channel, string>();
        if (AddressStore.KeyOf(Channel.Email, facts.Email, key) is { } mail) keys[Channel.Email] = mail;
        if (AddressStore.KeyOf(Channel.Phone, facts.Phone, key) is { } phone) keys[Channel.Phone] = keys[Channel.Voice] = phone;
        if (AddressStore.KeyOf(Channel.Sms, facts.Text, key) is { } text) keys[Channel.Sms] = text;
        return keys;
    }

    private static string? Working(List<AddressRow> addresses, string kind) =>
        addresses.FirstOrDefault(address => address.Kind == kind && address.UndeliverableSince is null)?.Value;

    private static string? TakesTexts(List<AddressRow> addresses) =>
        addresses.Find(address => address.Kind == "phone" && address.UndeliverableSince is null && address.TextFailedAt is null)?.Value;

    private static List<Channel> Broken(List<AddressRow> addresses, PostalRow? postal)
    {
        var broken = new List<Channel>();
        if (addresses.Any(address => address.Kind == "email") && Working(addresses, "email") is null) broken.Add(Channel.Email);
        if (addresses.Any(address => address.Kind == "phone"))
        {
            if (Working(addresses, "phone") is null) broken.AddRange([Channel.Phone, Channel.Voice]);
            if (TakesTexts(addresses) is null) broken.Add(Channel.Sms);
        }
        if (postal is { UndeliverableSince: not null }) broken.Add(Channel.Letter);
        return broken;
    }

    private sealed record Known(FactsQuestion Asked, DecisionFacts Facts, List<ContactRow> Own);

    private sealed record PersonRow
    {
        public Guid CustomerId { get; init; }

        public string Name { get; init; } = "";

        public string? TimeZone { get; init; }

        public string? Country { get; init; }
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

    private sealed record PostalRow
    {
        public Guid CustomerId { get; init; }

        public string? Recipient { get; init; }

        public string Street { get; init; } = "";

        public string? PostalCode { get; init; }

        public string City { get; init; } = "";

        public string? Region { get; init; }

        public string Country { get; init; } = "";

        public Instant? UndeliverableSince { get; init; }

        public PostalAddress Address => new() { Recipient = Recipient, Street = Street, PostalCode = PostalCode, City = City, Region = Region, Country = Country };
    }

    private sealed record MomentRow
    {
        public Guid CustomerId { get; init; }

        public Instant? At { get; init; }
    }

    private sealed record SettingRow
    {
        public string Name { get; init; } = "";

        public Json Value { get; init; }
    }

    private sealed record ContactRow
    {
        public Guid CustomerId { get; init; }

        public Guid Id { get; init; }

        public string Purpose { get; init; } = "";

        public Instant At { get; init; }

        public bool IsPromised { get; init; }
    }
}
