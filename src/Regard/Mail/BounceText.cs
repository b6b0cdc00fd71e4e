using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>Reads what mail servers write in words: whom they could not reach, and what they were answered.</summary>
internal static partial class BounceText
{
    private const int LongestDiagnostic = 500;
    private const int MostRecipients = 100;

    private static readonly string[] Ours = ["To", "From", "Reply-To", "Return-Path", "Delivered-To", "Envelope-To", "Sender"];

    /// <summary>Parts the notice from the mail that it gives back.</summary>
    public static (string Notice, string Tail) Split(string text)
    {
        var end = Marker().Matches(text).Where(marker => Field().IsMatch(text.AsSpan(marker.Index, Math.Min(2000, text.Length - marker.Index)))).Select(marker => marker.Index).FirstOrDefault(-1);
        var header = Header().Match(text) is { Success: true } first ? first.Index : -1;
        var at = end >= 0 && (header < 0 || end < header) ? end : header;
        return at < 0 ? (text, "") : (text[..at], text[at..]);
    }

    /// <summary>What a notice says of each recipient; empty = it names nobody, and gives nothing back.</summary>
    public static List<FailedRecipient> Read(MailPart mail, string notice, OriginalMail original)
    {
        var named = Named(mail, notice, original);
        var recipients = new List<FailedRecipient>();
        for (var i = 0; i < named.Count; i++)
        {
            var about = named.Count == 1 ? notice : Section(notice, named[i], named);
            recipients.Add(Recipient(mail, named[i], about, notice));
        }
        return recipients;
    }

    /// <summary>What a notice says of a recipient whom it does not name.</summary>
    public static FailedRecipient Recipient(MailPart mail, string address, string about, string notice)
    {
        var code = StatusCode.Find(about);
        if (code.Class is null) code = StatusCode.Find(notice);
        var said = Said(about);
        var isDelayed = Delayed().IsMatch(mail.Words("Subject")) || (Waiting().IsMatch(notice) && !GivenUp().IsMatch(notice));
        var reason = BounceWords.Reason(said);
        if (reason is BounceReason.Unknown or BounceReason.Policy && code.IsSpecific && code.Reason is not (BounceReason.Unknown or BounceReason.System)) reason = code.Reason;
        if (reason is BounceReason.Unknown) reason = BounceWords.Reason(address.Length == 0 ? about : about.Replace(address, " ", StringComparison.OrdinalIgnoreCase));
        if (reason is BounceReason.Unknown) reason = BounceWords.Reason(mail.Words("Subject"));
        return new FailedRecipient
        {
            Address = address,
            IsDelayed = isDelayed,
            IsPermanent = !isDelayed && (code.Class is { } said5 ? said5 == 5 : reason is not (BounceReason.Full or BounceReason.Rate or BounceReason.Expired or BounceReason.System)),
            Status = code.Enhanced,
            Reason = reason == BounceReason.Unknown ? code.Reason : reason,
            Diagnostic = Short(said),
        };
    }

    /// <summary>At most so much of a server's words as anybody reads.</summary>
    public static string Short(string words)
    {
        var plain = Blanks().Replace(words, " ").Trim();
        return plain.Length <= LongestDiagnostic ? plain : plain[..LongestDiagnostic];
    }

    // The line with the answer, and what follows it; the whole where no line looks like one.
    private static string Said(string about)
    {
        if (Answer().Match(about) is not { Success: true } answer) return about;
        var rest = about[answer.Index..];
        var end = rest.IndexOf("\n\n", StringComparison.Ordinal);
        return end > 20 ? rest[..end] : rest;
    }

    private static List<string> Named(MailPart mail, string notice, OriginalMail original)
    {
        var failed = mail.Mailboxes("X-Failed-Recipients").Select(mailbox => mailbox.Address).ToList();
        if (failed.Count > 0) return Distinct(failed);
        var own = Own(mail);
        bool IsForeign(string address) => !own.Contains(address) && !Machine().IsMatch(address);
        if (Introduction().Match(notice) is { Success: true } introduction && Address().IsMatch(notice[introduction.Index..])) notice = notice[introduction.Index..];
        var marked = MarkedLine().Matches(notice).Select(match => Tidy(match.Groups["address"].Value)).Where(IsForeign).ToList();
        var spoken = Address().Matches(Ids().Replace(notice, " ")).Select(match => Tidy(match.Value)).Where(IsForeign).ToList();
        var sent = original.To.Where(address => !Machine().IsMatch(address)).ToList();
        var both = sent.Where(address => spoken.Contains(address, StringComparer.OrdinalIgnoreCase)).ToList();
        if (marked.Count > 0) return Distinct(marked);
        if (both.Count > 0) return Distinct(both);
        if (spoken.Count > 0) return Distinct(spoken.Take(sent.Count == 0 ? MostRecipients : 5));
        return sent.Count is > 0 and <= 5 ? Distinct(sent) : [];
    }

    // Our own addresses stand in every report: they are not whom it is about.
    private static HashSet<string> Own(MailPart mail) => new(
        Ours.SelectMany(mail.Mailboxes).Select(mailbox => mailbox.Address), StringComparer.OrdinalIgnoreCase);

