namespace Regard.Changes;

/// <summary>Months as the rollups write them: year × 100 + month.</summary>
internal static class Months
{
    public static int Number(YearMonth month) => (month.Year * 100) + month.Month;

    public static YearMonth Read(int number) => new(number / 100, number % 100);

    /// <summary>The twelve whole months before a day.</summary>
    public static (int From, int Until) Year(LocalDate day)
    {
        var current = day.ToYearMonth();
        return (Number(current.PlusMonths(-12)), Number(current.PlusMonths(-1)));
    }
}
