using System.Collections.Concurrent;
using System.Globalization;
using NodaTime.Text;

namespace Regard.Customers;

/// <summary>Languages, countries and local times in words for the pages.</summary>
internal static class Places
{
    private static readonly ConcurrentDictionary<string, string> Languages = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, string> Countries = new(StringComparer.Ordinal);
    private static readonly LocalDateTimePattern Clock = LocalDateTimePattern.CreateWithInvariantCulture("ddd HH:mm");

    /// <summary>"German" for "de"; the tag itself when the system does not know it.</summary>
    public static string Language(string tag) => tag.Length > 35 ? tag : Languages.GetOrAdd(tag, static known =>
    {
        try
        {
            var name = CultureInfo.GetCultureInfo(known).EnglishName;
            return name.StartsWith("Unknown", StringComparison.Ordinal) || name.Length == 0 ? known : name;
        }
        catch (CultureNotFoundException)
        {
            return known;
        }
    });

    /// <summary>"Austria" for "AT"; the code itself when the system does not know it.</summary>
    public static string Country(string code) => code.Length != 2 ? code : Countries.GetOrAdd(code, static known =>
    {
        try
        {
            return new RegionInfo(known).EnglishName;
        }
        catch (ArgumentException)
        {
            return known;
        }
    });

    /// <summary>"Tue 20:43 in Vienna": what the customer's clock shows; null when their zone is not known.</summary>
    public static string? LocalTime(string? timeZone, Instant now)
    {
        if (timeZone is null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is not { } zone) return null;
        var city = timeZone[(timeZone.LastIndexOf('/') + 1)..].Replace('_', ' ');
        return $"{Clock.Format(now.InZone(zone).LocalDateTime)} in {city}";
    }

    /// <summary>Between 22:00 and 7:00 by the customer's clock.</summary>
    public static bool IsNight(string? timeZone, Instant now) =>
        timeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is { } zone && now.InZone(zone).Hour is >= 22 or < 7;
}
