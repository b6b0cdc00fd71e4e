namespace Regard.Changes;

/// <summary>Spreads work over the days before a change. Saturdays and Sundays are free; public holidays are not known here.</summary>
public static class WorkingDays
{
    /// <summary>Days kept free before the effective date, so that who is reached late still has time to act.</summary>
    public const int DaysOfGrace = 2;

    /// <summary>
    /// The days on which work may be due: from tomorrow to <see cref="DaysOfGrace"/> days before the change, without weekends. When
    /// no such day is left: today.
    /// </summary>
    public static IReadOnlyList<LocalDate> Before(LocalDate effectiveOn, LocalDate today)
    {
        var days = new List<LocalDate>();
        for (var day = today.PlusDays(1); day <= effectiveOn.PlusDays(-DaysOfGrace); day = day.PlusDays(1))
        {
            if (day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday)) days.Add(day);
        }
        return days.Count == 0 ? [today] : days;
    }

    /// <summary>The day for piece number <paramref name="index"/> (from 0) of <paramref name="count"/>: evenly over the days, in order.</summary>
    public static LocalDate For(int index, int count, IReadOnlyList<LocalDate> days) => days[(int)((long)index * days.Count / Math.Max(1, count))];
}
