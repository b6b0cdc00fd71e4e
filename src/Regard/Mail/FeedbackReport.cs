using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>Reads complaints of mailbox providers' users (ARF, RFC 5965), and the forms that are older than the standard.</summary>
internal static partial class FeedbackReport
{
    /// <summary>The reading; null = it is no such report.</summary>
    public static MailReading? Read(MailPart mail)
    {
        var part = mail.OwnParts().FirstOrDefault(part => part.Type.Name is "message/feedback-report");
        var isReport = mail.Type.Name == "multipart/report" && mail.Type.Parameter("report-type")?.Equals("feedback-report", StringComparison.OrdinalIgnoreCase) == true;
        if (part is null && !isReport) return Older(mail);
        var fields = part is null ? [] : MailHeader.Groups(part.Body.Span).SelectMany(group => group).ToList();
        var original = OriginalMail.Find(mail, Tail(mail));
        var to = fields.Where(field => Is(field, "Original-Rcpt-To") || Is(field, "Removal-Recipient") || Is(field, "X-HmXmrOriginalRecipient")).SelectMany(field => Mailbox.ReadList(field.Value)).Select(mailbox => mailbox.Address);
        return Report(Type(fields), "feedback-report", original, to);
    }

    // Hotmail's and others' forwarded complaints: the mail itself, with a field of the provider.
    private static MailReading? Older(MailPart mail)
    {
        var original = OriginalMail.Find(mail, Tail(mail));
        var recipient = original.Fields.Concat(mail.Fields).FirstOrDefault(field => Is(field, "X-HmXmrOriginalRecipient"));
        if (recipient is not null) return Report("abuse", "x-hmxmroriginalrecipient", original, Mailbox.ReadList(recipient.Value).Select(mailbox => mailbox.Address));
        var subject = mail.Words("Subject");
        var isComplaint = subject.StartsWith("complaint about message from", StringComparison.OrdinalIgnoreCase) || subject.StartsWith("Email Feedback Report for IP", StringComparison.OrdinalIgnoreCase)
            || mail["Feedback-Type"] is not null;
        if (isComplaint) return Report(mail["Feedback-Type"]?.Trim().ToLowerInvariant() ?? "abuse", "complaint-subject", original, []);
        // The fields of a report, pasted into a text by something on the way.
        return Pasted().Match(MailText.Of(mail)) is { Success: true } pasted ? Report(pasted.Groups["type"].Value.ToLowerInvariant(), "feedback-text", original, []) : null;
    }

    private static MailReading Report(string type, string sign, OriginalMail original, IEnumerable<string> to) => new()
    {
        Kind = MailKind.Complaint,
        Sign = sign,
        FeedbackType = type,
        About = original.MessageId is { } id ? [id] : [],
        AboutAddresses = [.. to.Concat(original.To).Where(address => address.Contains('@', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase)],
    };

    private static string Type(List<MailField> fields) => fields.Find(field => Is(field, "Feedback-Type"))?.Value.Trim().ToLowerInvariant() is { Length: > 0 } type ? type : "abuse";

    private static string Tail(MailPart mail) => BounceText.Split(MailText.Of(mail)).Tail;

    private static bool Is(MailField field, string name) => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A[\s\S]{0,2000}?^Feedback-Type: ?(?<type>[\w-]+)\s*$[\s\S]{0,2000}?^(?:User-Agent|Version): ?\S", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Pasted();
}
