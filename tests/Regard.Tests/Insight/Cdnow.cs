using System.Globalization;
using Regard.Kit;

namespace Regard.Insight;

/// <summary>The CDNOW sample of Fader and Hardie: the purchases of 2,357 customers; the first 39 weeks are learned from, times are in weeks.</summary>
internal static class Cdnow
{
    public static readonly LocalDate End = new(1997, 9, 30), Last = new(1998, 6, 30);

    /// <summary>Each customer's days of purchase with what they spent, in the order of the file.</summary>
    public static IReadOnlyList<(int Id, (LocalDate Day, double Amount)[] Days)> Purchases() =>
    [
        .. SharedData.Lines("cdnow/CDNOW_sample.txt").Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(p => (Id: int.Parse(p[1], CultureInfo.InvariantCulture), Day: Date(p[2]), Amount: double.Parse(p[4], CultureInfo.InvariantCulture)))
            .GroupBy(p => p.Id)
            .Select(g => (g.Key, g.GroupBy(p => p.Day).Select(d => (d.Key, d.Sum(p => p.Amount))).OrderBy(d => d.Key).ToArray())),
    ];

    public static BuyingSummary[] Customers() => [.. Purchases().Select(c => Summary(c.Days, End))];

    /// <summary>The same as published in weeks with two decimals.</summary>
    public static BuyingSummary[] Rounded() => [.. SharedData.Lines("cdnow/cdnow_customers_summary.csv").Skip(1).Select(line => line.Split(','))
        .Select(p => new BuyingSummary(int.Parse(p[1], CultureInfo.InvariantCulture), double.Parse(p[2], CultureInfo.InvariantCulture), double.Parse(p[3], CultureInfo.InvariantCulture)))];

    public static Spending[] Spendings() =>
    [
        .. Purchases().Select(c => c.Days.Where(d => d.Day <= End).Skip(1).Select(d => d.Amount).ToArray())
            .Select(amounts => new Spending(amounts.Length, amounts.Length == 0 ? 0 : amounts.Average())),
    ];

    public static BuyingSummary Summary((LocalDate Day, double Amount)[] purchases, LocalDate end)
    {
        var days = purchases.Select(p => p.Day).Where(day => day <= end).ToArray();
        var gaps = days.Zip(days.Skip(1), (a, b) => Math.Log(Weeks(a, b))).Sum();
        return new BuyingSummary(days.Length - 1, Weeks(days[0], days[^1]), Weeks(days[0], end), gaps);
    }

    private static double Weeks(LocalDate from, LocalDate to) => Period.DaysBetween(from, to) / 7.0;

    private static LocalDate Date(string text) => new(int.Parse(text[..4], CultureInfo.InvariantCulture), int.Parse(text[4..6], CultureInfo.InvariantCulture), int.Parse(text[6..], CultureInfo.InvariantCulture));
}
