using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>Weighs whether a mail tells that another one was not delivered. No sign alone decides: people write subjects like machines do.</summary>
internal static partial class BounceSigns
{
    /// <summary>From here on it is a bounce.</summary>
    public const int Enough = 5;

    /// <summary>The weight of all signs.</summary>
    public static int Weight(MailPart mail, string notice, bool hasOriginal)
    {
        var subject = mail.Words("Subject");
        var from = mail.Mailboxes("From");
        var weight = 0;
        if (!IsMachine(mail, notice, hasOriginal)) return 0;
        if (mail["X-Failed-Recipients"] is not null) weight += 4;
        if (IsNull(mail["Return-Path"])) weight += 1;
        if (from.Any(mailbox => Daemon().IsMatch(mailbox.Address)) || Daemon().IsMatch(mail["From"] ?? "")) weight += 3;
        else if (DaemonName().IsMatch(EncodedWords.Decode(mail["From"] ?? "")) || Daemon().IsMatch((mail["Return-Path"] ?? "").Trim('<', '>')) || from.Any(mailbox => Postmaster().IsMatch(mailbox.Address))) weight += 2;
        if (English().IsMatch(subject) || Elsewhere().IsMatch(subject)) weight += 3;
        if (mail["Auto-Submitted"]?.Contains("failure", StringComparison.OrdinalIgnoreCase) == true) weight += 3;
        if (mail.Type.Name == "multipart/report" && mail.Type.Parameter("report-type") is null or "delivery-status") weight += mail.Type.Name == "multipart/report" ? 2 : 0;
        if (hasOriginal) weight += 1;
        if (InBody().IsMatch(notice)) weight += 2;
        if (StatusCode.Find(notice) is { Class: not null } code) weight += code.IsSpecific ? 2 : 1;
        if (AutomaticSigns.IsAbsence(subject)) weight -= 4;
        if (mail["In-Reply-To"] is not null && Reply().IsMatch(subject)) weight -= 3;
        if (mail["X-Auto-Response-Suppress"] is not null && weight < 4) weight -= 1;
        return weight;
    }

    // Somebody who writes about a delivery is a person until something says otherwise.
    private static bool IsMachine(MailPart mail, string notice, bool hasOriginal) =>
        mail["X-Failed-Recipients"] is not null || IsNull(mail["Return-Path"]) || mail.Type.Name == "multipart/report"
        || mail["Auto-Submitted"] is { } submitted && !submitted.Trim().Equals("no", StringComparison.OrdinalIgnoreCase)
        || Daemon().IsMatch((mail["Return-Path"] ?? "").Trim('<', '>', ' ')) || DaemonName().IsMatch(EncodedWords.Decode(mail["From"] ?? "")) || Daemon().IsMatch(mail["From"] ?? "")
        || mail.Mailboxes("From") is not [_, ..] || mail.Mailboxes("From").Any(from => Postmaster().IsMatch(from.Address) || Daemon().IsMatch(from.Address))
        || hasOriginal && mail["In-Reply-To"] is null && mail.Words("Subject") is var subject && !Reply().IsMatch(subject) && (StatusCode.Find(notice).IsSpecific || English().IsMatch(subject) || Elsewhere().IsMatch(subject));

    /// <summary>Whether an envelope sender is the empty one of machines.</summary>
    public static bool IsNull(string? returnPath) => returnPath?.Trim() is "<>" or "";

    [GeneratedRegex(@"^[""'<]*(?:mailer[-_. ]?daemon|mail[-_.]?daemon|maildaemon|postmaster-?daemon|mailerdaemon|bounce-?notice|mail-?delivery(?:-?system|-?subsystem)?|maildelivery|mail\.delivery\.system|mdaemon|nondelivery|undeliverable|microsoftexchange[0-9a-f]+|mmdf|uucp|smtpd?[-_]?daemon|delivery[-_.]?(?:failure|status|report)[^@]*|dsn|ndr|bounces?)\b[^@]*@?|mailer-daemon\b", RegexOptions.IgnoreCase)]
    private static partial Regex Daemon();

    [GeneratedRegex(@"^(?:post_?master|mail-?admin\w*|mailadmin|system|root|no-?reply|noreply|administrator|admin|smtp|mail|mailer|mta|gateway|hostmaster|sysadmin)(?:[+=-][^@]*)?@", RegexOptions.IgnoreCase)]
    private static partial Regex Postmaster();

    [GeneratedRegex(@"mail(?:er)?[- _]?(?:delivery|daemon)|delivery (?:sub)?system|delivery (?:agent|service|notification|failure)|postmaster|system administrator|systemadministrator|mail (?:system|server|administrator|transport|gateway)|internet mail|mailer|administrateur|administrador del sistema|microsoft outlook|notifier|bounce|smtp|gateway|antivirus", RegexOptions.IgnoreCase)]
    private static partial Regex DaemonName();

