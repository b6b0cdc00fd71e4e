namespace Regard.Contact;

/// <summary>Days on which a country rests: nobody is interrupted on them unless they asked for it. A fact that is handed in; immutable.</summary>
public sealed class PublicHolidays
{
    private readonly int _first;
    private readonly ulong[] _days;

    private PublicHolidays(IReadOnlyList<int> days)
    {
        _first = days.Count == 0 ? 0 : days.Min();
        _days = new ulong[days.Count == 0 ? 0 : (days.Max() - _first) / 64 + 1];
        foreach (var day in days) _days[(day - _first) / 64] |= 1UL << ((day - _first) % 64);
    }

    /// <summary>No day at all.</summary>
    public static PublicHolidays None { get; } = new([]);

    /// <summary>These days, in any order; dates of the Gregorian calendar.</summary>
    public static PublicHolidays Of(IEnumerable<LocalDate> dates) => new([.. dates.Select(DayOf)]);

    /// <summary>Whether a date is one of them.</summary>
    public bool Contains(LocalDate date) => Contains(DayOf(date));

    /// <summary>Those of them from <paramref name="first"/> to <paramref name="last"/>, both included, in their order.</summary>
    public IReadOnlyList<LocalDate> Between(LocalDate first, LocalDate last)
    {
        var dates = new List<LocalDate>();
        for (var day = Math.Max(DayOf(first), _first); day <= Math.Min(DayOf(last), _first + _days.Length * 64 - 1); day++)
            if (Contains(day))
                dates.Add(DateOf(day));
        return dates;
    }

    /// <summary>Whether a day, counted from 1970-01-01, is one of them.</summary>
    internal bool Contains(int day)
    {
        var n = day - _first;
        return (uint)n < (uint)(_days.Length * 64) && (_days[n >> 6] >> (n & 63) & 1) != 0;
    }

    private static int DayOf(LocalDate date) => Period.DaysBetween(new LocalDate(1970, 1, 1), date);

    private static LocalDate DateOf(int day) => new LocalDate(1970, 1, 1).PlusDays(day);
}
