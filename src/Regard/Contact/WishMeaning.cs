namespace Regard.Contact;

/// <summary>Says in words what one statement means, so that whoever reads it can tell whether it is right.</summary>
public static class WishMeaning
{
    private static readonly Phrase NotAtAll = new("not at all", "gar nicht", "en ningún caso");
    private static readonly Phrase Only = new("For everything only {0}", "Für alles nur {0}", "Para todo, solo {0}");
    private static readonly Phrase No = new("Nothing {0}", "Nichts {0}", "Nada {0}");
    private static readonly Phrase Hours = new("Hours: {0}", "Zeiten: {0}", "Horario: {0}");
    private static readonly Phrase AnyHour = new("No own hours any more", "Keine eigenen Zeiten mehr", "Ya sin horario propio");
    private static readonly Phrase AtMost = new("At most {0}", "Höchstens {0}", "Como máximo {0}");
    private static readonly Phrase NoLimit = new("No own limit any more", "Keine eigene Grenze mehr", "Ya sin límite propio");
    private static readonly Phrase Peace = new("Left in peace until {0}", "In Ruhe gelassen bis zum {0}", "Sin contactos hasta el {0}");
    private static readonly Phrase Holidays = new("Public holidays make no difference", "Feiertage machen keinen Unterschied", "Los días festivos no cambian nada");
    private static readonly Phrase NoHolidays = new("Nothing on public holidays", "Nichts an Feiertagen", "Nada en días festivos");
    private static readonly Phrase Nothing = new("Nothing at all", "Überhaupt nichts", "Nada de nada");
    private static readonly Phrase Language = new("Language: {0}", "Sprache: {0}", "Idioma: {0}");
    private static readonly Phrase Person = new("Contact only with {0}", "Kontakt nur mit {0}", "Contacto solo con {0}");
    private static readonly Phrase Anybody = new("Contact with anybody", "Kontakt mit jedem", "Contacto con cualquiera");
    private static readonly Phrase TakesBack = new("An earlier entry counts no more", "Ein früherer Eintrag zählt nicht mehr", "Una anotación anterior ya no cuenta");

    /// <summary>The parts of a wish, each in a few words; never empty for a wish that says anything.</summary>
    /// <param name="wish">The wish.</param>
    /// <param name="language">The reader's language.</param>
    /// <param name="zone">The customer's; null = not known.</param>
    public static IReadOnlyList<string> Of(Wish wish, HouseLanguage language, DateTimeZone? zone) =>
    [
        .. wish.Never == true ? [Nothing.In(language)] : Array.Empty<string>(),
        .. wish.OnlyChannels is { } only ? [only.Count == 0 ? Nothing.In(language) : Only.In(language, Ways(only, language))] : Array.Empty<string>(),
        .. (wish.NoChannels ?? []).Select(channel => No.In(language, ContactPhrases.Way(channel, language))),
        .. (wish.Purposes ?? []).Select(named => $"{Phrase.Capital(ContactPhrases.InWords(named.Purpose, language))}: {(named.Channels.Count == 0 ? NotAtAll.In(language) : Ways(named.Channels, language))}"),
        .. (wish.Hours ?? []).Select(hours => hours.Windows.Count == 0 ? AnyHour.In(language) : Hours.In(language, HoursText.Of(hours.Windows, language))).Distinct(),
        .. wish.Limits is { Count: 0 } ? [NoLimit.In(language)] : (wish.Limits ?? []).Select(limit => AtMost.In(language, ReasonPhrases.Limit(limit, language))),
        .. wish.PauseUntil is { } until ? [Peace.In(language, DayText.Of(until, zone, language))] : Array.Empty<string>(),
        .. wish.OnHolidays is { } welcome ? [(welcome ? Holidays : NoHolidays).In(language)] : Array.Empty<string>(),
        .. wish.Language is { } tag ? [Language.In(language, HouseLanguages.Read(tag)?.OwnName() ?? tag)] : Array.Empty<string>(),
        .. wish.Person is { } person ? [person.Length == 0 ? Anybody.In(language) : Person.In(language, person)] : Array.Empty<string>(),
        .. wish.Withdraws is not null ? [TakesBack.In(language)] : Array.Empty<string>(),
    ];

    private static string Ways(IReadOnlyList<Channel> channels, HouseLanguage language) => string.Join(", ", channels.Select(channel => ContactPhrases.Way(channel, language)));
}