    [GeneratedRegex(@"undeliver|un-?delivered|not (?:be )?delivered|non[- ]?(?:remis|deliver|recapit|distribu)|delivery (?:status|fail|problem|report|error|delay|has|unsuccessful|notification|warning|incomplete|subsystem)|failed delivery|deliveryfailure|failed mail|failure (?:notice|delivery|to deliver)|mail (?:delivery|failure|system|error|status|fail|could not|rejected|not delivered|undeliver|warning|returned|bounce)|e?-?mail (?:failed|failure|error|returned|rejected|delivery)|return(?:ed|ing)? (?:mail|message|e-?mail|to sender)|returned\b|bounce|message (?:delivery|not|status|delay|could|undeliver|error|rejected|you sent|returned|bounced|was not|has not|blocked|failed)|(?:could|can|would|was|were|is|be|has)(?:n't|n’t| ?not)\b.{0,30}\bdeliver|unable to (?:deliver|send|reach)|cannot (?:deliver|send)|warning: (?:message|could|unable|mail|your)|still being retried|problem delivering|\bndn\b|\bndr\b|\bdsn\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex English();

    [GeneratedRegex(@"user unknown|unknown (?:user|recipient|address)|mailbox (?:full|unavailable|not found|is)|invalid (?:recipient|address|e?-?mail)|address (?:rejected|unknown|error|not found)|no such user|recipient (?:unknown|not)|nameserver error|transcript|your message to .{0,80}(?:await|couldn|reject|could not)|unzustellbar|nicht zu(?:ge)?stell|zustellung|zustellfehler|unzugestellt|nachricht .{0,20}nicht|no se (?:puede|pudo|ha podido) entregar|no entregad|entrega (?:fallida|retrasada)|error de entrega|imposible entregar|devuelto|[ée]chec|non remis|non distribu|impossible de (?:remettre|livrer|distribuer)|retour.{0,15}(?:mail|message)|mancat[oa] (?:consegna|recapito)|non recapitabile|consegna|falha|não (?:foi )?entreg|nao entregue|devolvid|onbestelbaar|niet (?:af)?(?:geleverd|bezorgd)|mislukt|ej levererat|kunde inte levereras|olevererat|kunne ikke leveres|toimittamatta|недоставлен|не (?:было )?доставлен|ошибка доставки|возврат|сообщение не|niedostarcz|nie dostarcz|nedoru[cč]|kézbesít|teslim edilemedi|配信(?:不能|エラー|失敗|できません)|配達|送信(?:エラー|失敗)|送信できま|戻って|未達|エラーメール|投递失败|投递|退信|退回|退件|系统退|未送达|无法(?:投递|送达)|반송|전송 ?실패|배달", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"(?:not|n't|n’t|never)\s+(?:be\s+|been\s+|yet\s+been\s+|yet\s+be\s+)?(?:successfully\s+)?(?:deliver|reach|sent|accept|process)|unable\s+to\s+(?:deliver|send|relay|forward|complete)|undeliver|deliver(?:y|ing)\b.{0,60}\b(?:fail|problem|error|delay|unsuccessful|abort|suspended|impossible|not\s+possible)|fail(?:ed|ure|s)?\s+(?:to\s+deliver|deliver|permanently|recipient|address|to\s+reach)|following\s+(?:address|recipient|user|destination)|permanent\s+(?:fatal\s+)?(?:error|failure)|fatal\s+error|user\s+unknown|unknown\s+user|no\s+such\s+user|mailbox\s+(?:is\s+)?(?:full|unavailable|not\s+found)|returned\s+(?:to\s+(?:you|sender)|mail|message|below|unsent)|was\s+(?:rejected|returned|bounced|refused|blocked|undeliver)|has\s+been\s+(?:rejected|returned|delayed|blocked|refused)|did\s+not\s+(?:reach|receive)|could\s*n['’o]t|rejected\s+(?:by|your)|RCPT\s+TO|said:|<<<\s*[45]\d\d|remote\s+(?:host|server|mail)|unzustellbar|nicht\s+(?:zugestellt|ausgeliefert|übermittelt)|fehlgeschlagen|no\s+(?:se\s+)?(?:pudo|ha\s+podido|puede)|entregad|pas\s+(?:pu\s+)?[êe]tre|n'a\s+pas|impossible|consegnat|recapitat|entregue|не\s+(?:был|может|удалось|достав)|配信|届き|届け|送信でき|存在しません|できません|无法|失败|退回|没有", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex InBody();

    [GeneratedRegex(@"^\s*(?:re|aw|sv|antw|rv|vs|fwd?|wg|tr|i)\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Reply();
}
