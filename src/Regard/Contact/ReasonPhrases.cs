namespace Regard.Contact;

/// <summary>
/// The gate's reasons as the customer reads them. <c>{0}</c> is the way ("by telephone"), <c>{1}</c> the purpose, <c>{2}</c> a limit,
/// <c>{3}</c> a moment.
/// </summary>
internal static class ReasonPhrases
{
    private static readonly Dictionary<ReasonCode, Phrase> Sentences = new Dictionary<ReasonCode, Phrase>
    {
        [ReasonCode.Welcome] = new("You said that we may reach you {0} for {1}.", "Sie haben gesagt, dass wir uns für {1} {0} melden dürfen.", "Usted dijo que podemos contactarle {0} para {1}."),
        [ReasonCode.AllowedByPolicy] = new("You said nothing against {1} {0}, and our rules permit it.", "Sie haben nichts gegen {1} {0} gesagt, und unsere Regeln erlauben es.", "Usted no dijo nada en contra de {1} {0}, y nuestras normas lo permiten."),
        [ReasonCode.PurposeUnwelcome] = new("You want no {1}.", "Sie möchten keine {1}.", "Usted no desea {1}."),
        [ReasonCode.ChannelUnwelcome] = new("You do not want to be reached {0} for {1}.", "Sie möchten für {1} nicht {0} erreicht werden.", "Usted no desea que le contactemos {0} para {1}."),
        [ReasonCode.NeedsOwnYes] = new("We send {1} only with your own yes, and you have not given it.", "{1} gibt es nur mit Ihrem eigenen Ja, und das haben Sie nicht gegeben.", "Solo enviamos {1} con su propio sí, y usted no lo ha dado."),
        [ReasonCode.NeedsConfirmation] = new("A yes to {1} was noted, and you have not confirmed it yourself yet.", "Ein Ja zu „{1}“ ist notiert, und Sie haben es noch nicht selbst bestätigt.", "Consta un sí a «{1}», y usted aún no lo ha confirmado en persona."),
        [ReasonCode.NotInPolicy] = new("Our rules do not use this way ({0}) for {1} unless you ask for it.", "Unsere Regeln sehen diesen Weg ({0}) für {1} nur vor, wenn Sie es wünschen.", "Nuestras normas no usan esta vía ({0}) para {1} si usted no lo pide."),
        [ReasonCode.NoAddress] = new("We have no address at which to reach you {0}.", "Wir haben keine Adresse, unter der wir Sie {0} erreichen könnten.", "No tenemos ninguna dirección para contactarle {0}."),
        [ReasonCode.Undeliverable] = new("The address at which we would reach you {0} does not work.", "Die Adresse, unter der wir Sie {0} erreichen würden, funktioniert nicht.", "La dirección para contactarle {0} no funciona."),
        [ReasonCode.NotOffered] = new("We do not use this way at all: {0}.", "Diesen Weg nutzen wir gar nicht: {0}.", "No usamos esta vía en absoluto: {0}."),
        [ReasonCode.ReportedUnwanted] = new("A mail of ours was reported as unwanted; until you have told us what you want, we begin nothing {0}.", "Eine E-Mail von uns wurde als unerwünscht gemeldet; bis Sie uns gesagt haben, was Sie möchten, beginnen wir {0} nichts.", "Un correo nuestro fue señalado como no deseado; mientras usted no nos diga qué desea, no iniciamos nada {0}."),
        [ReasonCode.Paused] = new("You want to be left in peace until {3}.", "Sie möchten bis zum {3} in Ruhe gelassen werden.", "Usted desea que le dejemos en paz hasta el {3}."),
        [ReasonCode.OutsideTheirHours] = new("It is not in the hours that you named.", "Es liegt nicht in den Zeiten, die Sie genannt haben.", "No está dentro del horario que usted indicó."),
        [ReasonCode.OutsideCivilHours] = new("Where you live it is no decent hour to reach you {0}.", "Bei Ihnen ist es keine passende Stunde, um Sie {0} zu erreichen.", "Donde usted vive no es una hora adecuada para contactarle {0}."),
        [ReasonCode.PublicHoliday] = new("It is a public holiday where you live.", "Bei Ihnen ist Feiertag.", "Es día festivo donde usted vive."),
        [ReasonCode.TimeZoneUnknown] = new("We do not know where you live well enough to find a decent hour to reach you {0}.", "Wir wissen nicht genau genug, wo Sie leben, um eine passende Stunde zu finden, Sie {0} zu erreichen.", "No sabemos con suficiente precisión dónde vive usted para hallar una hora adecuada y contactarle {0}."),
        [ReasonCode.TheirLimitReached] = new("You want at most {2}, and that is reached.", "Sie möchten höchstens {2}, und das ist erreicht.", "Usted desea como máximo {2}, y ya se ha alcanzado."),
        [ReasonCode.PolicyLimitReached] = new("Our rules permit at most {2}, and that is reached.", "Unsere Regeln erlauben höchstens {2}, und das ist erreicht.", "Nuestras normas permiten como máximo {2}, y ya se ha alcanzado."),
        [ReasonCode.NotYet] = new("It is not to happen before {3}.", "Es soll nicht vor dem {3} geschehen.", "No debe ocurrir antes del {3}."),
        [ReasonCode.TooLate] = new("No permitted moment comes before it would be useless.", "Kein erlaubter Zeitpunkt kommt, bevor es nutzlos wäre.", "Ningún momento permitido llega antes de que deje de ser útil."),
        [ReasonCode.NoGround] = new("It does not say which request of yours, or which law, it rests on.", "Es nennt weder eine Anfrage von Ihnen noch ein Gesetz, auf dem es beruht.", "No dice en qué petición suya, ni en qué ley, se basa."),
        [ReasonCode.AlreadyDecided] = new("This has been decided before.", "Darüber wurde schon entschieden.", "Esto ya se decidió antes."),
    };

