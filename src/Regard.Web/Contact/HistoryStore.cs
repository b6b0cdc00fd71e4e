using Regard.Customers;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>What reached a customer, what is promised to them, and where they can be reached.</summary>
internal sealed class HistoryStore(UnitOfWork work)
{
    /// <summary>
    /// The facts for a decision. For a new contact, what waits counts as promised; when one of those that wait is decided again, only what
    /// is reserved or made counts, so that promises cannot block each other.
    /// </summary>
    /// <param name="again">The outbox row or task that is decided again; null = a new contact.</param>
    /// <param name="reserves">The channel whose address is locked until the transaction ends, because a contact at it is about to be counted; null = none.</param>
    public async Task<DecisionFacts> ReadAsync(Guid customerId, Wishes wishes, Instant now, Guid? again = null, Channel? reserves = null)
    {
        var since = now - ContactGate.LookBack(wishes);
        DecisionFacts facts;
        byte[]? key;
        List<ContactRow> own = [];
        using (var rows = await work.ManyAsync(
            """
            select time_zone, country, name from customer where customer_id = @customerId and erased_at is null;
            select kind, value, undeliverable_since, complained_at, text_failed_at from identity where customer_id = @customerId and kind in ('email', 'phone')
              order by case when undeliverable_since is null then 0 else 1 end, case when complained_at is null then 0 else 1 end, case when confirmed_at is null then 1 else 0 end, recorded_at desc, identity_id;
            select max(last_order_at) as at from order_rollup where customer_id = @customerId;
            select name, value from setting where name in ('contact_policy', 'contact_link_key', 'message_channels');
            select recipient, street, postal_code, city, region, country, undeliverable_since from postal_address where customer_id = @customerId and ended_at is null
              order by case when undeliverable_since is null then 0 else 1 end, recorded_at desc, address_id desc limit 1;
            select outbox_id as id, purpose, reserved_at as at from outbox where customer_id = @customerId and reserved_at > @since and state in ('in_flight', 'printed', 'sent', 'ambiguous')
              and outbox_id <> @own;
            select outbox_id as id, purpose, not_before as at from outbox where customer_id = @customerId and state = 'queued' and @isNew;
            select task_id as id, purpose, due_at as at from care_task where customer_id = @customerId and state = 'open' and decision_id is not null and @isNew;
            select task_id as id, purpose, finished_at as at from care_task where customer_id = @customerId and state = 'done' and decision_id is not null and finished_at > @since;
            """,
            new { customerId, since, own = again ?? Guid.Empty, isNew = again is null }))
        {
            var customer = await rows.ReadFirstOrDefaultAsync<PersonRow>() ?? new PersonRow();
            var addresses = (await rows.ReadAsync<AddressRow>()).ToList();
            var bought = (await rows.ReadFirstOrDefaultAsync<MomentRow>())?.At;
            var settings = (await rows.ReadAsync<SettingRow>()).ToDictionary(row => row.Name, row => row.Value.Read<string>(), StringComparer.Ordinal);
            key = settings.TryGetValue("contact_link_key", out var text) ? Convert.FromBase64String(text) : null;
            var postal = await rows.ReadFirstOrDefaultAsync<PostalAddress>();
            for (var part = 0; part < 4; part++) own.AddRange(await rows.ReadAsync<ContactRow>());
            facts = new DecisionFacts
            {
                Wishes = wishes,
                Policy = ContactPolicy.Of(settings.GetValueOrDefault("contact_policy", "")) ?? ContactPolicy.Strict,
                Contacts = [.. own.Select(row => new PastContact(row.At, Words.Must<Purpose>(row.Purpose)))],
                TimeZone = customer.TimeZone,
                Country = customer.Country,
                LastPurchaseAt = bought,
                Email = Working(addresses, "email"),
                Phone = Working(addresses, "phone"),
                Text = addresses.Find(address => address.Kind == "phone" && address.UndeliverableSince is null && address.TextFailedAt is null)?.Value,
                Postal = postal is { UndeliverableSince: null } ? postal.Written(customer.Name) : null,
                Offered = OfferedStore.Read(settings.GetValueOrDefault(OfferedStore.Name)),
                Undeliverable = Broken(addresses, postal),
                Objected = addresses.Find(address => address.Kind == "email" && address.UndeliverableSince is null)?.ComplainedAt is null ? [] : [Channel.Email],
            };
        }
        if (key is null && reserves is not null) key = await LinkKeyStore.ReadAsync(work, now);
        return key is null ? facts : await WithAddressesAsync(facts, key, own, new Counting(customerId, since, now, again, reserves));
    }

