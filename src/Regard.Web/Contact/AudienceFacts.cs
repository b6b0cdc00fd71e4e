using System.Security.Cryptography;
using System.Text;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>What is known of the addresses of one kind.</summary>
internal enum AddressStanding
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>None of them works.</summary>
    Broken,

    /// <summary>One works, and was not reported as unwanted.</summary>
    Works,

    /// <summary>Those that work were all reported as unwanted.</summary>
    Objected,
}

/// <summary>
/// All that the gate asks of a customer, but what reached them and what they bought: customers with the same facts are one class, and are
/// decided for once. Holds no address and no word of theirs.
/// </summary>
internal sealed record AudienceFacts
{
    public required Wishes Wishes { get; init; }

    public string? TimeZone { get; init; }

    public string? Country { get; init; }

    /// <summary>The language in which they are written to.</summary>
    public string Language { get; init; } = "";

    public AddressStanding Email { get; init; }

    public AddressStanding Phone { get; init; }

    /// <summary>Of the numbers: whether text messages arrive at one.</summary>
    public AddressStanding Text { get; init; }

    /// <summary>Where letters go.</summary>
    public AddressStanding Postal { get; init; }

    /// <summary>The name of wishes that have no sayer: the same have the same on any machine.</summary>
    public static string KeyOf(Json wishes) => Convert.ToHexStringLower(Hash(CanonicalJson.Of(wishes)).AsSpan(0, 12));

    /// <summary>The name of the class, likewise.</summary>
    public Guid KeyWith(string wishesKey) =>
        new(Hash(string.Join('\n', wishesKey, TimeZone, Country, Language, Words.Of(Email), Words.Of(Phone), Words.Of(Text), Words.Of(Postal))).AsSpan(0, 16), bigEndian: true);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    /// <summary>The facts as the gate takes them, of a customer of this class whom nothing reached yet.</summary>
    /// <param name="offered">Which of the channels that need a provider the house has.</param>
    public DecisionFacts ForGate(ContactPolicy policy, IReadOnlyList<Channel> offered, Instant? lastPurchaseAt = null) => new()
    {
        Wishes = Wishes,
        Policy = policy,
        TimeZone = TimeZone,
        Country = Country,
        LastPurchaseAt = lastPurchaseAt,
        HasEmail = Email is AddressStanding.Works or AddressStanding.Objected,
        HasPhone = Phone is AddressStanding.Works,
        HasText = Text == AddressStanding.Works,
        HasPostal = Postal == AddressStanding.Works,
        Offered = offered.Count == 0 ? null : offered,
        Undeliverable = [.. Broken(Email, Channel.Email), .. Broken(Phone, Channel.Phone), .. Broken(Phone, Channel.Voice), .. Broken(Text, Channel.Sms), .. Broken(Postal, Channel.Letter)],
        Objected = Email == AddressStanding.Objected ? [Channel.Email] : [],
    };

    /// <summary>All but the wishes that the gate asks of: many classes have the same.</summary>
    public AudienceReach Reach => new(TimeZone, Country, Email, Phone, Text, Postal);

    private static IEnumerable<Channel> Broken(AddressStanding standing, Channel channel) => standing == AddressStanding.Broken ? [channel] : [];
}

/// <summary>Where and by which ways customers are reached.</summary>
internal sealed record AudienceReach(string? TimeZone, string? Country, AddressStanding Email, AddressStanding Phone, AddressStanding Text, AddressStanding Postal);