    private static readonly Phrase WithWords = new(" You said on {0} ({1}): “{2}”", " Das haben Sie am {0} gesagt ({1}): „{2}“", " Usted lo dijo el {0} ({1}): «{2}»");
    private static readonly Phrase Unconfirmed = new(" Noted on {0} ({1}), not confirmed by you yet.", " Notiert am {0} ({1}), von Ihnen noch nicht bestätigt.", " Anotado el {0} ({1}), aún sin confirmar por usted.");
    private static readonly Phrase Chosen = new(" You chose so on {0} ({1}).", " So haben Sie es am {0} gewählt ({1}).", " Así lo eligió usted el {0} ({1}).");
    private static readonly Phrase Contacts = new("{0} contacts in {1} days", "{0} Kontakte in {1} Tagen", "{0} contactos en {1} días");
    private static readonly Phrase One = new("one contact in {0} days", "einen Kontakt in {0} Tagen", "un contacto en {0} días");
    private static readonly Phrase Many = new("that many contacts", "so viele Kontakte", "esa cantidad de contactos");
    private static readonly Phrase Of = new("{0} for {1}", "{0} für {1}", "{0} para {1}");

    public static string Sentence(Reason reason, HouseLanguage language, DateTimeZone? zone) => Phrase.Capital(Sentences[reason.Code].In(
        language, ContactPhrases.Way(reason.Channel, language), ContactPhrases.InWords(reason.Purpose, language), Limit(reason.Limit, language),
        reason.Until is { } until ? DayText.Of(until, zone, language) : ""));

    public static string Quoted(Utterance? said, HouseLanguage language, DateTimeZone? zone)
    {
        if (said is null) return "";
        var (day, place) = (DayText.Of(said.SaidAt.InZone(zone ?? DateTimeZone.Utc).Date, language), ContactPhrases.Came(said, language));
        return said switch
        {
            { Words: { Length: > 0 } words } => WithWords.In(language, day, place, words),
            { AwaitsConfirmation: true } => Unconfirmed.In(language, day, place),
            _ => Chosen.In(language, day, place),
        };
    }

    /// <summary>A limit as it follows "at most".</summary>
    public static string Limit(ContactLimit? limit, HouseLanguage language)
    {
        if (limit is null) return Many.In(language);
        var count = limit.Count switch { 1 => One.In(language, limit.Days), _ => Contacts.In(language, limit.Count, limit.Days) };
        return limit.Purpose is { } purpose ? Of.In(language, count, ContactPhrases.InWords(purpose, language)) : count;
    }
}
