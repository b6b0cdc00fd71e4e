using NodaTime.Text;

namespace Regard.Layout;

/// <summary>Writes instants for people and for machines.</summary>
internal static class WhenText
{
    private static readonly LocalDateTimePattern Full = LocalDateTimePattern.CreateWithInvariantCulture("d MMM uuuu, HH:mm");
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMM uuuu");
    private static readonly InstantPattern Seconds = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>"22 Nov 2026, 18:58", or without the time of day.</summary>
    public static string For(Instant at, DateTimeZone zone, bool dateOnly)
    {
        var local = at.InZone(zone).LocalDateTime;
        return dateOnly ? Day.Format(local.Date) : Full.Format(local);
    }

    /// <summary>"22 Nov 2026".</summary>
    public static string For(LocalDate date) => Day.Format(date);

    /// <summary>ISO 8601 in UTC, to the second.</summary>
    public static string Machine(Instant at) => Seconds.Format(at);

    /// <summary>"just now", "5 min ago", "in 2 hours", "3 days ago"; null when a week or more away, where a date says more.</summary>
    public static string? Distance(Instant at, Instant now)
    {
        var span = at - now;
        var past = span < Duration.Zero;
        var size = past ? -span : span;
        if (size >= Duration.FromDays(7)) return null;
        if (size < Duration.FromMinutes(1)) return past ? "just now" : "now";
        var words = size switch
        {
            _ when size < Duration.FromHours(1) => $"{(int)size.TotalMinutes} min",
            _ when size < Duration.FromDays(1) => Count((int)size.TotalHours, "hour"),
            _ => Count((int)size.TotalDays, "day"),
        };
        return past ? $"{words} ago" : $"in {words}";
    }

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{number} {unit}s";
}
