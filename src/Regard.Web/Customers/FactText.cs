using Regard.Layout;

namespace Regard.Customers;

/// <summary>Facts about a customer in words.</summary>
internal static class FactText
{
    /// <summary>Topics that the form offers; any other word is as good.</summary>
    public static readonly IReadOnlyList<string> Topics = ["need", "buying_criterion", "size", "allergy", "delivery", "family", "interest", "occasion"];

    /// <summary>"Buying criterion" for "buying_criterion".</summary>
    public static string Topic(string topic)
    {
        var words = topic.Replace('_', ' ');
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    public static string Basis(FactBasis basis) => basis switch
    {
        FactBasis.Told => "they told us",
        FactBasis.Observed => "seen by us",
        _ => "imported",
    };

    public static string Day(Instant at) => WhenText.For(at, DateTimeZone.Utc, dateOnly: true);
}
