using System.Text.Json.Serialization;

namespace Regard.Contact;

/// <summary>What a decision rested on, as it is kept in the ledger: enough to ask the gate again and get the same answer. Holds no address.</summary>
internal sealed record DecisionFacts
{
    private const string Known = "known";

    public required Wishes Wishes { get; init; }

    public IReadOnlyList<PastContact> Contacts { get; init; } = [];

    public string? TimeZone { get; init; }

    public string? Country { get; init; }

    public IReadOnlyList<Channel> Undeliverable { get; init; } = [];

    [JsonIgnore]
    public string? Email { get; init; }

    [JsonIgnore]
    public string? Phone { get; init; }

    public bool HasEmail { get => Email is not null; init => Email = value ? Known : null; }

    public bool HasPhone { get => Phone is not null; init => Phone = value ? Known : null; }

    public ContactHistory History() => new()
    {
        Reach = new Reach { Email = Email, Phone = Phone, Undeliverable = Undeliverable, Zones = ZoneSet.Of(TimeZone, Country) },
        Contacts = Contacts,
    };
}

/// <summary>What was asked of the gate, and on which facts: the document of a ledger entry.</summary>
internal sealed record AskedOf(ContactRequest Request, DecisionFacts Facts);
