namespace Regard.Contact;

/// <summary>The two mails that ask a customer about being contacted, in their language.</summary>
internal static class ContactMails
{
    public static ContactDraft Consent(string? language, string link) => (Subtag(language) switch
    {
        "de" => Draft("Bitte bestätigen Sie: Angebote und Neuigkeiten",
            "wir haben notiert, dass Sie Angebote und Neuigkeiten per E-Mail möchten.\n\nWenn das stimmt, bestätigen Sie es bitte hier:\n{secret}\n\nWenn nicht, müssen Sie nichts tun: ohne Ihre Bestätigung schicken wir nichts."),
        "es" => Draft("Confirme, por favor: ofertas y novedades",
            "hemos anotado que desea recibir ofertas y novedades por correo electrónico.\n\nSi es así, confírmelo aquí:\n{secret}\n\nSi no, no tiene que hacer nada: sin su confirmación no enviamos nada."),
        _ => Draft("Please confirm: offers and news",
            "we noted that you want offers and news by e-mail.\n\nIf that is right, please confirm it here:\n{secret}\n\nIf not, you need not do anything: without your confirmation we send nothing."),
    }) with
    { Secret = link };

    public static ContactDraft Asking(string? language, string link) => (Subtag(language) switch
    {
        "de" => Draft("Wie dürfen wir Sie erreichen?",
            "eine Frage, die eine Minute braucht: Wie möchten Sie, dass wir mit Ihnen umgehen? Lieber E-Mail oder Anruf, wann, wie oft, oder gar nicht?\n\nHier antworten Sie, ohne Anmeldung:\n{secret}\n\nSie müssen nicht antworten, und wir fragen nicht noch einmal nach."),
        "es" => Draft("¿Cómo prefiere que le contactemos?",
            "una pregunta de un minuto: ¿cómo desea que le tratemos? ¿Mejor correo o llamada, cuándo, con qué frecuencia, o nunca?\n\nResponda aquí, sin iniciar sesión:\n{secret}\n\nNo tiene que responder, y no volveremos a preguntar."),
        _ => Draft("How may we reach you?",
            "a question that takes a minute: how do you want us to treat you? Rather mail or a call, when, how often, or not at all?\n\nAnswer here, without signing in:\n{secret}\n\nYou need not answer, and we will not ask again."),
    }) with
    { Secret = link };

    private static string Subtag(string? language) => (language ?? "en").Split('-')[0].ToLowerInvariant();

    private static ContactDraft Draft(string subject, string text) => new() { Subject = subject, Text = text };
}
