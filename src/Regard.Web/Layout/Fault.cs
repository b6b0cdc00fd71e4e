namespace Regard.Layout;

/// <summary>What to tell a person about an answer that is not the wished-for page.</summary>
/// <param name="Why">The reason as far as it is known.</param>
/// <param name="Next">What the person can do now.</param>
public sealed record Fault(int Status, Phrase Title, Phrase Why, Phrase Next)
{
    public static Fault For(int status) => status switch
    {
        400 => new(400, new("That form could not be read", "Dieses Formular konnte nicht gelesen werden", "No se pudo leer el formulario"),
            new("Something in it was missing, or the page had been open for too long.", "Etwas darin fehlte, oder die Seite war zu lange offen.", "Faltaba algo, o la página llevaba demasiado tiempo abierta."),
            new("Go back, load the page again and send it once more.", "Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal.", "Vuelva atrás, cargue de nuevo la página y envíelo otra vez.")),
        401 => new(401, new("Please sign in", "Bitte melden Sie sich an", "Inicie sesión, por favor"),
            new("You are not signed in, or your session has ended.", "Sie sind nicht angemeldet, oder Ihre Sitzung ist zu Ende.", "No ha iniciado sesión, o su sesión ha terminado."),
            new("Sign in and open the page again.", "Melden Sie sich an und öffnen Sie die Seite erneut.", "Inicie sesión y abra de nuevo la página.")),
        403 => new(403, new("This is not open to you", "Das ist für Sie nicht zugänglich", "Usted no tiene acceso a esto"),
            new("Your role does not include this page or this action.", "Ihre Rolle umfasst diese Seite oder diese Handlung nicht.", "Su función no incluye esta página o esta acción."),
            new("If your work needs it, ask an administrator to change your role.", "Wenn Sie es brauchen, wenden Sie sich an uns.", "Si lo necesita, póngase en contacto con nosotros.")),
        404 => new(404, new("There is no such page", "Diese Seite gibt es nicht", "Esta página no existe"),
            new("The address may be mistyped, or what was here has been removed or merged.", "Vielleicht ist die Adresse falsch geschrieben, oder was hier war, wurde entfernt oder zusammengeführt.", "Puede que la dirección esté mal escrita, o que lo que había aquí se haya eliminado o unido a otra cosa."),
            new("Check the address, or look for it from the start page.", "Prüfen Sie die Adresse, oder suchen Sie von der Startseite aus.", "Compruebe la dirección, o búsquelo desde la página de inicio.")),
        409 => new(409, new("Somebody was faster", "Jemand war schneller", "Alguien fue más rápido"),
            new("This was changed by someone else while you had it open. Nothing of yours was saved.", "Dies wurde geändert, während Sie es offen hatten. Von Ihnen wurde nichts gespeichert.", "Esto se cambió mientras usted lo tenía abierto. No se guardó nada de lo suyo."),
            new("Load the page again, look at what changed, and repeat your change.", "Laden Sie die Seite neu, sehen Sie nach, was sich geändert hat, und wiederholen Sie Ihre Änderung.", "Cargue de nuevo la página, mire qué ha cambiado y repita su cambio.")),
        413 => new(413, new("That is too large", "Das ist zu groß", "Es demasiado grande"),
            new("The upload is larger than the server accepts.", "Was Sie gesendet haben, ist größer, als der Server annimmt.", "Lo que envió es mayor de lo que el servidor acepta."),
            new("Split it, or use the import on the command line.", "Senden Sie weniger auf einmal.", "Envíe menos de una vez.")),
        429 => new(429, new("Too many requests", "Zu viele Versuche", "Demasiados intentos"),
            new("This was tried very often in a short time.", "Das wurde in kurzer Zeit sehr oft versucht.", "Esto se intentó muchas veces en poco tiempo."),
            new("Wait a minute, then try again.", "Warten Sie eine Minute, und versuchen Sie es dann erneut.", "Espere un minuto e inténtelo de nuevo.")),
        >= 500 => new(status, new("That went wrong on our side", "Da ist bei uns etwas schiefgegangen", "Algo ha fallado por nuestra parte"),
            new("The server met a fault and has written it down. Nothing half-done was saved.", "Auf dem Server ist ein Fehler aufgetreten, und er hat ihn notiert. Nichts Halbfertiges wurde gespeichert.", "El servidor encontró un fallo y lo ha anotado. No se guardó nada a medias."),
            new("Try again in a minute. If it happens again, tell whoever looks after this system.", "Versuchen Sie es in einer Minute erneut. Wenn es wieder geschieht, sagen Sie uns bitte Bescheid.", "Inténtelo de nuevo dentro de un minuto. Si vuelve a ocurrir, avísenos, por favor.")),
        _ => new(status, new("That did not work", "Das hat nicht funktioniert", "No ha funcionado"),
            new("The server could not do what was asked.", "Der Server konnte nicht tun, was verlangt wurde.", "El servidor no pudo hacer lo que se pidió."),
            new("Go back and try again.", "Gehen Sie zurück und versuchen Sie es erneut.", "Vuelva atrás e inténtelo de nuevo.")),
    };

    /// <summary>A link in a mail that leads nowhere any more.</summary>
    public static Fault LinkEnded { get; } = new(404, new("This link has ended", "Dieser Link ist abgelaufen", "Este enlace ha caducado"),
        new("It is too old, or was not copied as a whole.", "Er ist zu alt, oder er wurde nicht ganz kopiert.", "Es demasiado antiguo, o no se copió entero."),
        new("Open your page: there you can see and change everything. If this was to end our mails, use the link in the newest of them, which always works.", "Öffnen Sie Ihre Seite: Dort können Sie alles sehen und ändern. Wenn Sie unsere E-Mails beenden wollten, nehmen Sie den Abmelde-Link in der neuesten davon; er gilt immer.", "Abra su página: allí puede ver y cambiar todo. Si quería dejar de recibir nuestros correos, use el enlace de baja del más reciente, que siempre funciona."));
}