    private static List<string> Distinct(IEnumerable<string> addresses) => [.. addresses.Distinct(StringComparer.OrdinalIgnoreCase).Take(MostRecipients)];

    private static string Tidy(string address) => address.Trim('<', '>', '"', '\'', ' ', '.', ':', ';', ',');

    private static string Section(string notice, string address, List<string> all)
    {
        var start = notice.IndexOf(address, StringComparison.OrdinalIgnoreCase);
        if (start < 0) return notice;
        var next = all.Where(other => other != address).Select(other => notice.IndexOf(other, start + address.Length, StringComparison.OrdinalIgnoreCase)).Where(at => at > 0).DefaultIfEmpty(notice.Length).Min();
        var section = notice[(start + address.Length)..next];
        return section.Trim().Length > 10 ? section : notice;
    }

    [GeneratedRegex(@"^[ \t>*|-]*(?:<(?<address>[^\s<>""@]+@[^\s<>""]+)>|""?(?<address>[^\s<>""@:;,()]+@[\w.-]+\w)""?)[ \t]*(?:\(.{0,200}|[:;,].{0,300}|\.{2,3}.{0,300}|on .{0,200})?[ \t]*$|(?:RCPT TO:|To: |Recipient(?:\(s\)|s)?: ?|Recipient Address: ?|Failed Recipient: ?|address: ?|delivered to |delivery to |delivering to |reach |mailbox )[ \t]*<?""?(?<address>[^\s<>""@:;,()]+@[\w.-]+\w)", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex MarkedLine();

    [GeneratedRegex(@"did not reach|following (?:e-?mail )?(?:address|recipient|user|destination|person)|could not be (?:delivered|reached)|unable to deliver|not delivered to|delivery to the|nicht erreich|folgende[nr]? (?:empf|adress)|siguiente|destinatari", RegexOptions.IgnoreCase)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"[^\s<>""@:;,()\[\]'=/|*]+@(?:[\w-]+\.)+[A-Za-z][\w-]+")]
    private static partial Regex Address();

    [GeneratedRegex(@"^.*(?:message-?id|\bid[:=]|http).*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Ids();

    [GeneratedRegex(@"^(?:postmaster|mailer-daemon|mail-?daemon|abuse|hostmaster|help(?:desk)?|support|root|administrator|admin)@", RegexOptions.IgnoreCase)]
    private static partial Regex Machine();

    [GeneratedRegex(@"^.*(?:(?<![\d.,:/@\w-])[45][0-5]\d[ \-]+(?:#?[45]\.\d|[A-Za-z<""'(])|(?<![\d.])[45]\.\d\.\d{1,3}(?![\d.])|<<<|said:|reason:|error message|Remote host|\(reason|Diagnostic|delivery failed:).*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Answer();

    [GeneratedRegex(@"^[ \t]*(?:[-=_*#>+<|~ ]{2,}.{0,30}\b(?:original|unsent|undelivered|returned|copy of|rejected|bounced|unsent message|header|message (?:text|header|below|follows))\b.{0,80}$|(?:this is a copy of|included is a copy|below (?:this line )?is (?:a )?(?:copy|the)|a copy of (?:your|the) (?:original|message)|(?:the )?(?:text of your|your) (?:original )?message (?:follows|is attached)|the (?:original (?:message|mail|headers?) (?:follows|is|headers?|text)|header and|first \d+ (?:lines|bytes)|message header|headers? of)|original (?:message|mail|headers?)(?: (?:headers?|follows|text))?\s*[:.]?\s*$|original message (?:headers|follows)|your message follows|message (?:headers?|contents) follow|your original message|undelivered message|returned message|unsent message|message (?:header|text) (?:follows|below)|>>> ?original|included below|the (?:message|mail) that caused|---- ?original))", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Marker();

    [GeneratedRegex(@"^[>| \t]{0,8}(?:Received|Return-Path|Message-ID|From|To|Subject|Date|MIME-Version|X-[\w-]+): ?\S", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Field();

    [GeneratedRegex(@"^(?:[>|] ?)?(?:Received: (?:from|by|\()|Return-Path: ?<|DKIM-Signature: |X-Apparently-To: )", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Header();

    [GeneratedRegex(@"\bdelay(?:ed)?\b|still being retried|\bwarning\b.{0,40}(?:not|delay|could)|verzögert|retras|postponed", RegexOptions.IgnoreCase)]
    private static partial Regex Delayed();

    [GeneratedRegex(@"warning (?:message )?only|just a warning|not yet been delivered|will (?:be retried|continue to|keep trying|try again|be attempted)|still being retried|delivery attempts will continue|has been (?:delayed|postponed)|do not need to (?:resend|do anything)|no action is required", RegexOptions.IgnoreCase)]
    private static partial Regex Waiting();

    [GeneratedRegex(@"permanent|giv(?:en|ing) up|given up|fatal|failed permanently|could not be delivered|undeliverable", RegexOptions.IgnoreCase)]
    private static partial Regex GivenUp();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
