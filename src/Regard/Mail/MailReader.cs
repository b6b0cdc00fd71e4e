using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>
/// Says what a mail is. The order of the questions is the law: reports in their own form first, then what servers write in words, then
/// answers of machines, and only what is left was written by a person. Never throws.
/// </summary>
public static partial class MailReader
{
    /// <summary>Reads a mail.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="isUnsubscribeAddress">Whether it came to the address at which mails of ours say that one can unsubscribe.</param>
    public static MailReading Read(MailPart mail, bool isUnsubscribeAddress = false)
    {
        if (FeedbackReport.Read(mail) is { } complaint) return complaint;
        var text = MailText.Of(mail);
        if (SesNotice.Read(text) is { } told) return told;
        var (notice, tail) = BounceText.Split(text);
        var original = OriginalMail.Find(mail, tail);
        if (Report(mail, notice, original) is { } report) return report;
        if (BounceSigns.Weight(mail, notice, original.Fields.Count > 2) >= BounceSigns.Enough)
            return Carried(mail) ?? Bounce(BounceText.Read(mail, notice, original), "notice", mail, (notice, original));
        var kind = Written(mail, isUnsubscribeAddress);
        return kind with { About = Answered(mail, OriginalMail.None) };
    }

    // Delivery and disposition notifications in the forms that the standards give them.
    private static MailReading? Report(MailPart mail, string notice, OriginalMail original)
    {
        if (mail.OwnParts().Any(part => part.Type.Name == "message/disposition-notification")) return new MailReading { Kind = MailKind.Receipt, Sign = "disposition-notification", About = Answered(mail, original), AboutAddresses = original.To };
        if (DeliveryStatus.Read(mail, notice, out var hasArrived) is not { } recipients) return null;
        if (hasArrived) return new MailReading { Kind = MailKind.Receipt, Sign = "delivery-status", About = Answered(mail, original), AboutAddresses = original.To };
        return Bounce(recipients.Count > 0 ? recipients : BounceText.Read(mail, notice, original), "delivery-status", mail, (notice, original));
    }

    // A gateway may wrap the report of the server behind it.
    private static MailReading? Carried(MailPart mail)
    {
        var report = mail.OwnParts().Where(part => part.Type.IsMessage && part.Parts is [{ Type.IsMultipart: true }]).Select(part => part.Parts[0]).FirstOrDefault();
        if (report is null || !report.OwnParts().Any(part => part.Type.Name == "message/delivery-status")) return null;
        var (notice, tail) = BounceText.Split(MailText.Of(report));
        return Report(report, notice, OriginalMail.Find(report, tail));
    }

    private static MailReading Bounce(List<FailedRecipient> recipients, string sign, MailPart mail, (string Notice, OriginalMail Original) said) => new()
    {
        Kind = MailKind.Bounce,
        Sign = sign,
        Recipients = recipients.Count > 0 ? recipients : [BounceText.Recipient(mail, said.Original.To is [var first, ..] ? first : "", said.Notice, said.Notice)],
        About = Answered(mail, said.Original),
        AboutAddresses = said.Original.To,
    };

    private static MailReading Written(MailPart mail, bool isUnsubscribeAddress)
    {
        if (AutomaticSigns.IsChallenge(mail)) return Of(MailKind.Challenge, "challenge");
        if (AutomaticSigns.Answer(mail) is { } answer) return Of(MailKind.AutoReply, answer);
        if (isUnsubscribeAddress) return Of(MailKind.Unsubscribe, "address");
        if (AutomaticSigns.Machine(mail) is { } machine) return Of(MailKind.Machine, machine);
        return EndWord().IsMatch(mail.Words("Subject")) || EndWord().IsMatch(MailText.NewWords(mail)) ? Of(MailKind.Unsubscribe, "word") : Of(MailKind.Person, "person");
    }

    private static MailReading Of(MailKind kind, string sign) => new() { Kind = kind, Sign = sign };

    private static List<string> Answered(MailPart mail, OriginalMail original) =>
        [.. new[] { original.MessageId }.OfType<string>().Concat(OriginalMail.Ids(mail["In-Reply-To"])).Concat(OriginalMail.Ids(mail["References"]).Reverse()).Distinct(StringComparer.Ordinal).Take(20)];

    // The word alone, nothing else: a sentence is for a person to read.
    [GeneratedRegex(@"^\W*(?:(?:re|aw)\s*:\s*)?(?:please\s+)?(?:unsubscribe(?:\s+me)?|stop|stopall|remove(?:\s+me)?|opt[- ]?out|cancel|end|quit|abmelden|abbestellen|austragen|abmeldung|bitte\s+abmelden|baja|darme\s+de\s+baja|cancelar(?:\s+suscripci[oó]n)?|desuscribir(?:me)?|d[ée]sinscription|d[ée]sabonner|annulla\s+iscrizione|cancellami|cancelar\s+inscri[cç][aã]o|afmelden|uitschrijven|avregistrera|wypisz|отписаться|отписка|配信停止|退订)[\s.!。]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EndWord();
}
