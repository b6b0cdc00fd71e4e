using System.Globalization;
using System.Text.Json;

namespace Regard.Layout;

/// <summary>One row of numbers in a <see cref="Chart"/>.</summary>
/// <param name="Values">One per category; null where nothing is known, which is drawn as a gap and never as zero.</param>
/// <param name="Shape">"bar", "line" or "scatter".</param>
public sealed record ChartSeries(string Name, IReadOnlyList<double?> Values, string Shape = "bar");

/// <summary>What a chart hands to the browser and writes in its table.</summary>
internal static class ChartText
{
    public static string Json(IReadOnlyList<string> categories, IReadOnlyList<ChartSeries> series, string unit, bool stacked, bool horizontal) =>
        JsonSerializer.Serialize(new { categories, series, unit, stacked, horizontal }, JsonSerializerOptions.Web);

    /// <summary>"€1,234.5", "12 %", "–" for null.</summary>
    public static string Number(double? value, string unit)
    {
        if (value is not { } number) return "–";
        var text = number.ToString("#,0.##", CultureInfo.InvariantCulture).Replace('-', '−');
        if (unit.Length == 0) return text;
        return unit is "€" or "£" or "$" or "¥" ? (number < 0 ? "−" : "") + unit + text.TrimStart('−') : $"{text}\u00a0{unit}";
    }
}
