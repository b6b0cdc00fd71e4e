namespace Regard.Contact;

/// <summary>The words about Global Privacy Control.</summary>
internal static class GpcPhrases
{
    public static readonly Phrase Title = new("Your browser asks for privacy (Global Privacy Control)", "Ihr Browser bittet um Privatsphäre (Global Privacy Control)", "Su navegador pide privacidad (Global Privacy Control)");
    public static readonly Phrase Honoured = new("We honour it: no offers and no surveys. It is recorded with whatever you send on this page.", "Wir halten uns daran: keine Angebote und keine Umfragen. Es wird festgehalten, sobald Sie auf dieser Seite etwas absenden.", "Lo respetamos: ni ofertas ni encuestas. Queda anotado con lo primero que usted envíe en esta página.");
    public static readonly Phrase Recorded = new("It is recorded as your own word: no offers and no surveys.", "Es ist als Ihr eigenes Wort festgehalten: keine Angebote und keine Umfragen.", "Consta como palabra suya: ni ofertas ni encuestas.");
    public static readonly Phrase SayOtherwise = new("If you do want them, choose so yourself: your own later choice counts, whatever the browser goes on saying.", "Wenn Sie sie doch möchten, wählen Sie es selbst: Ihre eigene spätere Wahl zählt, auch wenn der Browser dabei bleibt.", "Si aun así las desea, elíjalo usted: cuenta su propia elección posterior, diga lo que diga el navegador.");
    public static readonly Phrase YesCounts = new("If you press the button, your own yes counts, whatever the browser goes on saying.", "Wenn Sie den Knopf drücken, zählt Ihr eigenes Ja, auch wenn der Browser dabei bleibt.", "Si pulsa el botón, cuenta su propio sí, diga lo que diga el navegador.");
    public static readonly Phrase Confirm = new("Record it now: no offers, no surveys", "Jetzt festhalten: keine Angebote, keine Umfragen", "Anotarlo ahora: ni ofertas ni encuestas");
    public static readonly Phrase Noted = new("Recorded: no offers and no surveys. It binds from now on.", "Festgehalten: keine Angebote und keine Umfragen. Es gilt ab jetzt.", "Anotado: ni ofertas ni encuestas. Vale desde ahora.");
}
