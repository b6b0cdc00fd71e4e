using NodaTime.Text;

namespace Regard.Layout;

/// <summary>Writes instants for people and for machines.</summary>
internal static class WhenText
{
    private static readonly InstantPattern Seconds = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>"22 Nov 2026, 18:58", or without the time of day.</summary>
    public static string For(Instant at, DateTimeZone zone, bool dateOnly, HouseLanguage language = HouseLanguage.English)
    {
        var local = at.InZone(zone).LocalDateTime;
        return dateOnly ? DayText.Of(local.Date, language) : DayText.Of(local, language);
    }

    /// <summary>"22 Nov 2026".</summary>
    public static string For(LocalDate date) => DayText.Of(date, HouseLanguage.English);

    /// <summary>ISO 8601 in UTC, to the second.</summary>
    public static string Machine(Instant at) => Seconds.Format(at);

    /// <summary>"just now", "5 min ago", "in 2 hours", "3 days ago"; null when a week or more away, where a date says more.</summary>
    public static string? Distance(Instant at, Instant now, HouseLanguage language = HouseLanguage.English)
    {
        var span = at - now;
        var past = span < Duration.Zero;
        var size = past ? -span : span;
        if (size >= Duration.FromDays(7)) return null;
        if (size < Duration.FromMinutes(1)) return (past ? FramePhrases.JustNow : FramePhrases.Now).In(language);
        var words = size switch
        {
            _ when size < Duration.FromHours(1) => FramePhrases.Minutes.In(language, (int)size.TotalMinutes),
            _ when size < Duration.FromDays(1) => Count((int)size.TotalHours, FramePhrases.Hour, FramePhrases.Hours).In(language, (int)size.TotalHours),
            _ => Count((int)size.TotalDays, FramePhrases.Day, FramePhrases.Days).In(language, (int)size.TotalDays),
        };
        return (past ? FramePhrases.Ago : FramePhrases.Ahead).In(language, words);
    }

    private static Phrase Count(int number, Phrase one, Phrase many) => number == 1 ? one : many;
}
