namespace Regard.Contact;

/// <summary>A country in which whoever bought lately may be written to about similar goods of the house until they say no.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Days">How long after the last purchase it holds; where the law names no time, the house's own.</param>
/// <param name="Ground">The law it rests on. The house's reading of it, which its lawyer confirms.</param>
public sealed record RelationshipRule(string Country, int Days, string Ground)
{
    // Where the law names no time: two years after the last purchase nobody expects it any more.
    private const int OurOwn = 730;

    private static readonly string[] Union =
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
    ];

    /// <summary>The countries of which the house knows such a rule.</summary>
    public static IReadOnlyList<RelationshipRule> Known { get; } =
    [
        .. Union.Select(country => new RelationshipRule(country, OurOwn, "Directive 2002/58/EC, art. 13(2)")),
        new("GB", OurOwn, "Privacy and Electronic Communications Regulations 2003, reg. 22(3)"),
        new("CH", OurOwn, "UWG, art. 3(1)(o)"),
        new("US", OurOwn, "CAN-SPAM Act, 15 U.S.C. 7704"),
        new("CA", 730, "CASL, s. 10(10): two years after a purchase"),
        new("AU", OurOwn, "Spam Act 2003, schedule 2"),
        new("NZ", OurOwn, "Unsolicited Electronic Messages Act 2007, s. 4"),
    ];
}
