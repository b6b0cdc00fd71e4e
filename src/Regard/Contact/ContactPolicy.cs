using System.Collections.Frozen;

namespace Regard.Contact;

/// <summary>What holds for customers who said nothing about a matter. It can be stricter than a wish, and never permits what a wish refuses.</summary>
public sealed record ContactPolicy
{
    private static readonly WeekHours CivilHours = WeekHours.Of(
    [
        new ContactWindow([IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday], new LocalTime(9, 0), new LocalTime(20, 0)),
        new ContactWindow([IsoDayOfWeek.Saturday], new LocalTime(10, 0), new LocalTime(18, 0)),
    ]);

    /// <summary>The policy of a new house: strict.</summary>
    public static ContactPolicy Strict { get; } = new()
    {
        Version = "strict-1",
        Defaults =
        [
            new PurposeWish(Purpose.Service, [Channel.Email, Channel.Portal, Channel.Phone, Channel.Letter]),
            new PurposeWish(Purpose.Care, [Channel.Phone, Channel.Email, Channel.Portal, Channel.Letter]),
            new PurposeWish(Purpose.Legal, [Channel.Portal, Channel.Email, Channel.Letter]),
        ],
        Limits = [new ContactLimit(Purpose.Care, 4, 30), new ContactLimit(Purpose.Marketing, 4, 30), new ContactLimit(Purpose.Research, 1, 30)],
    };

    /// <summary>
    /// The same, and where the law of the customer's country lets an existing relationship suffice for marketing by e-mail, it suffices.
    /// </summary>
    public static ContactPolicy ByCountry { get; } = Strict with { Version = "country-1", Relationships = RelationshipRule.Known };

    /// <summary>Every policy that a decision was ever made under, so that it can be decided again.</summary>
    public static IReadOnlyList<ContactPolicy> All { get; } = [Strict, ByCountry];

    private static readonly ChannelOrder Mail = ChannelOrder.Of([Channel.Email]);

    private readonly FrozenDictionary<string, RelationshipRule> _relationships = FrozenDictionary<string, RelationshipRule>.Empty;
    private readonly ChannelOrder[] _defaults = new ChannelOrder[Purposes.All.Count];

    /// <summary>The policy of a version; null = there is none.</summary>
    public static ContactPolicy? Of(string version) => All.FirstOrDefault(policy => policy.Version == version);

    /// <summary>Its name in decision records: two policies that differ have different versions.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// The channels for each purpose, the best first, for customers who named none. Marketing and research have none: a list given for
    /// them is ignored.
    /// </summary>
    public IReadOnlyList<PurposeWish> Defaults
    {
        get => [.. Purposes.All.Where(p => !_defaults[(int)p].IsEmpty).Select(p => new PurposeWish(p, _defaults[(int)p].ToList()))];
        init
        {
            foreach (var given in value.Where(given => !given.Purpose.NeedsOwnYes())) _defaults[(int)given.Purpose] = ChannelOrder.Of(given.Channels);
        }
    }

    /// <summary>How often customers are contacted at most, whatever they said; a customer's own limit holds as well.</summary>
    public IReadOnlyList<ContactLimit> Limits { get => [.. Rules]; init => Rules = [.. value]; }

    /// <summary>
    /// Where an existing relationship suffices for marketing by e-mail, country by country. A country that is not listed, and one that is
    /// not known, needs the customer's own confirmed yes.
    /// </summary>
    public IReadOnlyList<RelationshipRule> Relationships
    {
        get => [.. _relationships.Values.OrderBy(rule => rule.Country, StringComparer.Ordinal)];
        init => _relationships = value.ToFrozenDictionary(rule => rule.Country, StringComparer.OrdinalIgnoreCase);
    }

    internal ContactLimit[] Rules { get; private init; } = [];

    /// <summary>The hours in which somebody who named none may be interrupted: Monday to Friday 9 to 20, Saturday 10 to 18, in their time.</summary>
    internal static WeekHours Civil => CivilHours;

    internal ChannelOrder Default(Purpose purpose) => _defaults[(int)purpose];

    internal ChannelOrder DefaultFor(Purpose purpose, ContactHistory history, Instant now) =>
        purpose == Purpose.Marketing && Suffices(history, now) ? Mail : _defaults[(int)purpose];

    private bool Suffices(ContactHistory history, Instant now) =>
        history is { Country: { } country, LastPurchaseAt: { } bought } && _relationships.TryGetValue(country, out var rule)
        && bought <= now && now - bought < Duration.FromDays(rule.Days);
}
