namespace Regard.Contact;

/// <summary>The words of a customer's first page, and of the pages about every contact.</summary>
internal static class HomePhrases
{
    public static readonly Phrase Hello = new("Hello, {0}", "Guten Tag, {0}", "Bienvenido a su página, {0}");
    public static readonly Phrase Lead = new("Everything here is yours to read and to change.", "Alles hier dürfen Sie lesen und ändern.", "Todo lo que hay aquí es suyo: puede leerlo y cambiarlo.");
    public static readonly Phrase Change = new("Change how we may reach you", "Ändern, wie wir Sie erreichen dürfen", "Cambiar cómo podemos contactarle");
    public static readonly Phrase Owed = new("What we owe you", "Was wir Ihnen schulden", "Lo que le debemos");
    public static readonly Phrase SeesToIt = new("{0} sees to it; you hear from us by:", "{0} kümmert sich darum; Sie hören spätestens von uns:", "{0} se ocupa; tendrá noticias nuestras a más tardar:");
    public static readonly Phrase Somebody = new("Our team", "Unser Team", "Nuestro equipo");
    public static readonly Phrase New = new("New", "Neu", "Nuevo");
    public static readonly Phrase ReadOn = new("you read it on", "gelesen am", "leído el");
    public static readonly Phrase HaveRead = new("I have read it", "Ich habe es gelesen", "Lo he leído");
    public static readonly Phrase ShowAgain = new("Show it again", "Noch einmal zeigen", "Mostrarlo otra vez");
    public static readonly Phrase Messages = new("Messages for you", "Nachrichten für Sie", "Mensajes para usted");
    public static readonly Phrase ContactsTitle = new("Every contact, and why", "Jeder Kontakt, und warum", "Cada contacto, y por qué");
    public static readonly Phrase ContactsLead = new("What we sent, what we wanted to send and held back, and on which of your words, or of our rules, that rests.", "Was wir geschickt haben, was wir schicken wollten und zurückgehalten haben, und auf welchen Ihrer Worte oder unserer Regeln das beruht.", "Lo que enviamos, lo que quisimos enviar y retuvimos, y en qué palabras suyas o en qué normas nuestras se basa.");
    public static readonly Phrase Contacts = new("Contacts", "Kontakte", "Contactos");
    public static readonly Phrase Parts = new("Parts of the contacts", "Teile der Kontakte", "Partes de los contactos");
    public static readonly Phrase NoContacts = new("We have not tried to contact you.", "Wir haben nicht versucht, Sie zu erreichen.", "No hemos intentado contactarle.");
    public static readonly Phrase Asked = new("asked: {0}", "geplant: {0}", "previsto: {0}");
    public static readonly Phrase Sent = new("sent: {0}", "gesendet: {0}", "enviado: {0}");
    public static readonly Phrase Later = new("later: {0}", "später: {0}", "más tarde: {0}");
    public static readonly Phrase HeldBack = new("held back", "zurückgehalten", "retenido");
    public static readonly Phrase NotBefore = new("not before", "nicht vor", "no antes de");
}
