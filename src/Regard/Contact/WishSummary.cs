namespace Regard.Contact;

/// <summary>What a customer's wishes mean, for people to read: for each purpose every channel, welcome or not, and why.</summary>
/// <param name="Purpose">The purpose.</param>
/// <param name="Channels">Every channel; the welcome ones first, in the customer's order.</param>
public sealed record WishSummary(Purpose Purpose, IReadOnlyList<ChannelWelcome> Channels)
{
    private static readonly Phrase Then = new("then", "dann", "luego");
    private static readonly Phrase Closed = new("not at all", "gar nicht", "en ningún caso");
    private static readonly Phrase Pause = new("Nothing that we begin before {0}.", "Nichts, was wir von uns aus beginnen, vor dem {0}.", "Nada por iniciativa nuestra antes del {0}.");
    private static readonly Phrase NoHour = new("at no hour", "zu keiner Zeit", "a ninguna hora");
    private static readonly Phrase AtMost = new("At most {0}.", "Höchstens {0}.", "Como máximo {0}.");
    private static readonly Phrase OnHolidays = new("Public holidays make no difference.", "Feiertage machen keinen Unterschied.", "Los días festivos no cambian nada.");
    private static readonly Phrase NotOnHolidays = new("Nothing on public holidays.", "Nichts an Feiertagen.", "Nada en días festivos.");
    private static readonly Phrase InLanguage = new("Language: {0}.", "Sprache: {0}.", "Idioma: {0}.");
    private static readonly Phrase With = new("Contact only with {0}.", "Kontakt nur mit {0}.", "Contacto solo con {0}.");

    /// <summary>Whether any channel is welcome.</summary>
    public bool IsOpen => Channels.Any(channel => channel.IsWelcome);

    /// <summary>The purpose in one line, for example <c>by e-mail, then by telephone</c>.</summary>
    public string Line(HouseLanguage language = HouseLanguage.English) => IsOpen
        ? string.Join(", " + Then.In(language) + " ", Channels.Where(c => c.IsWelcome).Select(c => ContactPhrases.Way(c.Channel, language)))
        : Closed.In(language);

    /// <summary>The summary of every purpose.</summary>
    public static IReadOnlyList<WishSummary> Of(Wishes wishes, ContactPolicy policy) => [.. Purposes.All.Select(purpose =>
    {
        var rule = wishes.Compiled.For(purpose);
        var defaults = policy.Default(purpose);
        var order = (rule.IsNamed ? rule.Named : defaults).ToList().Concat(Contact.Channels.All).Distinct();
        return new WishSummary(purpose, [.. order
            .Select(channel => rule.Permits(channel, defaults)
                ? new ChannelWelcome(channel, true, rule.Welcome(channel)[0])
                : new ChannelWelcome(channel, false, rule.Unwelcomed(channel)))
            .OrderBy(welcome => !welcome.IsWelcome)]);
    })];

    /// <summary>Hours, limits, pause, holidays, language and person in sentences; empty = nothing of that was said.</summary>
    /// <param name="wishes">The wishes.</param>
    /// <param name="now">The moment: a pause that is over is not told.</param>
    /// <param name="language">The reader's.</param>
    /// <param name="zone">The customer's; null = not known.</param>
    public static IReadOnlyList<string> Terms(Wishes wishes, Instant now, HouseLanguage language = HouseLanguage.English, DateTimeZone? zone = null)
    {
        var terms = new List<string>();
        if (wishes.Pause is { } pause && pause.Until > now) terms.Add(Pause.In(language, DayText.Of(pause.Until, zone, language)));
        foreach (var same in wishes.Hours.GroupBy(hours => HoursText.Of(hours.Windows, language)))
            terms.Add($"{Phrase.Capital(string.Join(", ", same.Select(hours => ContactPhrases.Plural(hours.Channel, language))))}: {(same.Key.Length == 0 ? NoHour.In(language) : same.Key)}.");
        foreach (var state in wishes.Limits) terms.Add(AtMost.In(language, ReasonPhrases.Limit(state.Limit, language)));
        if (wishes.Holidays is { } holidays) terms.Add((holidays.IsWelcome ? OnHolidays : NotOnHolidays).In(language));
        if (wishes.Language is { } spoken) terms.Add(InLanguage.In(language, HouseLanguages.Read(spoken)?.OwnName() ?? spoken));
        if (wishes.Person is { } person) terms.Add(With.In(language, person));
        return terms;
    }
}

/// <summary>One channel for one purpose.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="IsWelcome">Whether it may be used, address and hour apart.</param>
/// <param name="Why">What decided it.</param>
public sealed record ChannelWelcome(Channel Channel, bool IsWelcome, Reason Why);
