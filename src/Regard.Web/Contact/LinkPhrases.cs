namespace Regard.Contact;

/// <summary>The words of the pages behind links in mails: ending them, agreeing to them, and the question how somebody wants to be treated.</summary>
internal static class LinkPhrases
{
    public static readonly Phrase StopTitle = new("Stop these mails?", "Diese E-Mails beenden?", "¿Dejar de recibir estos correos?");
    public static readonly Phrase StopAbout = new("This is about {0}. You need not sign in: one press is enough.", "Es geht um {0}. Sie müssen sich nicht anmelden: Ein Druck auf einen Knopf genügt.", "Se trata de {0}. No hace falta iniciar sesión: basta con pulsar una vez.");
    public static readonly Phrase StopThis = new("No more {0}", "Keine {0} mehr", "No más {0}");
    public static readonly Phrase OrLess = new("Or rather this", "Oder lieber dies", "O mejor esto");
    public static readonly Phrase Less = new("Less often: at most one in 30 days", "Seltener: höchstens eine in 30 Tagen", "Con menos frecuencia: como máximo uno en 30 días");
    public static readonly Phrase OnlyMail = new("Only by mail: no calls, texts or visits, about anything", "Nur per E-Mail: keine Anrufe, SMS oder Besuche, worum es auch geht", "Solo por correo: sin llamadas, SMS ni visitas, sobre ningún asunto");
    public static readonly Phrase NoMail = new("No more e-mails about anything", "Gar keine E-Mails mehr", "No más correos sobre ningún asunto");
    public static readonly Phrase Nothing = new("Nothing at all any more", "Überhaupt nichts mehr", "Nada de nada en adelante");
    public static readonly Phrase DoneTitle = new("Done", "Erledigt", "Hecho");
    public static readonly Phrase Done = new("We have noted it, and it binds from now on: {0}.", "Wir haben es notiert, und es gilt ab jetzt: {0}.", "Lo hemos anotado y vale desde ahora: {0}.");
    public static readonly Phrase ChangeMind = new("Not what you meant? Choose otherwise: what you say last counts.", "Nicht so gemeint? Wählen Sie anders: Es zählt, was Sie zuletzt sagen.", "¿No era eso? Elija otra cosa: cuenta lo último que diga.");

    public static readonly Phrase ConsentTitle = new("Do you want this?", "Möchten Sie das?", "¿Desea esto?");
    public static readonly Phrase Agree = new("Yes, I want that", "Ja, das möchte ich", "Sí, lo deseo");
    public static readonly Phrase OrClose = new("If you do not want it, close this page: nothing is sent without your yes.", "Wenn Sie es nicht möchten, schließen Sie diese Seite: Ohne Ihr Ja wird nichts geschickt.", "Si no lo desea, cierre esta página: sin su sí no se envía nada.");
    public static readonly Phrase Thanks = new("Thank you", "Vielen Dank", "Muchas gracias");
    public static readonly Phrase Agreed = new("Your yes is noted: offers and news by e-mail. Every such mail has a link that ends it.", "Ihr Ja ist notiert: Angebote und Neuigkeiten per E-Mail. Jede dieser E-Mails hat einen Link, der sie beendet.", "Hemos anotado su sí: ofertas y novedades por correo electrónico. Cada uno de esos correos lleva un enlace para darse de baja.");
    public static readonly Phrase ToPage = new("Look at all of it on your page", "Alles auf Ihrer Seite ansehen", "Verlo todo en su página");

    public static readonly Phrase AskTitle = new("How may we reach you?", "Wie dürfen wir Sie erreichen?", "¿Cómo podemos contactarle?");
    public static readonly Phrase AskLead = new("Answer what matters to you and leave the rest. It binds at once.", "Beantworten Sie, was Ihnen wichtig ist, und lassen Sie den Rest. Es gilt sofort.", "Responda lo que le importe y deje lo demás. Vale de inmediato.");
    public static readonly Phrase AskDone = new("It binds from now on, for everybody who works here.", "Es gilt ab jetzt, für alle, die hier arbeiten.", "Vale desde ahora, para todas las personas que trabajan aquí.");
    public static readonly Phrase NotRecorded = new("Nothing was recorded", "Nichts wurde festgehalten", "No se anotó nada");
    public static readonly Phrase HowReached = new("How do you like to be reached?", "Wie möchten Sie erreicht werden?", "¿Cómo prefiere que le contactemos?");
    public static readonly Phrase WhichDays = new("If we call: on which days?", "Wenn wir anrufen: an welchen Tagen?", "Si llamamos: ¿qué días?");
    public static readonly Phrase From = new("From", "Von", "Desde");
    public static readonly Phrase To = new("To", "Bis", "Hasta");
    public static readonly Phrase HowOften = new("How often at most in 30 days?", "Wie oft höchstens in 30 Tagen?", "¿Cuántas veces como máximo en 30 días?");
    public static readonly Phrase Offers = new("Offers and news", "Angebote und Neuigkeiten", "Ofertas y novedades");
    public static readonly Phrase NoOffersSaid = new("Nothing said: none", "Keine Angabe: keine", "Sin indicación: ninguna");
    public static readonly Phrase YesOffers = new("Yes, by e-mail", "Ja, per E-Mail", "Sí, por correo electrónico");
    public static readonly Phrase NoOffers = new("No, never", "Nein, nie", "No, nunca");
    public static readonly Phrase AnythingElse = new("Anything else, in your own words", "Sonst noch etwas, in Ihren eigenen Worten", "Algo más, con sus propias palabras");
    public static readonly Phrase SoIWant = new("That is how I want it", "So möchte ich es", "Así lo deseo");
}
