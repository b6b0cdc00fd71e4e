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
    public async Task<DecisionFacts> ReadAsync(Guid customerId, Wishes wishes, ContactPolicy policy, Instant now, Guid? again = null)
    {
        var since = now - ContactGate.LookBack(wishes, policy);
        using var rows = await work.ManyAsync(
            """
            select time_zone, country from customer where customer_id = @customerId and erased_at is null;
            select kind, value, undeliverable_since from identity where customer_id = @customerId and kind in ('email', 'phone')
              order by case when undeliverable_since is null then 0 else 1 end, case when confirmed_at is null then 1 else 0 end, recorded_at desc, identity_id;
            select purpose, reserved_at as at from outbox where customer_id = @customerId and reserved_at > @since and state in ('in_flight', 'sent', 'ambiguous')
              and outbox_id <> @own;
            select purpose, not_before as at from outbox where customer_id = @customerId and state = 'queued' and @isNew;
            select purpose, due_at as at from care_task where customer_id = @customerId and state = 'open' and decision_id is not null and @isNew;
            select purpose, finished_at as at from care_task where customer_id = @customerId and state = 'done' and decision_id is not null and finished_at > @since;
            """,
            new { customerId, since, own = again ?? Guid.Empty, isNew = again is null });
        var customer = await rows.ReadFirstOrDefaultAsync<PersonRow>() ?? new PersonRow();
        var addresses = (await rows.ReadAsync<AddressRow>()).ToList();
        var contacts = new List<PastContact>();
        for (var part = 0; part < 4; part++) contacts.AddRange((await rows.ReadAsync<ContactRow>()).Select(row => new PastContact(row.At, Words.Must<Purpose>(row.Purpose))));
        return new DecisionFacts
        {
            Wishes = wishes,
            Contacts = contacts,
            TimeZone = customer.TimeZone,
            Country = customer.Country,
            Email = Working(addresses, "email"),
            Phone = Working(addresses, "phone"),
            Undeliverable = [.. Broken(addresses, "email", Channel.Email), .. Broken(addresses, "phone", Channel.Phone)],
        };
    }

    private static string? Working(List<AddressRow> addresses, string kind) =>
        addresses.FirstOrDefault(address => address.Kind == kind && address.UndeliverableSince is null)?.Value;

    private static IEnumerable<Channel> Broken(List<AddressRow> addresses, string kind, Channel channel) =>
        addresses.Any(address => address.Kind == kind) && Working(addresses, kind) is null ? [channel] : [];

    private sealed record PersonRow
    {
        public string? TimeZone { get; init; }

        public string? Country { get; init; }
    }

    private sealed record AddressRow
    {
        public string Kind { get; init; } = "";

        public string Value { get; init; } = "";

        public Instant? UndeliverableSince { get; init; }
    }

    private sealed record ContactRow
    {
        public string Purpose { get; init; } = "";

        public Instant At { get; init; }
    }
}
