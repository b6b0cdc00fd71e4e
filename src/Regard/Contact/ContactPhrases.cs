namespace Regard.Contact;

/// <summary>What channels, purposes and places are called to a customer.</summary>
public static class ContactPhrases
{
    private static readonly Phrase AnyWay = new("in any way", "auf irgendeinem Weg", "por ninguna vía");
    private static readonly Phrase AnyPurpose = new("messages of any kind", "Nachrichten jeder Art", "mensajes de cualquier tipo");

    private static readonly Dictionary<Channel, Phrase> Names = new Dictionary<Channel, Phrase>
    {
        [Channel.Email] = new("e-mail", "E-Mail", "correo electrónico"),
        [Channel.Phone] = new("a call", "Anruf", "llamada"),
        [Channel.Sms] = new("a text message", "SMS", "SMS"),
        [Channel.Letter] = new("a letter", "Brief", "carta"),
        [Channel.Portal] = new("a message in the portal", "Nachricht im Portal", "mensaje en el portal"),
        [Channel.Visit] = new("a visit", "Besuch", "visita"),
        [Channel.Voice] = new("a call by a machine", "automatischer Anruf", "llamada automática"),
    };

    private static readonly Dictionary<Channel, Phrase> Ways = new Dictionary<Channel, Phrase>
    {
        [Channel.Email] = new("by e-mail", "per E-Mail", "por correo electrónico"),
        [Channel.Phone] = new("by telephone", "telefonisch", "por teléfono"),
        [Channel.Sms] = new("by text message", "per SMS", "por SMS"),
        [Channel.Letter] = new("by letter", "per Brief", "por carta"),
        [Channel.Portal] = new("in the portal", "im Portal", "en el portal"),
        [Channel.Visit] = new("with a visit", "mit einem Besuch", "con una visita"),
        [Channel.Voice] = new("by a machine on the telephone", "mit einem automatischen Anruf", "con una llamada automática"),
    };

    private static readonly Dictionary<Channel, Phrase> Several = new Dictionary<Channel, Phrase>
    {
        [Channel.Email] = new("e-mail", "E-Mails", "correos electrónicos"),
        [Channel.Phone] = new("calls", "Anrufe", "llamadas"),
        [Channel.Sms] = new("texts", "SMS", "SMS"),
        [Channel.Letter] = new("letters", "Briefe", "cartas"),
        [Channel.Portal] = new("portal messages", "Nachrichten im Portal", "mensajes en el portal"),
        [Channel.Visit] = new("visits", "Besuche", "visitas"),
        [Channel.Voice] = new("calls by a machine", "Anrufe von Automaten", "llamadas automáticas"),
    };

    // Plural, and the same after "for" and after "no" in each of the languages.
    private static readonly Dictionary<Purpose, Phrase> Reasons = new Dictionary<Purpose, Phrase>
    {
        [Purpose.Service] = new("answers about your own orders and questions", "Antworten auf Ihre eigenen Bestellungen und Fragen", "respuestas sobre sus propios pedidos y consultas"),
        [Purpose.Care] = new("check-ins and notices of change", "Nachfragen und Hinweise auf Änderungen", "mensajes de seguimiento y avisos de cambios"),
        [Purpose.Marketing] = new("offers and news", "Angebote und Neuigkeiten", "ofertas y novedades"),
        [Purpose.Research] = new("surveys and questions", "Umfragen und Fragen", "encuestas y preguntas"),
        [Purpose.Legal] = new("notices required by law", "Mitteilungen, die das Gesetz verlangt", "avisos exigidos por la ley"),
    };

    private static readonly Dictionary<StatementPlace, Phrase> Where = new Dictionary<StatementPlace, Phrase>
    {
        [StatementPlace.Call] = new("in a call", "am Telefon", "por teléfono"),
        [StatementPlace.Voicemail] = new("on voicemail", "auf dem Anrufbeantworter", "en el buzón de voz"),
        [StatementPlace.Mail] = new("in a mail", "in einer E-Mail", "en un correo"),
        [StatementPlace.Portal] = new("in the portal", "im Portal", "en el portal"),
        [StatementPlace.Link] = new("by a link in a mail", "über einen Link in einer E-Mail", "con un enlace de un correo"),
        [StatementPlace.Api] = new("through another system", "über ein anderes System", "a través de otro sistema"),
        [StatementPlace.Import] = new("imported", "aus einer Datei übernommen", "tomado de un archivo"),
        [StatementPlace.Page] = new("on our page", "auf unserer Seite", "en nuestra página"),
        [StatementPlace.Store] = new("in the shop", "im Laden", "en la tienda"),
        [StatementPlace.Text] = new("in a text message", "in einer SMS", "en un SMS"),
    };

    private static readonly Phrase Concluded = new("concluded from what happened", "aus dem Geschehenen geschlossen", "deducido de lo ocurrido");

    /// <summary>The channel as one of several things: "e-mail", "Anruf".</summary>
    public static string InWords(this Channel channel, HouseLanguage language) => Names[channel].In(language);

    /// <summary>The channel as a way: "by e-mail", "telefonisch"; null = any.</summary>
    public static string Way(Channel? channel, HouseLanguage language) => (channel is { } known ? Ways[known] : AnyWay).In(language);

    /// <summary>What comes by it, in the plural: "calls".</summary>
    public static string Plural(Channel channel, HouseLanguage language) => Several[channel].In(language);

    /// <summary>The purpose, in the plural; null = any.</summary>
    public static string InWords(Purpose? purpose, HouseLanguage language) => (purpose is { } known ? Reasons[known] : AnyPurpose).In(language);

    /// <summary>Where somebody said it.</summary>
    public static string InWords(this StatementPlace place, HouseLanguage language) => Where[place].In(language);

    /// <summary>How a statement came to us.</summary>
    public static string Came(Utterance said, HouseLanguage language) =>
        (said.Basis switch { StatementBasis.Inferred => Concluded, StatementBasis.Imported => Where[StatementPlace.Import], _ => Where[said.Place] }).In(language);
}
