namespace Regard.Layout;

/// <summary>The words around customers' pages.</summary>
internal static class FramePhrases
{
    public static readonly Phrase Language = new("Language", "Sprache", "Idioma");
    public static readonly Phrase Skip = new("Skip to content", "Zum Inhalt springen", "Ir al contenido");
    public static readonly Phrase Colours = new("Colours", "Farben", "Colores");
    public static readonly Phrase Light = new("Light", "Hell", "Claro");
    public static readonly Phrase AsDevice = new("As on my device", "Wie auf meinem Gerät", "Como en mi dispositivo");
    public static readonly Phrase Dark = new("Dark", "Dunkel", "Oscuro");
    public static readonly Phrase SignOut = new("Sign out", "Abmelden", "Cerrar sesión");
    public static readonly Phrase Main = new("Main", "Hauptmenü", "Menú principal");
    public static readonly Phrase Motto = new("You decide how we may reach you, and whether we may at all.", "Sie entscheiden, wie wir Sie erreichen dürfen, und ob überhaupt.", "Usted decide cómo podemos contactarle, y si podemos hacerlo.");
    public static readonly Phrase Overview = new("Overview", "Überblick", "Resumen");
    public static readonly Phrase Preferences = new("How we may reach you", "Wie wir Sie erreichen dürfen", "Cómo podemos contactarle");
    public static readonly Phrase Contacts = new("Contacts", "Kontakte", "Contactos");
    public static readonly Phrase Orders = new("Orders", "Bestellungen", "Pedidos");
    public static readonly Phrase Data = new("Your data", "Ihre Daten", "Sus datos");
    public static readonly Phrase Newest = new("Newest", "Neueste", "Más recientes");
    public static readonly Phrase Older = new("Older", "Ältere", "Anteriores");
    public static readonly Phrase Start = new("To the start page", "Zur Startseite", "A la página de inicio");
    public static readonly Phrase Reference = new("If you ask for help, give this reference:", "Wenn Sie um Hilfe bitten, nennen Sie diese Kennung:", "Si pide ayuda, indique esta referencia:");
    public static readonly Phrase JustNow = new("just now", "gerade eben", "ahora mismo");
    public static readonly Phrase Now = new("now", "jetzt", "ahora");
    public static readonly Phrase Ago = new("{0} ago", "vor {0}", "hace {0}");
    public static readonly Phrase Ahead = new("in {0}", "in {0}", "dentro de {0}");
    public static readonly Phrase Minutes = new("{0} min", "{0} Min.", "{0} min");
    public static readonly Phrase Hour = new("1 hour", "1 Stunde", "1 hora");
    public static readonly Phrase Hours = new("{0} hours", "{0} Stunden", "{0} horas");
    public static readonly Phrase Day = new("1 day", "1 Tag", "1 día");
    public static readonly Phrase Days = new("{0} days", "{0} Tagen", "{0} días");
}
