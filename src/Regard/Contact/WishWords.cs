using System.Text.RegularExpressions;

namespace Regard.Contact;

/// <summary>How wishes are worded in one language: a table. All patterns are in lower case, and run in time linear in the text.</summary>
internal sealed class WishWords
{
    private readonly (FoundKind Kind, Regex Pattern)[] _wishes;
    private readonly Regex _opposite;
    private readonly Regex _limit;

    private WishWords(string opposite, string limit, params (FoundKind Kind, string Pattern)[] wishes)
    {
        _opposite = Compile(opposite);
        _limit = Compile($@"^[\s,]*(?:{limit})\b");
        _wishes = [.. wishes.Select(wish => (wish.Kind, Compile(wish.Pattern)))];
    }

    /// <summary>English, German, Spanish.</summary>
    public static IReadOnlyList<WishWords> All { get; } =
    [
        new(
            @"\b(?:don't|do not|never|didn't|did not|please not) (?:\w+ )?(?:stop|quit|cease)\b|\b(?:don't|do not|wouldn't) mind\b|\b(?:you|they|nobody|no one|noone|somebody|she|he) (?:\w+ )?(?:never|didn't|did not|haven't|hasn't|have not|has not)\b|\b(?:nobody|no one|noone)\b|\bhaven't (?:had|got|received)\b|^(?:why|how come|when|who|did|have|has|is|are)\b|\bcall(?:ed|ing)? (?:it|this|that)\b|\bi (?:only|never|just) (?:e-?mailed|called|wrote|got|had)\b|\b(?:got|received|had|were|was|there are) no (?:calls|e-?mails|emails|texts|text messages|sms|offers|newsletters?)\b|\bif you\b.{0,40}\bi (?:will|would|'ll)\b",
            @"(?:me |us )?(?:before|after|until|till|between|on|at (?:work|home|night|noon|lunch|dinner|my|the|this|that|\d)|during|in the|today|tomorrow|tonight|this|now|yet|while|when|if|unless|without|from the|by your|names|about)",
            (FoundKind.NothingAtAll, @"\bleave (?:me|us) (?:alone|in peace)\b|\b(?:stop|quit) contacting (?:me|us)\b|\b(?:don't|do not|never) (?:ever )?contact (?:me|us)(?: again| any ?more| ever)*\b|\bno (?:more|further) contact\b"),
            (FoundKind.OnlyEmail, @"\b(?:only|just|exclusively) (?:\w+ ){0,3}(?:by|via|through|over) e-?mail\b|\bby e-?mail only\b|\be-?mail only(?: please|[\s]*[,.!;)]|\s*$)|\b(?:e-?mail|write to|write) (?:me |us )?(?:instead of call\w+|rather than call\w+)|\bplease (?:e-?mail|write)(?: me| us)? instead\b|\b(?:i|we)(?:'d| would)? (?:much )?prefer (?:to be (?:contacted|reached|written to) (?:by|via) |contact by |it by )?e-?mail\b"),
            (FoundKind.OnlyPhone, @"\b(?:only|just|exclusively) (?:\w+ ){0,3}(?:by|via|over the|on the) (?:phone|telephone)\b|\b(?:by )?phone only\b|\bplease (?:just |rather )?call(?: me| us)? instead\b|\b(?:i|we)(?:'d| would)? (?:much )?prefer (?:to be called|(?:a )?(?:phone ?)?calls?|the phone)\b"),
            (FoundKind.NoPhone, @"\b(?:stop|quit) (?:calling|phoning|ringing)\b|\b(?:don't|do not|never) (?:ever )?(?:call|phone|ring|telephone)(?: me| us)?(?: again| any ?more| ever)*\b|\bno (?:more |further )?(?:phone ?)?calls\b|\b(?:remove|delete) my (?:phone|telephone|mobile|cell) ?number\b|\b(?:don't|do not) want (?:any |more |any more )*(?:to be called|(?:phone ?)?calls|you to call)\b"),
            (FoundKind.NoEmail, @"\b(?:stop|quit) (?:e-?mailing|sending (?:me |us )?(?:any |these |so many |more )*(?:e-?mails|mails))\b|\b(?:don't|do not|never) (?:ever )?(?:e-?mail (?:me|us)|send (?:me |us )?(?:any |more )*(?:e-?mails|mails))\b|\bno (?:more |further )?e-?mails\b|\b(?:don't|do not) want (?:any |more |any more )*e-?mails\b"),
            (FoundKind.NoText, @"\b(?:stop|quit) (?:texting|sms-?ing|sending (?:me |us )?(?:any |these |so many |more )*(?:texts|text messages|sms))\b|\b(?:don't|do not|never) (?:ever )?(?:text (?:me|us)|send (?:me |us )?(?:any |more )*(?:texts|text messages|sms))\b|\bno (?:more |further )?(?:texts|text messages|sms)\b|\b(?:don't|do not) want (?:any |more |any more )*(?:texts|text messages|sms)\b"),
            (FoundKind.NoOffers, @"\bunsubscribe\b|\bopt (?:me )?out\b|\b(?:take|remove) me (?:off|from) (?:your|the|this) (?:mailing )?(?:list|newsletter)\b|\bno (?:more |further )?(?:offers|advertising|adverts|ads|promotions|newsletters?|marketing|spam)\b|\bstop (?:sending|the|your|with) (?:\w+ ){0,4}(?:offers|newsletters?|ads|advertising|adverts|marketing|promotions|spam)\b|\b(?:don't|do not) (?:want|send|need) (?:\w+ ){0,4}(?:offers|newsletters?|ads|advertising|adverts|marketing|promotions|spam)\b"),
            (FoundKind.LessOften, @"\bless often\b|\bfewer (?:e-?mails|calls|messages|mails)\b|\btoo many (?:e-?mails|calls|messages|mails)\b|\bnot so often\b")),
        new(
            @"\bhör(?:en|t|e)? (?:sie )?(?:bitte )?(?:nicht|nie) auf\b|\b(?:hat|haben|hatte|hatten|habt|wurde|wurden|bin|sind) \b.{0,60}\b(?:angerufen|gemeldet|geschrieben|erhalten|bekommen|kontaktiert)\b|\b(?:niemand|keiner)\b|^(?:warum|wieso|weshalb|wann|wer|haben|hat)\b|\b(?:nichts|kein problem) (?:dagegen|gegen|mit)\b|\b(?:habe|haben|hatte) (?:ich |wir )?(?:\w+ )?(?:keine|nur)\b",
            "(?:bitte )?(?:mehr )?(?:vor|nach|bis|zwischen|am|um|im|ab|während|heute|morgen|jetzt|wenn|ohne|auf der|bei der|in der)",
            (FoundKind.NothingAtAll, @"\blass(?:en|t)? (?:sie )?(?:mich|uns) (?:\w+ )?in (?:ruhe|frieden)\b|\bkontaktier(?:en|t|e)? (?:sie )?(?:mich|uns) (?:bitte )?(?:nicht|nie)(?: mehr| wieder)*\b|\bkeinen (?:weiteren )?kontakt\b"),
            (FoundKind.OnlyEmail, @"\b(?:nur|ausschließlich) (?:noch )?(?:per|via|über) e-?mail\b|\blieber (?:per |eine |via )?e-?mail\b|\bbitte (?:nur |lieber )?schreiben statt (?:an)?rufen\b"),
            (FoundKind.OnlyPhone, @"\b(?:nur|ausschließlich|lieber) (?:noch )?(?:telefonisch|per telefon|am telefon|einen anruf)\b"),
            (FoundKind.NoPhone, @"\bruf(?:en|t|e)? (?:sie )?(?:mich|uns|hier) (?:bitte )?(?:nicht|nie|niemals)(?: mehr| wieder| noch einmal)*(?: an)?\b|\bkeine (?:weiteren |telefonischen )?(?:anrufe|telefonate)\b|\bhör(?:en|t)? (?:sie )?(?:bitte |endlich )*auf,? (?:mich |uns )?anzurufen\b|\b(?:möchte|will|wünsche) (?:\w+ )?nicht (?:mehr )?angerufen\b|\b(?:löschen|streichen|entfernen) sie (?:bitte )?meine (?:telefon|handy|mobil)?nummer\b|\bnicht (?:mehr )?anrufen\b"),
            (FoundKind.NoEmail, @"\bkeine (?:weiteren )?(?:e-?mails|mails)\b|\b(?:schreiben|schicken|senden) sie mir (?:bitte )?(?:nicht mehr|nichts mehr|keine (?:weiteren )?(?:e-?)?mails)"),
            (FoundKind.NoText, @"\bkeine (?:weiteren |weitere )?(?:sms|textnachrichten|kurznachrichten)\b|\b(?:schicken|senden|schreiben) sie mir (?:bitte )?keine (?:weiteren )?(?:sms|textnachrichten|kurznachrichten)\b"),
            (FoundKind.NoOffers, @"\bkeine (?:weitere |weiteren )?(?:werbung|werbemails?|angebote|newsletter)\b|\b(?:newsletter|werbung) (?:bitte )?(?:abbestellen|abmelden|kündigen|stoppen)\b|\b(?:bestelle|melde) .{0,30}newsletter .{0,20}ab\b"),
            (FoundKind.LessOften, @"\b(?:weniger|nicht so) (?:oft|häufig)\b|\bseltener\b|\bzu (?:viele (?:e-?mails|mails|anrufe)|oft|häufig)\b")),
        new(
            @"\bno (?:dejen|deje|dejes|dejéis|paren|pare) de\b|\bno me (?:llamaron|llamó|han llamado|ha llamado|escribieron|han escrito|contestaron|importa|molesta)\b|\bnadie\b|^¿?(?:por qué|cuándo|quién)\b|\bno (?:recibí|he recibido|hemos recibido|tengo)\b",
            "(?:más )?(?:antes|después|hasta|entre|a las|el lunes|el martes|el miércoles|el jueves|el viernes|por la|por las|hoy|mañana|ahora|si|cuando|mientras|sin)",
            (FoundKind.NothingAtAll, @"\bdéj(?:en|e|a|ad)(?:me|nos) en paz\b|\bno me (?:contacten|contacte|contactéis|contactes)(?: más| nunca| nunca más)?\b|\bdejen de contactar(?:me|nos)\b"),
            (FoundKind.OnlyEmail, @"\b(?:solo|sólo|solamente|únicamente|exclusivamente) (?:\w+ )?(?:por|vía|a través del?) (?:correo|e-?mail|mail)\b|\bprefiero (?:el |un |que me escriban (?:por |un )?)?(?:correo|e-?mail)\b"),
            (FoundKind.OnlyPhone, @"\b(?:solo|sólo|solamente|únicamente) (?:\w+ )?(?:por|vía) teléfono\b|\bprefiero (?:que me llamen|una llamada|el teléfono|las llamadas)\b"),
            (FoundKind.NoPhone, @"\bno (?:me|nos) (?:llamen|llame|llames|llaméis|telefoneen)(?: más| nunca| nunca más| otra vez)?\b|\b(?:dejen|deje|dejad|deja) de llamar(?:me|nos)?\b|\bno (?:quiero|deseo|queremos) (?:más |recibir |recibir más )?(?:llamadas|que me llamen)\b|\bno más llamadas\b"),
            (FoundKind.NoEmail, @"\bno (?:me|nos) (?:envíen|envíe|envíes|manden|mande|escriban) (?:más )?(?:correos|e-?mails|mails)\b|\bno (?:quiero|deseo|queremos) (?:más |recibir |recibir más )?(?:correos|e-?mails|mails)\b|\b(?:dejen|deje) de (?:enviarme|mandarme) (?:más )?(?:correos|e-?mails|mails)\b|\bno más (?:correos|e-?mails)\b"),
            (FoundKind.NoText, @"\bno (?:me|nos) (?:envíen|envíe|envíes|manden|mande) (?:más )?(?:sms|mensajes de texto)\b|\bno (?:quiero|deseo|queremos) (?:más |recibir |recibir más )?(?:sms|mensajes de texto)\b|\b(?:dejen|deje) de (?:enviarme|mandarme) (?:más )?(?:sms|mensajes de texto)\b|\bno más (?:sms|mensajes de texto)\b"),
            (FoundKind.NoOffers, @"\bno (?:quiero|deseo|queremos) (?:más |recibir |recibir más )?(?:publicidad|ofertas|promociones|boletines|el boletín)\b|\bno (?:me|nos) (?:envíen|envíe|manden|mande) (?:más )?(?:publicidad|ofertas|promociones)\b|\b(?:darme|denme|deme|dar) de baja\b|\bno más (?:publicidad|ofertas)\b"),
            (FoundKind.LessOften, @"\bmenos (?:a menudo|seguido|frecuencia|correos|llamadas|mensajes)\b|\bcon menos frecuencia\b|\bdemasiad[oa]s (?:correos|llamadas|mensajes|e-?mails)\b")),
    ];

    /// <summary>What a sentence, in lower case, seems to say. Nothing when it says the opposite, or sets only a limit of time or place.</summary>
    public IEnumerable<FoundKind> In(string sentence)
    {
        if (_opposite.IsMatch(sentence)) yield break;
        foreach (var (kind, pattern) in _wishes)
            if (pattern.Match(sentence) is { Success: true } match && !_limit.IsMatch(sentence[(match.Index + match.Length)..]))
                yield return kind;
    }

    private static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
