namespace Regard.Orders;

/// <summary>A week in UTC, named by its Monday: the key of weekly rollups, in order of time.</summary>
public static class Week
{
    /// <summary>The Monday of the week that an instant falls in.</summary>
    public static LocalDate Of(Instant at) => Of(at.InUtc().Date);

    /// <summary>The Monday of the week that a day falls in.</summary>
    public static LocalDate Of(LocalDate day) => day.PlusDays(1 - (int)day.DayOfWeek);

    /// <summary>The first instant of a week.</summary>
    public static Instant Start(LocalDate monday) => monday.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
}
