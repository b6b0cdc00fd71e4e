using NodaTime.Text;

namespace Regard;

/// <summary>Writes days and moments for people, in their language.</summary>
public static class DayText
{
    private static readonly LocalDatePattern[] Days =
        [LocalDatePattern.CreateWithInvariantCulture("d MMM uuuu"), Pattern(HouseLanguage.German, "d. MMMM uuuu"), Pattern(HouseLanguage.Spanish, "d 'de' MMMM 'de' uuuu")];

    private static readonly LocalDatePattern Whole = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");

    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>"22 Nov 2026", "22. November 2026", "22 de noviembre de 2026".</summary>
    public static string Of(LocalDate day, HouseLanguage language) => Days[(int)language].Format(day);

    /// <summary>The same as a letter writes it, with the month's whole name: "22 November 2026".</summary>
    public static string InLetter(LocalDate day, HouseLanguage language) => language == HouseLanguage.English ? Whole.Format(day) : Of(day, language);

    /// <summary>The day and the time of day.</summary>
    public static string Of(LocalDateTime moment, HouseLanguage language) => $"{Of(moment.Date, language)}, {Time.Format(moment.TimeOfDay)}";

    /// <summary>The day and the time of day in a zone; without one it says that it is UTC.</summary>
    public static string Of(Instant moment, DateTimeZone? zone, HouseLanguage language) =>
        zone is null ? Of(moment.InUtc().LocalDateTime, language) + " UTC" : Of(moment.InZone(zone).LocalDateTime, language);

    private static LocalDatePattern Pattern(HouseLanguage language, string text) => LocalDatePattern.Create(text, language.Culture());
}
