using System.Text.Json.Serialization;

namespace Regard.Contact;

/// <summary>What a decision rested on, as it is kept in the ledger: enough to ask the gate again and get the same answer. Holds no address.</summary>
internal sealed record DecisionFacts
{
    private const string Known = "known";

    private PublicHolidays? _holidays;

    public required Wishes Wishes { get; init; }

    public IReadOnlyList<PastContact> Contacts { get; init; } = [];

    public IReadOnlyList<AddressContact> AtAddresses { get; init; } = [];

    public string? TimeZone { get; init; }

    public string? Country { get; init; }

    public Instant? LastPurchaseAt { get; init; }

    /// <summary>The public holidays that the decision could meet; null = those of the calendar.</summary>
    public IReadOnlyList<LocalDate>? Holidays { get; init; }

    public IReadOnlyList<Channel> Undeliverable { get; init; } = [];

    public IReadOnlyList<Channel> Objected { get; init; } = [];

    /// <summary>Which of the channels that need a provider the house has; null = none.</summary>
    public IReadOnlyList<Channel>? Offered { get; init; }

    [JsonIgnore]
    public ContactPolicy Policy { get; init; } = ContactPolicy.Strict;

    [JsonIgnore]
    public string? Email { get; init; }

    [JsonIgnore]
    public string? Phone { get; init; }

    /// <summary>The number at which text messages arrive; null = none is known.</summary>
    [JsonIgnore]
    public string? Text { get; init; }

    [JsonIgnore]
    public string? Postal { get; init; }

    /// <summary>Under which names contacts at the customer's addresses are counted, by channel.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<Channel, string> AddressKeys { get; init; } = new Dictionary<Channel, string>();

    public bool HasEmail { get => Email is not null; init => Email = value ? Known : null; }

    public bool HasPhone { get => Phone is not null; init => Phone = value ? Known : null; }

    /// <summary>True or null: the ledger of a house without text messages says nothing of them.</summary>
    public bool? HasText { get => Text is null || Offered is null ? null : true; init => Text = value == true ? Known : null; }

    /// <summary>True or null.</summary>
    public bool? HasPostal { get => Postal is null ? null : true; init => Postal = value == true ? Known : null; }

    /// <summary>What the gate answers on these facts; nothing else is looked at.</summary>
    public ContactVerdict Ask(ContactRequest request, Instant now) => ContactGate.Ask(Wishes, History(), Policy, request, now);

    /// <summary>The facts with the holidays that matter until the request is useless, so that the same decision follows from them in ten years.</summary>
    public DecisionFacts Kept(ContactRequest request, Instant now) => this with
    {
        Holidays = Calendar.Between(now.InUtc().Date.PlusDays(-2), Instant.Max(now, request.LatestUseful).InUtc().Date.PlusDays(2)),
    };

    private PublicHolidays Calendar => _holidays ??= Holidays is null ? HolidayCalendar.Of(Country, TimeZone) : PublicHolidays.Of(Holidays);

    private bool Has(Channel channel) => Offered is not null && Offered.Contains(channel);

    /// <summary>Where the customer is reached, and what reached them, as the gate takes it.</summary>
    public ContactHistory History() => new()
    {
        Reach = new Reach
        {
            Email = Email,
            Phone = Phone,
            Text = Has(Channel.Sms) ? Text : null,
            Spoken = Has(Channel.Voice) ? Phone : null,
            Postal = Postal,
            NotOffered = Offered is null ? OfferedStore.NeedProvider : [.. OfferedStore.NeedProvider.Where(channel => !Has(channel))],
            Undeliverable = Undeliverable,
            Objected = Objected,
            Zones = ZoneSet.Of(TimeZone, Country),
            Holidays = Calendar,
        },
        Contacts = Contacts,
        AtAddresses = AtAddresses,
        Country = Country,
        LastPurchaseAt = LastPurchaseAt,
    };
}

/// <summary>What was asked of the gate, and on which facts: the document of a ledger entry.</summary>
internal sealed record AskedOf(ContactRequest Request, DecisionFacts Facts);
