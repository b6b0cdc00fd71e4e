namespace Regard.Contact;

/// <summary>Writes hours of a week for people: "Mon–Fri 17:30–20:00; Sat 22:00–02:00".</summary>
public static class HoursText
{
    private static readonly IReadOnlyList<Phrase> Short =
    [
        new("Mon", "Mo", "lun."), new("Tue", "Di", "mar."), new("Wed", "Mi", "mié."), new("Thu", "Do", "jue."),
        new("Fri", "Fr", "vie."), new("Sat", "Sa", "sáb."), new("Sun", "So", "dom."),
    ];

    private static readonly IReadOnlyList<Phrase> Whole =
    [
        new("Monday", "Montag", "lunes"), new("Tuesday", "Dienstag", "martes"), new("Wednesday", "Mittwoch", "miércoles"), new("Thursday", "Donnerstag", "jueves"),
        new("Friday", "Freitag", "viernes"), new("Saturday", "Samstag", "sábado"), new("Sunday", "Sonntag", "domingo"),
    ];

    private static readonly Phrase AllDay = new("all day", "ganztägig", "todo el día");

    /// <summary>The name of a day.</summary>
    public static string Day(IsoDayOfWeek day, HouseLanguage language) => Whole[(int)day - 1].In(language);

    /// <summary>The hours in one line; empty = no window.</summary>
    public static string Of(IReadOnlyList<ContactWindow> windows, HouseLanguage language) =>
        string.Join("; ", WeekHours.Of(windows).ToSpans().Select(span => $"{Days(span.Days, language)} {Hours(span, language)}"));

    private static string Hours(ContactWindow span, HouseLanguage language) => span.From == span.To ? AllDay.In(language) : $"{Time(span.From)}–{Time(span.To)}";

    private static string Time(LocalTime time) => time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static string Days(IReadOnlyList<IsoDayOfWeek> days, HouseLanguage language)
    {
        var parts = new List<string>();
        for (var first = 0; first < days.Count;)
        {
            var last = first;
            while (last + 1 < days.Count && days[last + 1] == days[last] + 1) last++;
            var (from, to) = (Short[(int)days[first] - 1].In(language), Short[(int)days[last] - 1].In(language));
            parts.Add(last == first ? from : last == first + 1 ? $"{from}, {to}" : $"{from}–{to}");
            first = last + 1;
        }
        return string.Join(", ", parts);
    }
}
