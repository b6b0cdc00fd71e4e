using System.Globalization;
using Regard.Orders;

namespace Regard.Customers;

/// <summary>Months as whole numbers (year * 100 + month) on a chart's axis.</summary>
internal static class SalesMonths
{
    /// <summary>Every month from the earliest of these to the present one, also those without sales: a gap is to be seen.</summary>
    public static IReadOnlyList<int> Between(IReadOnlyCollection<int> months, Instant now)
    {
        if (months.Count == 0) return [];
        var shown = new List<int>();
        for (var month = months.Min(); month <= Month.Of(now); month = Month.Add(month, 1)) shown.Add(month);
        return shown;
    }

    /// <summary>"Nov 2026" for 202611.</summary>
    public static string Name(int month) => new LocalDate(month / 100, month % 100, 1).ToString("MMM uuuu", CultureInfo.InvariantCulture);
}
