using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>
/// The reason in a mail server's own words. The order of the rows matters: what is wrong with the sender or the content is asked first,
/// since such refusals like to name the mailbox as well.
/// </summary>
internal static partial class BounceWords
{
    private static readonly (BounceReason Reason, string[] Words)[] Table =
    [
        (BounceReason.Full,
        [
            "mailbox full", "mailbox is full", "mail box full", "mailbox has exceeded", "mailbox size limit", "mailbox exceeded", "over quota", "quota usage", "quota error", "exceed their quota", "overquota", "quota exceed", "exceeded quota",
            "exceeded storage", "exceeded his quota", "exceeded the quota", "exceed the quota", "exceeds the quota", "quota is exceeded", "quota has been exceeded", "out of storage", "not enough storage", "insufficient disk",
            "insufficient system storage", "disk quota", "disk full", "no space left", "storage exceeded", "storage limit", "maildir over", "mail quota", "user is over", "inbox is full", "in-box full",
            "inbox full", "mail folder is full", "folder is full", "account is full", "account full", "account over", "has run out of space", "over the allowed quota", "over the maximum allowed",
            "too many messages in", "mailfolder is full", "space limit", "its mailbox is full", "not enough disk space", "user over", "full mailbox", "quota violation", "dd this user's disk", "exceeding the quota", "exceeds allowed",
            "recipientstoragefull", "mapi exception (exquotaexceeded", "quotaexceeded", "boîte aux lettres est pleine", "boite aux lettres pleine", "postfach voll", "postfach ist voll", "speicherplatz",
            "buzón lleno", "buzón está lleno", "buzon lleno", "casella piena", "caixa cheia", "ящик переполнен", "переполнен", "メールボックスがいっぱい", "容量超過", "容量を超", "邮箱已满", "信箱已满", "容量已满",
        ]),
        (BounceReason.NoMailbox,
        [
            "user unknown", "unknown user", "no such user", "no such recipient", "no such mailbox", "recipient unknown", "unknown recipient", "addressee unknown", "mailbox not found", "user not found", "recipient not found", "recipnotfound", "no mailbox here", "invalid recipient", "mailbox does not exist", "account does not exist", "user doesn't exist", "user does not exist", "recipientnotfound", "by smtp address lookup", "not listed in",
        ]),
        (BounceReason.Content, ["contains spam", "spam message", "considered spam", "as spam", "is spam", "spam content", "spam detected", "spammy", "contains a virus", "contained a virus", "virus found", "message content rejected", "content rejected"]),
        (BounceReason.Rate,
        [
            "greylist", "grey list", "graylist", "too many connections", "too many messages", "too many emails", "too many mails", "rate limit", "ratelimit", "rate-limit", "sending rate", "too fast", "throttl", "too many recipients", "too many sessions",
            "concurrent connections", "connection limit", "exceeded the rate", "exceeded your", "exceeds the maximum number", "max defers and failures", "hourly limit", "daily limit", "daily message quota", "mail sent too", "receiving mail at a rate", "receiving mail too quickly",
            "try again later to deliver", "temporarily deferred", "temporarily rate", "unusual rate", "frequency limited", "deferred due to user complaints",
        ]),
        (BounceReason.TooLarge,
        [
            "message size exceeds", "message too large", "message too big", "message is too large", "message is too big", "message file too big", "size limit", "maximum size", "maximum message size", "max message size", "exceeds maximum", "exceeded maximum", "exceeds fixed maximum", "exceeds size", "mail is too big", "mail too big", "message length", "too large message", "message exceeds", "larger than", "exceeds limit", "exceeds the size", "size exceeds", "header size", "excessive recipients size",
            "nachricht ist zu groß", "zu groß", "demasiado grande", "trop volumineux", "サイズ",
        ]),
        (BounceReason.Sender,
        [
            "spf check", "spf fail", "fails spf", "failed spf", "spf record", "spf validation", "spf (sender", "sender policy", "sender id", "dkim", "dmarc", "domain-based message authentication", "unauthenticated email", "unauthenticated mail", "sender address rejected", "sender rejected", "sender denied", "sender verify", "sender verification", "sender domain", "sender is not", "sender not", "sender unknown", "unknown sender", "invalid sender", "sender address", "sender's address", "envelope sender", "mail from command", "helo command", "helo/ehlo", "ehlo command", "invalid helo", "bad helo", "bad ehlo", "access denied. helo", "reverse dns", "reverse lookup", "rdns", "ptr record", "no ptr", "fcrdns", "cannot find your hostname", "cannot find your reverse hostname", "client host rejected", "client host [", "client host blocked", "unresolvable", "your host name", "your hostname", "your ip", "ip address", "ip reputation", "sending ip", "sending mta", "sending server", "blacklist", "black list", "blocklist", "block list", "blocked using", "blocked by", "blocked due", "been blocked", "is blocked", "block list", "denylist", "banned sending", "banned", "rbl", "dnsbl", "spamhaus", "spamcop", "sorbs", "barracuda", "spamrl", "senderscore", "sender score", "poor reputation", "bad reputation", "low reputation", "reputation", "dynamic ip", "dynamic address", "dial-up", "dialup", "listed in", "listed by", "not accepted from", "connection refused by", "relaying", "relay access", "relay denied", "relay not", "not relay", "to relay", "mail relay", "open relay", "authentication required", "authentication is required", "must authenticate", "not authenticated", "authorization required", "smtp auth", "starttls", "tls required", "must issue a starttls", "encryption required", "not authorized to send", "not allowed to send", "not permitted to send", "unable to send as", "from field", "from: header", "from header", "unsolicited mail originating", "mail server is not permitted", "not rfc", "rfc 5322 specification", "delisted", "service refused", "access denied", "administrative prohibition",
        ]),
        (BounceReason.Content,
        [
            "spam", "virus", "malware", "infected", "phish", "junk mail", "unsolicited", "message content", "content rejected", "message rejected due to content", "content filter", "content policy", "objectionable", "attachment", "blocked url", "url in this", "banned filename", "suspicious", "contains a link", "message filtered", "filtered by", "rule imposed", "rejected by filter", "message looks like", "high-risk", "bayesian", "bulk mail", "denied by policy", "profanity", "uce ", "dangerous", "mailmarshal", "prohibited", "headers are not", "duplicate header", "missing header", "message contains", "invalid message",
        ]),
        (BounceReason.Disabled,
        [
            "account has been disabled", "account is disabled", "account disabled", "disabled account", "is disabled", "has been disabled", "mailbox disabled", "disabled due to inactivity", "inactive user", "account inactive", "inactive account", "account is inactive", "inactive recipient", "inactive mailbox", "user inactive", "is inactive", "account suspended", "account has been suspended", "account is suspended", "suspended account", "is suspended", "has been suspended", "user suspended", "mailbox suspended", "temporarily suspended", "account closed", "account has been closed", "closed account", "account is locked", "account locked", "locked out", "account expired", "account has expired", "account terminated", "has been terminated", "account not active", "not active", "is not active", "no longer active", "mailbox is frozen", "mailbox frozen", "domain frozen", "has been deactivated", "deactivated", "discontinued", "account is blocked", "account blocked", "mailbox blocked", "mailbox is blocked", "not been activated", "mailbox currently suspended", "user disabled", "recipient suspend", "email account that you tried to reach is disabled", "recipient suspended the service", "account is temporarily unavailable", "konto ist gesperrt", "cuenta desactivada", "compte désactivé", "recipient on vacation",
        ]),
        (BounceReason.Moved, ["has moved to", "user has moved", "user moved", "moved to new address", "new email address", "please use the following address", "address has changed", "changed his e-mail", "has left the company", "has replaced by", "no longer at this", "no longer works", "no longer employed", "no longer with"]),
        (BounceReason.NoHost,
        [
            "host unknown", "unknown host", "host not found", "no such host", "domain not found", "domain name not found", "unknown domain", "no such domain", "domain does not exist", "domain doesn't exist", "domain is not valid", "invalid domain", "unrouteable", "unroutable", "unrouteable mail domain", "unrouteable domain", "no mail exchanger", "no mx", "mx record", "no route to", "couldn't find any host", "could not find any host", "cannot find any host", "can't find any host", "name service error", "name or service not known", "name server", "nameserver", "dns error", "nxdomain", "hostname lookup fail", "host lookup", "dns query", "unknown mail host", "null mx", "does not accept mail", "doesn't accept mail", "no matches to nameserver", "bad destination host", "domain of recipient", "recipient domain", "unknown recipient domain", "unknown mailer", "address resolution", "could not find a gateway", "illegal host", "domain has been", "domain must exist", "name server: .: host not found", "all relevant mx records point to non-existent", "mail domain mentioned in email address is unknown", "hôte inconnu", "domaine", "宛先のドメイン",
        ]),
        (BounceReason.NoMailbox,
        [
            "user unknown", "unknown user", "unknown recipient", "recipient unknown", "unknown address", "address unknown", "unknown local part", "unknown local-part", "unknown mailbox", "unknown account", "unknown to address", "unknown alias", "unknown or illegal", "unknown or invalid", "no such user", "no such recipient", "no such mailbox", "no such address", "no such account", "no such person", "no such local", "no such email", "no such name", "no such domain user", "no user by that name", "no account by that name", "no mailbox", "no mail box", "no valid recipient", "no valid host", "no one here", "nobody by that", "no recipient", "no account", "user not found", "recipient not found", "mailbox not found", "address not found", "account not found", "email not found", "notfound", "not found in", "not found", "could not be found", "couldn't be found", "wasn't found", "was not found", "cannot be found", "user does not exist", "user doesn't exist", "mailbox does not exist", "account does not exist", "recipient does not exist", "address does not exist", "does not exist", "doesn't exist", "not exist", "dosn't exist", "nonexistent", "non-existent", "non existent", "not a valid", "invalid recipient", "invalid mailbox", "invalid user", "invalid address", "invalid account", "invalid local", "invalid email", "recipient is invalid", "recipient invalid", "address is invalid", "address invalid", "bad recipient", "bad address", "bad destination mailbox", "bad destination", "illegal user", "illegal alias", "user is unknown", "is unknown", "unknown.", "recipient address rejected", "recipient rejected", "recipient not exist", "recipient not ok", "recipient not known", "recipient no longer", "not known at this", "not known here", "no longer available", "no longer valid", "no longer exists", "no longer in use", "no longer on server", "no longer has", "no longer a", "mailbox unavailable", "mailbox not available", "mailbox is unavailable", "mailbox isn't", "mailbox invalid", "address rejected", "address error", "address wrong", "undeliverable address", "undeliverable mailbox", "not a known user", "not a user", "not a local", "not our customer", "not listed in", "is not listed", "not in address", "not recognized", "not recognised", "isn't recognized", "doesn't have an account", "doesn't have a", "does not have an account", "does not have an email", "does not have a", "have a yahoo", "this account has", "no mailbox here", "no mail-enabled", "delivery to this address", "unable to find", "can't create user output", "couldn't create", "name not found", "names not found", "user name is", "not unique", "ambiguous", "directory lookup", "recipnotfound", "recipient.notfound", "resolver.adr", "unrouteable address", "unroutable address", "cannot route", "can't be delivered to", "vdeliver", "virtual user", "local user", "final email delivery point", "final delivery userid", "did not exactly match", "undeliverable to", "unable to locate", "user reject", "the following recipients are unknown", "there is no ", "that user", "delivery error: dd", "delivery error: sorry", "dd sorry", "mail account", "must be a valid",
            "empfänger unbekannt", "unbekannter empfänger", "adresse unbekannt", "existiert nicht", "nicht gefunden", "kein postfach", "konnte nicht gefunden", "unbekannt", "desconocid", "no existe", "no se encontr", "no se ha encontrado", "inconnu", "n'existe pas", "introuvable", "utente sconosciuto", "non esiste", "inesistente", "sconosciuto", "não existe", "não encontrad", "inexistente", "onbekend", "bestaat niet", "okänd", "finns inte", "не существует", "не найден", "неизвестн", "нет такого", "nie istnieje", "存在しません", "存在しない", "見つかりません", "不存在", "用户不存在", "不明",
        ]),
        (BounceReason.Expired,
        [
            "timed out", "timeout", "time out", "connection refused", "connection reset", "connection lost", "connection dropped", "lost connection", "network unreachable", "network is unreachable", "no route to host", "host is down", "did not respond", "not responding", "did not answer", "no answer", "unable to connect", "could not connect", "couldn't connect", "cannot connect", "can't connect", "failed to connect", "wasn't able to establish", "not able to establish", "message expired", "has expired", "expired", "in the queue too long", "on the queue too long", "queue too long", "retry time", "retry timeout", "retried for", "delivery time", "too long", "could not be delivered for", "undelivered after", "unable to deliver message for", "delayed", "has been delayed", "not yet been delivered", "will be retried", "still being retried", "will keep trying", "will continue to", "delivery attempts", "maximum retries", "host did not", "temporarily unable", "deferred", "warning only",
        ]),
        (BounceReason.System,
        [
            "mail loop", "loop", "too many hops", "hop count", "more than the maximum allowed times", "routing loop", "forwarded more than", "local configuration error", "configuration error", "misconfig", "system error", "internal error", "internal server", "server error", "system not", "out of memory", "resources temporarily", "resource temporarily", "insufficient resources", "temporary failure", "temporarily unavailable", "temporary error", "temporary problem", "temporary local problem", "try again", "service unavailable", "service not available", "service currently unavailable", "can't open", "cannot open", "can't write", "i/o error", "mailer error", "unknown mailer error", "delivery agent", "command died", "child process", "exit status", "deferred by", "not available", "unavailable", "local error", "protocol error", "syntax error", "command not", "unexpected", "too busy", "server busy", "server too busy", "overloaded", "load too high",
        ]),
        (BounceReason.Policy, ["policy", "not allowed", "not permitted", "permission", "restricted", "not authorized", "unauthorized", "refused", "denied", "rejected", "reject", "blocked", "not accept", "does not accept", "not want", "no thanks", "not welcome", "closed group", "members only", "only members", "not a member", "not member", "moderat", "transport rule", "delivery restriction", "mail administrator"]),
    ];

    /// <summary>The reason that some words give.</summary>
    public static BounceReason Reason(string words)
    {
        if (words.Length == 0) return BounceReason.Unknown;
        // An address may hold any word, and proves nothing by it.
        var plain = Blanks().Replace(Address().Replace(words.Length > 4000 ? words[..4000] : words, "@"), " ").Replace('’', '\'').ToLowerInvariant();
        foreach (var (reason, phrases) in Table)
            if (Array.Exists(phrases, phrase => plain.Contains(phrase, StringComparison.Ordinal)))
                return reason;
        return BounceReason.Unknown;
    }

    [GeneratedRegex(@"[^\s<>""]+@[^\s<>""]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
