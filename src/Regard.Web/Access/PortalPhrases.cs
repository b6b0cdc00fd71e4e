namespace Regard.Access;

/// <summary>The words of signing in to the portal.</summary>
internal static class PortalPhrases
{
    public static readonly Phrase Title = new("Your page", "Ihre Seite", "Su página");
    public static readonly Phrase Lead = new("How we may reach you, what we know, and what we did. We send you a link: there is no password.", "Wie wir Sie erreichen dürfen, was wir wissen und was wir getan haben. Wir schicken Ihnen einen Link: Ein Passwort gibt es nicht.", "Cómo podemos contactarle, qué sabemos y qué hicimos. Le enviamos un enlace: no hace falta contraseña.");
    public static readonly Phrase SentTitle = new("Look into your mail", "Sehen Sie in Ihr Postfach", "Mire su correo");
    public static readonly Phrase Sent = new("If we know this address, a link to your page is on its way. It works once, and for 15 minutes.", "Wenn wir diese Adresse kennen, ist ein Link zu Ihrer Seite unterwegs. Er gilt einmal und 15 Minuten lang.", "Si conocemos esta dirección, un enlace a su página va de camino. Sirve una vez y durante 15 minutos.");
    public static readonly Phrase NothingCame = new("Nothing came? Look among the unwanted mail, or try the address that you order with.", "Nichts angekommen? Sehen Sie bei den unerwünschten E-Mails nach, oder versuchen Sie es mit der Adresse, mit der Sie bestellen.", "¿No ha llegado nada? Mire en el correo no deseado, o pruebe con la dirección con la que hace sus pedidos.");
    public static readonly Phrase Address = new("E-mail address", "E-Mail-Adresse", "Correo electrónico");
    public static readonly Phrase Send = new("Send me the link", "Schicken Sie mir den Link", "Envíenme el enlace");
    public static readonly Phrase SendAgain = new("Send it again", "Noch einmal schicken", "Enviar de nuevo");
    public static readonly Phrase NoAddress = new("This is no e-mail address. Write it like name@home.example.", "Das ist keine E-Mail-Adresse. Schreiben Sie sie so: name@home.example.", "Esto no es una dirección de correo. Escríbala así: nombre@home.example.");
    public static readonly Phrase OpenTitle = new("Open your page", "Öffnen Sie Ihre Seite", "Abra su página");
    public static readonly Phrase OpenLead = new("One press, and you are there.", "Ein Druck auf den Knopf, und Sie sind da.", "Pulse una vez y ya está.");
    public static readonly Phrase Open = new("Open my page", "Meine Seite öffnen", "Abrir mi página");
    public static readonly Phrase EndedTitle = new("This link has ended", "Dieser Link ist abgelaufen", "Este enlace ha caducado");
    public static readonly Phrase Ended = new("It was used already, or it is too old. Each link works once.", "Er wurde schon benutzt, oder er ist zu alt. Jeder Link gilt einmal.", "Ya se usó, o es demasiado antiguo. Cada enlace sirve una sola vez.");
    public static readonly Phrase NewOne = new("Send me a new one", "Schicken Sie mir einen neuen", "Envíenme uno nuevo");
}
