using System.Globalization;
using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>Reads a mail's date (RFC 5322, 3.3, with its obsolete forms).</summary>
public static partial class MailDate
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>The moment that a date names; null = it names none. A zone that nobody knows counts as UTC.</summary>
    public static Instant? Read(string? value)
    {
        if (value is null || Form().Match(value) is not { Success: true } match) return null;
        int Number(string name) => int.TryParse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var year = Number("year");
        if (match.Groups["year"].Length < 4) year += year < 50 ? 2000 : 1900;
        var month = Array.IndexOf(Months, match.Groups["month"].Value.ToLowerInvariant()) + 1;
        var (day, hour, minute, second) = (Number("day"), Number("hour"), Number("minute"), Math.Min(59, Number("second")));
        if (year is < 1900 or > 9998 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month) || hour > 23 || minute > 59) return null;
        var at = new LocalDateTime(year, month, day, hour, minute, second).InUtc().ToInstant();
        return at - Duration.FromMinutes(Offset(match.Groups["zone"].Value));
    }

    private static int Offset(string zone)
    {
        if (zone.Length == 5 && zone[0] is '+' or '-' && int.TryParse(zone.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return (zone[0] == '-' ? -1 : 1) * ((number / 100 * 60) + (number % 100));
        return zone.ToUpperInvariant() switch
        {
            "EST" or "CDT" => -300,
            "EDT" => -240,
            "CST" or "MDT" => -360,
            "MST" or "PDT" => -420,
            "PST" => -480,
            "JST" or "KST" => 540,
            "CET" or "BST" => 60,
            "CEST" or "EET" => 120,
            _ => 0,
        };
    }

    [GeneratedRegex(@"(?<day>\d{1,2})[\s-]+(?<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s-]+(?<year>\d{2,4})[\s,]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?\s*(?<zone>[+-]\d{4}|[A-Za-z]{1,5})?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
