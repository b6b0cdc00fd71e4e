using System.Globalization;
using Regard.Layout;

namespace Regard.Insight;

/// <summary>Groups, measures and differences in words.</summary>
internal static class ParityNames
{
    /// <summary>"Customers who write Spanish".</summary>
    public static string Of(ParityGrouping grouping, string group) => grouping switch
    {
        ParityGrouping.Newness => group == "newcomer" ? "Newcomers" : "Customers who bought before",
        ParityGrouping.Language => $"Customers who write {Language(group)}",
        ParityGrouping.Channel => $"Cases that came by {group}",
        ParityGrouping.Wish => group == "said" ? "Customers who said how they want to be contacted" : "Customers who said nothing about being contacted",
        _ => $"Level {group}",
    };

    /// <summary>The same where there is little room: "Spanish", "by phone".</summary>
    public static string Short(ParityGrouping grouping, string group) => grouping switch
    {
        ParityGrouping.Newness => group == "newcomer" ? "Newcomers" : "Regulars",
        ParityGrouping.Language => Language(group),
        ParityGrouping.Channel => $"by {group}",
        ParityGrouping.Wish => group == "said" ? "Said a wish" : "Said no wish",
        _ => group,
    };

    public static string Of(ParityMeasure measure) => measure switch
    {
        ParityMeasure.FirstAnswer => "First answer",
        ParityMeasure.Resolution => "Resolved",
        ParityMeasure.BrokenPromise => "Promise broken",
        ParityMeasure.Wait => "Wait on the line",
        _ => "Gave up waiting",
    };

    public static string Of(ParityGrouping grouping) => grouping switch
    {
        ParityGrouping.Newness => "Newness",
        ParityGrouping.Language => "Language",
        ParityGrouping.Channel => "Channel",
        ParityGrouping.Wish => "Wishes",
        _ => "Level",
    };

    /// <summary>"the same", "different" or "cannot tell yet".</summary>
    public static string Of(ParityVerdict verdict) => Words.Of(verdict).Replace('_', ' ') is var word && verdict == ParityVerdict.Same ? "the same" : word;

    public static Tone ToneOf(ParityVerdict verdict) => verdict switch { ParityVerdict.Same => Tone.Good, ParityVerdict.Different => Tone.Danger, _ => Tone.Neutral };

    /// <summary>What is typical: "5.3 hours", "12 min", "34 %".</summary>
    public static string Typical(ParityMeasure measure, double value) => !measure.IsTime()
        ? value.ToString("0 %", CultureInfo.InvariantCulture)
        : value switch
        {
            < 1 => string.Create(CultureInfo.InvariantCulture, $"{value * 60:0}\u00a0min"),
            < 48 => string.Create(CultureInfo.InvariantCulture, $"{value:0.0}\u00a0hours"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{value / 24:0.0}\u00a0days"),
        };

    /// <summary>"2.9 times as long", "12 points more".</summary>
    public static string Difference(ParityMeasure measure, double value) => measure.IsTime()
        ? string.Create(CultureInfo.InvariantCulture, $"{value:0.00} times as long")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(value) * 100:0.0} points {(value < 0 ? "less" : "more")}");

    /// <summary>"between 2.2 and 3.7".</summary>
    public static string Between(ParityMeasure measure, double low, double high) => measure.IsTime()
        ? string.Create(CultureInfo.InvariantCulture, $"between {low:0.00} and {high:0.00}")
        : string.Create(CultureInfo.InvariantCulture, $"between {low * 100:0.0} and {high * 100:0.0} points").Replace("-", "−", StringComparison.Ordinal);

    private static string Language(string tag)
    {
        try
        {
            return CultureInfo.GetCultureInfo(tag).EnglishName is var name && name.StartsWith("Unknown", StringComparison.Ordinal) ? tag : name;
        }
        catch (CultureNotFoundException)
        {
            return tag;
        }
    }
}
