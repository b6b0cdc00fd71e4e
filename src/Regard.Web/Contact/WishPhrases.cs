namespace Regard.Contact;

/// <summary>The words in which a customer reads and says their wishes, wherever that is.</summary>
internal static class WishPhrases
{
    public static readonly Phrase CardTitle = new("How we may contact you", "So dürfen wir Sie erreichen", "Así podemos contactarle");
    public static readonly Phrase NothingSaid = new("You have not said anything yet: our own rules hold.", "Sie haben noch nichts gesagt: Es gelten unsere eigenen Regeln.", "Usted aún no ha dicho nada: rigen nuestras propias normas.");
    public static readonly Phrase Quote = new("“{0}”", "„{0}“", "«{0}»");
    public static readonly Phrase Channels = new("Channels", "Wege", "Vías");
    public static readonly Phrase Not = new("no {0}", "keine {0}", "sin {0}");
    public static readonly Phrase Unconfirmed = new("not confirmed yet", "noch nicht bestätigt", "aún sin confirmar");
    public static readonly Phrase TakenBack = new("taken back", "zurückgenommen", "retirado");
    public static readonly Phrase IsItRight = new("Is that right?", "Stimmt das?", "¿Es correcto?");
    public static readonly Phrase NotRight = new("Not right?", "Stimmt nicht?", "¿No es correcto?");
    public static readonly Phrase YesIWant = new("Yes, that is what I want", "Ja, so möchte ich es", "Sí, eso es lo que deseo");
    public static readonly Phrase NeverSaid = new("No, I did not say that", "Nein, das habe ich nicht gesagt", "No, yo no dije eso");
    public static readonly Phrase Confirmed = new("Confirmed. It binds from now on.", "Bestätigt. Es gilt ab jetzt.", "Confirmado. Vale desde ahora.");
    public static readonly Phrase CountsNoMore = new("It counts no more from now on.", "Es zählt ab jetzt nicht mehr.", "Desde ahora ya no cuenta.");
    public static readonly Phrase NoAnswer = new("Nothing was recorded. Say whether it is right, and where that was said.", "Nichts wurde festgehalten. Sagen Sie, ob es stimmt.", "No se anotó nada. Diga si es correcto.");

    public static readonly Phrase Keep = new("Nothing said: leave as it is", "Keine Angabe: so lassen", "Sin indicación: dejarlo así");
    public static readonly Phrase OnlyEmail = new("Please only e-mail", "Bitte nur per E-Mail", "Solo por correo electrónico, por favor");
    public static readonly Phrase EmailThenCall = new("E-mail first, then a call", "Erst eine E-Mail, dann ein Anruf", "Primero un correo, después una llamada");
    public static readonly Phrase OnlyPhone = new("Please only call", "Bitte nur anrufen", "Solo por teléfono, por favor");
    public static readonly Phrase OnlyPortal = new("Please only messages in the portal", "Bitte nur Nachrichten im Portal", "Solo mensajes en el portal, por favor");
    public static readonly Phrase NoPhone = new("Please do not call", "Bitte nicht anrufen", "No me llamen, por favor");
    public static readonly Phrase NoEmail = new("Please no e-mails", "Bitte keine E-Mails", "Sin correos electrónicos, por favor");
    public static readonly Phrase OnlyLetter = new("Please only letters", "Bitte nur Briefe", "Solo cartas, por favor");
    public static readonly Phrase OnlySms = new("Please only text messages", "Bitte nur SMS", "Solo SMS, por favor");
    public static readonly Phrase NoSms = new("Please no text messages", "Bitte keine SMS", "Sin SMS, por favor");
    public static readonly Phrase NoVoice = new("Please no calls by a machine", "Bitte keine automatischen Anrufe", "Sin llamadas automáticas, por favor");
    public static readonly Phrase NoLetter = new("Please no letters", "Bitte keine Briefe", "Sin cartas, por favor");
    public static readonly Phrase Never = new("Please leave me alone altogether", "Bitte lassen Sie mich ganz in Ruhe", "Déjenme en paz del todo, por favor");
    public static readonly Phrase NoHours = new("No hours said", "Keine Angabe", "Sin indicación");
    public static readonly Phrase Weekdays = new("Monday to Friday", "Montag bis Freitag", "De lunes a viernes");
    public static readonly Phrase EveryDay = new("Every day", "Jeden Tag", "Todos los días");
    public static readonly Phrase Weekend = new("Saturday and Sunday", "Samstag und Sonntag", "Sábado y domingo");

    public static readonly Phrase BadChoice = new("One of the choices is none that the form offers. Choose again.", "Eine der Angaben gibt es in diesem Formular nicht. Wählen Sie noch einmal.", "Una de las opciones no existe en este formulario. Elija de nuevo.");
    public static readonly Phrase NoChoice = new("Choose at least one thing that was said.", "Geben Sie mindestens eines an.", "Elija al menos una cosa.");
    public static readonly Phrase BadDate = new("The end of the pause is a date, for example 2027-01-31.", "Das Ende der Pause ist ein Datum, zum Beispiel 2027-01-31.", "El final de la pausa es una fecha, por ejemplo 2027-01-31.");
    public static readonly Phrase BadCount = new("How often is a number from 0 to 100.", "Geben Sie bei „Wie oft“ eine Zahl von 0 bis 100 an.", "La frecuencia es un número de 0 a 100.");
    public static readonly Phrase BadHours = new("The hours are times of day, for example 17:30 to 20:00.", "Die Zeiten sind Uhrzeiten, zum Beispiel 17:30 bis 20:00.", "El horario son horas del día, por ejemplo de 17:30 a 20:00.");
}
