using System.Globalization;
using Regard.Layout;

namespace Regard.Changes;

/// <summary>The words of the pages about changes.</summary>
internal static class ChangeText
{
    public static string Kind(string kind) => kind == "price" ? "Prices change" : "Discontinued";

    public static string State(string state) => state switch
    {
        "registered" => "Registered",
        "planned" => "Customers are told",
        "withdrawn" => "Withdrawn",
        "making" => "Being made",
        "draft" => "Draft",
        "starting" => "Starting",
        "started" => "Started",
        "withdrawing" => "Being withdrawn",
        _ => state,
    };

    public static Tone StateTone(string state) => state switch
    {
        "planned" or "started" => Tone.Good,
        "starting" or "making" => Tone.Info,
        "withdrawn" or "withdrawing" => Tone.Neutral,
        _ => Tone.Warning,
    };

    public static string Percent(double share) => (share * 100).ToString(share is > 0 and < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture) + "\u00a0%";

    public static string Replacement(Replacement replacement) => replacement switch
    {
        Changes.Replacement.NotNeeded => "stays",
        Changes.Replacement.AlreadyBought => "knows the replacement",
        Changes.Replacement.Offered => "replacement is new to them",
        _ => "no replacement",
    };

    public static string Channel(string? channel) => channel switch
    {
        null => "not contacted",
        "phone" => "Call",
        "email" => "Mail",
        "portal" => "Portal message",
        "letter" => "Letter",
        _ => channel,
    };

    public static Tone VerdictTone(string? verdict) => verdict switch { "permitted" => Tone.Good, "deferred" => Tone.Info, "refused" => Tone.Danger, _ => Tone.Neutral };

    public static string Verdict(string? verdict) => verdict switch
    {
        "planned" => "planned",
        "permitted" => "done or under way",
        "deferred" => "waits for its day",
        "refused" => "held back",
        "merged" => "joined profile",
        _ => "",
    };

    /// <summary>A price as it stands in a number field: 12.50.</summary>
    public static string? Price(long? minor, string currency) => minor is { } m ? new Money(m, currency).Major.ToString(CultureInfo.InvariantCulture) : null;
}