    // What another profile did at the same address; what is this customer's own stands in their own rows already.
    private async Task<DecisionFacts> WithAddressesAsync(DecisionFacts facts, byte[] key, List<ContactRow> own, Counting counting)
    {
        var keys = new Dictionary<Channel, string>();
        if (AddressStore.KeyOf(Channel.Email, facts.Email, key) is { } mail) keys[Channel.Email] = mail;
        if (AddressStore.KeyOf(Channel.Phone, facts.Phone, key) is { } phone) keys[Channel.Phone] = keys[Channel.Voice] = phone;
        if (AddressStore.KeyOf(Channel.Sms, facts.Text, key) is { } text) keys[Channel.Sms] = text;
        if (keys.Count == 0) return facts;
        var store = new AddressStore(work);
        var locked = counting.Reserves is { } channel ? keys.GetValueOrDefault(channel) : null;
        var known = own.Select(row => row.Id).ToHashSet();
        var counted = (await store.ReadAsync([.. keys.Values.Distinct()], locked, counting.Since))
            .Where(row => row.CustomerId != counting.CustomerId && !known.Contains(row.ContactId) && row.ContactId != counting.Again && (counting.Again is null || row.At <= counting.Now));
        return facts with
        {
            AddressKeys = keys,
            AtAddresses = [.. from row in counted from at in keys where at.Value == row.AddressKey select new AddressContact(at.Key, new PastContact(row.At, Words.Must<Purpose>(row.Purpose)))],
        };
    }

    private static string? Working(List<AddressRow> addresses, string kind) =>
        addresses.FirstOrDefault(address => address.Kind == kind && address.UndeliverableSince is null)?.Value;

    private static List<Channel> Broken(List<AddressRow> addresses, PostalAddress? postal)
    {
        var broken = new List<Channel>();
        if (addresses.Any(address => address.Kind == "email") && Working(addresses, "email") is null) broken.Add(Channel.Email);
        if (addresses.Any(address => address.Kind == "phone"))
        {
            if (Working(addresses, "phone") is null) broken.AddRange([Channel.Phone, Channel.Voice]);
            if (addresses.TrueForAll(address => address.Kind != "phone" || address.UndeliverableSince is not null || address.TextFailedAt is not null)) broken.Add(Channel.Sms);
        }
        if (postal is { UndeliverableSince: not null }) broken.Add(Channel.Letter);
        return broken;
    }

    private sealed record PersonRow
    {
        public string Name { get; init; } = "";

        public string? TimeZone { get; init; }

        public string? Country { get; init; }
    }

    private sealed record AddressRow
    {
        public string Kind { get; init; } = "";

        public string Value { get; init; } = "";

        public Instant? UndeliverableSince { get; init; }

        public Instant? ComplainedAt { get; init; }

        public Instant? TextFailedAt { get; init; }
    }

    private sealed record Counting(Guid CustomerId, Instant Since, Instant Now, Guid? Again, Channel? Reserves);

    private sealed record MomentRow
    {
        public Instant? At { get; init; }
    }

    private sealed record SettingRow
    {
        public string Name { get; init; } = "";

        public Json Value { get; init; }
    }

    private sealed record ContactRow
    {
        public Guid Id { get; init; }

        public string Purpose { get; init; } = "";

        public Instant At { get; init; }
    }
}
