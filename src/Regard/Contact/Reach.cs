namespace Regard.Contact;

/// <summary>Where and when a customer can be reached at all: facts, not wishes.</summary>
public sealed record Reach
{
    private readonly ZoneSet? _zones;

    /// <summary>The e-mail address; null = none that works is known.</summary>
    public string? Email { get; init; }

    /// <summary>The telephone number, E.164; null = none that works is known.</summary>
    public string? Phone { get; init; }

    /// <summary>The number for text messages, E.164; null = none at which they arrive, or the house sends none.</summary>
    public string? Text { get; init; }

    /// <summary>The number for calls by a machine, E.164; null = none that works is known, or the house makes none.</summary>
    public string? Spoken { get; init; }

    /// <summary>The postal address, lines apart by a line feed; null = none that works is known.</summary>
    public string? Postal { get; init; }

    /// <summary>The channels for which there is an address that is known not to work.</summary>
    public IReadOnlyList<Channel> Undeliverable { get; init; } = [];

    /// <summary>The channels that the house does not use at all.</summary>
    public IReadOnlyList<Channel> NotOffered { get; init; } = [];

    /// <summary>The channels at whose address a contact of ours was reported as unwanted: not used for what we begin until they were asked.</summary>
    public IReadOnlyList<Channel> Objected { get; init; } = [];

    /// <summary>The time zones in which the customer may be. Without more knowledge: all.</summary>
    public ZoneSet Zones { get => _zones ?? ZoneSet.Of(null, null); init => _zones = value; }

    /// <summary>The days on which their country rests. Whoever does not know the country hands in the days that it may be.</summary>
    public PublicHolidays Holidays { get; init; } = PublicHolidays.None;

    /// <summary>The address at which a purpose may use a channel; null = there is none.</summary>
    public string? For(Channel channel, Purpose purpose) => purpose.IsOurInitiative() && Objected.Contains(channel) ? null : For(channel);

    /// <summary>The address for a channel; null = there is none. The portal needs none.</summary>
    public string? For(Channel channel) => channel switch
    {
        Channel.Email => Email,
        Channel.Phone => Phone,
        Channel.Sms => Text,
        Channel.Voice => Spoken,
        Channel.Letter or Channel.Visit => Postal,
        _ => "portal",
    };
}
