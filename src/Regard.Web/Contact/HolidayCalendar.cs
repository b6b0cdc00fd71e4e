using System.Collections.Frozen;
using System.Globalization;
using NodaTime.TimeZones;

namespace Regard.Contact;

/// <summary>
/// The public holidays of countries, from <c>holidays.txt</c> (see <c>web/holidays.mjs</c>). A day that any part of the country keeps
/// counts: we do not know in which part a customer lives.
/// </summary>
internal static class HolidayCalendar
{
    // After the last year of the table, a day counts that was kept in any of its years: more than will be kept, never less but by a moving feast.
    private const int YearsBeyond = 15;

    private static readonly Lazy<FrozenDictionary<string, PublicHolidays>> Countries = new(Read);
    private static readonly Lazy<PublicHolidays> WidelyKept = new(Common);

    /// <summary>The last year of the table.</summary>
    public static int LastYear { get; private set; }

    /// <summary>
    /// The days on which somebody is not to be interrupted. Without a country, the country of their time zone; without either, or for a
    /// country that the table does not know, the days that a quarter of all countries keep.
    /// </summary>
    public static PublicHolidays Of(string? country, string? timeZone) =>
        (country ?? CountryOf(timeZone)) is { } code && Countries.Value.TryGetValue(code, out var holidays) ? holidays : WidelyKept.Value;

    private static string? CountryOf(string? timeZone) => timeZone is null
        ? null
        : TzdbDateTimeZoneSource.Default.ZoneLocations!.FirstOrDefault(location => location.ZoneId == timeZone)?.CountryCode;

    private static FrozenDictionary<string, PublicHolidays> Read() => Lines()
        .GroupBy(line => line.Country, StringComparer.Ordinal)
        .ToFrozenDictionary(lines => lines.Key, lines => PublicHolidays.Of(lines.SelectMany(line => line.Days).Concat(Beyond([.. lines.SelectMany(line => line.Days)]))), StringComparer.OrdinalIgnoreCase);

    private static PublicHolidays Common()
    {
        var lines = Lines();
        var countries = lines.Select(line => line.Country).Distinct(StringComparer.Ordinal).Count();
        var days = lines.SelectMany(line => line.Days).GroupBy(day => day).Where(same => same.Count() * 4 >= countries).Select(same => same.Key).ToList();
        return PublicHolidays.Of(days.Concat(Beyond(days)));
    }

    private static IEnumerable<LocalDate> Beyond(IReadOnlyList<LocalDate> days) =>
        from day in days.Select(day => new AnnualDate(day.Month, day.Day)).Distinct()
        from year in Enumerable.Range(LastYear + 1, YearsBeyond)
        select day.InYear(year);

    private static List<(string Country, IReadOnlyList<LocalDate> Days)> Lines()
    {
        using var stream = typeof(HolidayCalendar).Assembly.GetManifestResourceStream("holidays.txt")!;
        using var reader = new StreamReader(stream);
        var lines = new List<(string, IReadOnlyList<LocalDate>)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var words = line.Split(' ');
            var year = Number(words[1]);
            LastYear = Math.Max(LastYear, year);
            lines.Add((words[0], [.. words.Skip(2).Select(day => new LocalDate(year, Number(day[..2]), Number(day[2..])))]));
        }
        return lines;
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
