namespace Regard.Customers;

/// <summary>The words about a customer's data: the copy, and erasing.</summary>
internal static class DataPhrases
{
    public static readonly Phrase Title = new("Your data", "Ihre Daten", "Sus datos");
    public static readonly Phrase Lead = new("What is kept about you is yours to read, to take with you, and to have erased.", "Was über Sie gespeichert ist, dürfen Sie lesen, mitnehmen und löschen lassen.", "Lo que guardamos sobre usted puede leerlo, llevárselo y hacer que se borre.");
    public static readonly Phrase CopyTitle = new("A copy of everything", "Eine Kopie von allem", "Una copia de todo");
    public static readonly Phrase Copy = new("Your profile, addresses, orders and returns, every contact and why it was made, all you told us and all that was written down about you: one file in JSON, which people and programs can read.", "Ihr Profil, Adressen, Bestellungen und Rücksendungen, jeder Kontakt und sein Grund, alles, was Sie uns gesagt haben, und alles, was über Sie notiert wurde: eine Datei in JSON, die Menschen und Programme lesen können.", "Su perfil, direcciones, pedidos y devoluciones, cada contacto y su motivo, todo lo que nos dijo y todo lo que se anotó sobre usted: un archivo JSON que pueden leer personas y programas.");
    public static readonly Phrase Download = new("Download the copy", "Kopie herunterladen", "Descargar la copia");
    public static readonly Phrase ForgetTitle = new("Be forgotten", "Vergessen werden", "Derecho al olvido");
    public static readonly Phrase Forget = new("You can have everything erased that says who you are. The next page says exactly what is erased, what is kept, and why, and asks you once more.", "Sie können alles löschen lassen, was sagt, wer Sie sind. Die nächste Seite sagt genau, was gelöscht wird, was bleibt und warum, und fragt Sie noch einmal.", "Puede hacer que se borre todo lo que dice quién es usted. La página siguiente explica exactamente qué se borra, qué se conserva y por qué, y le pregunta una vez más.");
    public static readonly Phrase EraseMine = new("Have my data erased", "Meine Daten löschen lassen", "Borrar mis datos");
    public static readonly Phrase Erase = new("Erase", "Löschen", "Borrar");
    public static readonly Phrase EraseQuestion = new("Erase?", "Löschen?", "¿Borrar?");
    public static readonly Phrase NotErased = new("Nothing was erased", "Nichts wurde gelöscht", "No se borró nada");
    public static readonly Phrase Tick = new("Tick the box if you are sure: it cannot be undone.", "Setzen Sie den Haken, wenn Sie sicher sind: Es lässt sich nicht rückgängig machen.", "Marque la casilla si está seguro: no se puede deshacer.");
    public static readonly Phrase CaseOpen = new("A problem is still open and would be closed unsolved.", "Ein Anliegen ist noch offen und würde ungelöst geschlossen.", "Hay un problema aún abierto que se cerraría sin resolver.");
    public static readonly Phrase CasesOpen = new("{0} problems are still open and would be closed unsolved.", "{0} Anliegen sind noch offen und würden ungelöst geschlossen.", "Hay {0} problemas aún abiertos que se cerrarían sin resolver.");
    public static readonly Phrase IKnow = new("I know that this cannot be undone.", "Ich weiß, dass sich das nicht rückgängig machen lässt.", "Sé que esto no se puede deshacer.");
    public static readonly Phrase Keep = new("Keep everything", "Alles behalten", "Conservarlo todo");
    public static readonly Phrase ForgottenTitle = new("You are forgotten", "Sie sind vergessen", "Sus datos se han borrado");
    public static readonly Phrase Forgotten = new("Everything that says who you are is erased, and you are signed out. Nothing will be sent to you.", "Alles, was sagt, wer Sie sind, ist gelöscht, und Sie sind abgemeldet. Sie bekommen nichts mehr von uns.", "Se ha borrado todo lo que dice quién es usted, y su sesión está cerrada. No recibirá nada más.");
    public static readonly Phrase IfBack = new("If you ever come back, you begin as somebody new, and nobody writes to you on their own initiative unless you ask for it.", "Wenn Sie einmal wiederkommen, beginnen Sie wie jemand Neues, und niemand schreibt Ihnen von sich aus, wenn Sie es nicht wünschen.", "Si algún día vuelve, empezará como alguien nuevo, y nadie le escribirá por iniciativa propia si usted no lo pide.");

