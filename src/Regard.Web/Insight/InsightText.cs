using System.Globalization;
using Regard.Layout;

namespace Regard.Insight;

/// <summary>The words of these pages.</summary>
internal static class InsightText
{
    /// <summary>"12 %", "0.4 %", "below 0.1 %"; "–" for null.</summary>
    public static string Percent(double? share) => share switch
    {
        null => "–",
        > 0 and < 0.001 => "below\u00a00.1\u00a0%",
        { } number => (number * 100).ToString(Math.Abs(number) is > 0 and < 0.1 ? "0.0" : "0", CultureInfo.InvariantCulture).Replace('-', '−') + "\u00a0%",
    };

    /// <summary>With so many decimals; "–" for null.</summary>
    public static string Number(double? number, int decimals) => number?.ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture).TrimEnd('.').Replace('-', '−') ?? "–";

    public static string Digits(double? number) => number?.ToString("G4", CultureInfo.InvariantCulture).Replace('-', '−') ?? "not held by the data";

    public static string Trouble(TroubleKind kind) => kind switch
    {
        TroubleKind.LateDelivery => "Late delivery",
        TroubleKind.Case => "Problem",
        TroubleKind.Return => "Return",
        _ => "Price rise",
    };

    public static string Icon(TroubleKind kind) => kind switch
    {
        TroubleKind.LateDelivery => Icons.Product,
        TroubleKind.Case => Icons.Cases,
        TroubleKind.Return => Icons.Return,
        _ => Icons.Price,
    };

    public static string Trouble(FitTrouble? trouble) => trouble switch
    {
        FitTrouble.NobodyLeaves => "Left out: by these purchases nobody ever leaves, and a simpler model says the same.",
        FitTrouble.EverybodyAlike => "Left out: it cannot tell one customer from another.",
        FitTrouble.NotFound => "Left out: no parameters were found that fit.",
        _ => "",
    };

    public static Tone Verdict(string? verdict) => verdict switch { "permitted" => Tone.Good, "deferred" => Tone.Info, "refused" => Tone.Warning, _ => Tone.Neutral };

    public static string Days(double days) => $"{Number(Math.Round(days), 0)}\u00a0{(Math.Round(days) == 1 ? "day" : "days")}";
}
