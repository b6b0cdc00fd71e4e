using System.Collections.Frozen;
using Regard.Customers;

namespace Regard.Imports;

/// <summary>
/// What the country column of Online Retail tells about a customer. A country with several time zones or languages tells none:
/// not knowing is safer than guessing when somebody may be called.
/// </summary>
internal static class OnlineRetailCountries
{
    private static readonly FrozenDictionary<string, (string? Country, string? Language, string? Zone)> Known =
        new Dictionary<string, (string?, string?, string?)>(StringComparer.OrdinalIgnoreCase)
        {
            ["Australia"] = ("AU", "en", null),
            ["Austria"] = ("AT", "de", "Europe/Vienna"),
            ["Bahrain"] = ("BH", "ar", "Asia/Bahrain"),
            ["Belgium"] = ("BE", null, "Europe/Brussels"),
            ["Brazil"] = ("BR", "pt", null),
            ["Canada"] = ("CA", null, null),
            ["Channel Islands"] = (null, "en", "Europe/Jersey"),
            ["Cyprus"] = ("CY", "el", "Asia/Nicosia"),
            ["Czech Republic"] = ("CZ", "cs", "Europe/Prague"),
            ["Denmark"] = ("DK", "da", "Europe/Copenhagen"),
            ["EIRE"] = ("IE", "en", "Europe/Dublin"),
            ["Finland"] = ("FI", "fi", "Europe/Helsinki"),
            ["France"] = ("FR", "fr", "Europe/Paris"),
            ["Germany"] = ("DE", "de", "Europe/Berlin"),
            ["Greece"] = ("GR", "el", "Europe/Athens"),
            ["Hong Kong"] = ("HK", null, "Asia/Hong_Kong"),
            ["Iceland"] = ("IS", "is", "Atlantic/Reykjavik"),
            ["Israel"] = ("IL", "he", "Asia/Jerusalem"),
            ["Italy"] = ("IT", "it", "Europe/Rome"),
            ["Japan"] = ("JP", "ja", "Asia/Tokyo"),
            ["Lebanon"] = ("LB", "ar", "Asia/Beirut"),
            ["Lithuania"] = ("LT", "lt", "Europe/Vilnius"),
            ["Malta"] = ("MT", null, "Europe/Malta"),
            ["Netherlands"] = ("NL", "nl", "Europe/Amsterdam"),
            ["Norway"] = ("NO", "nb", "Europe/Oslo"),
            ["Poland"] = ("PL", "pl", "Europe/Warsaw"),
            ["Portugal"] = ("PT", "pt", null),
            ["RSA"] = ("ZA", null, "Africa/Johannesburg"),
            ["Saudi Arabia"] = ("SA", "ar", "Asia/Riyadh"),
            ["Singapore"] = ("SG", "en", "Asia/Singapore"),
            ["Spain"] = ("ES", "es", null),
            ["Sweden"] = ("SE", "sv", "Europe/Stockholm"),
            ["Switzerland"] = ("CH", null, "Europe/Zurich"),
            ["USA"] = ("US", "en", null),
            ["United Arab Emirates"] = ("AE", "ar", "Asia/Dubai"),
            ["United Kingdom"] = ("GB", "en", "Europe/London"),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The customer of an id and a country of the file; an unknown or vague country (<c>Unspecified</c>) tells nothing.</summary>
    public static CustomerDraft Customer(string id, string country)
    {
        var known = Known.GetValueOrDefault(country);
        return new CustomerDraft
        {
            Source = OnlineRetailFormat.Source,
            Identities = [IdentityDraft.External(OnlineRetailFormat.Source, id)],
            Country = known.Country,
            Language = known.Language,
            TimeZone = known.Zone,
        };
    }
}