    public static readonly Phrase ErasedTitle = new("What is erased, for ever", "Was für immer gelöscht wird", "Qué se borra para siempre");
    public static readonly Phrase KeptTitle = new("What is kept, and why", "Was bleibt, und warum", "Qué se conserva, y por qué");
    public static readonly Phrase Fingerprint = new("A fingerprint of each address, which nobody can read: so that no file brings you back.", "Ein Fingerabdruck jeder Adresse, den niemand lesen kann: damit keine Datei Sie zurückbringt.", "Una huella de cada dirección, que nadie puede leer: para que ningún archivo le traiga de vuelta.");
    public static readonly Phrase Refused = new("What was refused, without the words: whoever forgets you must still not write to you.", "Was abgelehnt wurde, ohne die Worte: Auch wer Sie vergisst, darf Ihnen nicht schreiben.", "Lo que se rechazó, sin las palabras: quien le olvida tampoco debe escribirle.");
    public static readonly Phrase Backups = new("Copies kept for emergencies (backups) still hold the data until they are replaced.", "Sicherungskopien für Notfälle enthalten die Daten noch, bis sie ersetzt werden.", "Las copias de seguridad para emergencias conservan los datos hasta que se sustituyen.");

    public static readonly IReadOnlyList<Phrase> Erased =
    [
        new("name, form of address, language, place and time zone", "Name, Anrede, Sprache, Ort und Zeitzone", "nombre, tratamiento, idioma, lugar y zona horaria"),
        new("e-mail addresses, telephone numbers, cards and ids in other systems", "E-Mail-Adressen, Telefonnummern, Karten und Kennungen in anderen Systemen", "correos electrónicos, números de teléfono, tarjetas e identificadores de otros sistemas"),
        new("everything written in words: notes, calls, mails and messages, problems and their solutions, reasons of returns, and the words in which wishes were told", "alles in Worten Geschriebene: Notizen, Anrufe, E-Mails und Nachrichten, Anliegen und ihre Lösungen, Gründe von Rücksendungen und die Worte, in denen Wünsche gesagt wurden", "todo lo escrito con palabras: notas, llamadas, correos y mensajes, problemas y sus soluciones, motivos de devoluciones y las palabras con las que se dijeron los deseos"),
        new("everything that came in from the shop's pages and is not worked through yet", "alles, was von den Seiten des Shops gekommen und noch nicht verarbeitet ist", "todo lo que llegó de las páginas de la tienda y aún no se ha procesado"),
        new("the way into these pages: links and sessions end at once", "der Zugang zu diesen Seiten: Links und Sitzungen enden sofort", "el acceso a estas páginas: los enlaces y las sesiones terminan de inmediato"),
    ];

    public static readonly Phrase Books = new("Orders, returns and fees with day and amount, without a name: the books must stay true, and the law asks for them.", "Bestellungen, Rücksendungen und Gebühren mit Tag und Betrag, ohne Namen: Die Bücher müssen stimmen, und das Gesetz verlangt sie.", "Pedidos, devoluciones y gastos con día e importe, sin nombre: los libros deben seguir siendo ciertos, y la ley los exige.");
    public static readonly Phrase Decisions = new("That contacts were decided about, when, and how, without words: the record of decisions stays unbroken.", "Dass über Kontakte entschieden wurde, wann und wie, ohne Worte: Die Aufzeichnung der Entscheidungen bleibt lückenlos.", "Que se decidió sobre contactos, cuándo y cómo, sin palabras: el registro de decisiones queda íntegro.");
}
