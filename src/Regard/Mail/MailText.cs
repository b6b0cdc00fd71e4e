using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>The words of a mail as a person reads them.</summary>
public static partial class MailText
{
    /// <summary>Longest text that is given, in characters.</summary>
    public const int Longest = 200_000;

    /// <summary>Everything that is to be read in place, without the mails it carries; from HTML where there is no plain text.</summary>
    public static string Of(MailPart mail)
    {
        var parts = mail.OwnParts().Where(part => !part.IsAttachment).ToList();
        var plain = parts.Where(part => part.Parts.Count == 0 && part.Type.Name == "text/plain").ToList();
        var text = string.Join("\n\n", plain.Select(part => part.Text));
        if (string.IsNullOrWhiteSpace(text)) text = string.Join("\n\n", parts.Where(part => part.Type.Name == "text/html").Select(part => HtmlText.Plain(part.Text)));
        // A multipart without its boundary is read as it stands.
        if (string.IsNullOrWhiteSpace(text) && mail.Type.IsMultipart && mail.Parts.Count == 0) text = Charsets.Raw(mail.Body.Span).ReplaceLineEndings("\n");
        return (text.Length > Longest ? text[..Longest] : text).Trim();
    }

    /// <summary>What the person wrote anew: without the mail they answer and without their signature. Never empty where they wrote anything.</summary>
    public static string NewWords(MailPart mail)
    {
        var lines = Of(mail).Split('\n');
        var end = Array.FindIndex(lines, line => Quote().IsMatch(line));
        var own = (end < 0 ? lines : lines[..end]).TakeWhile(line => line.TrimEnd() is not "--").Where(line => !line.StartsWith('>')).ToList();
        // "On Tuesday … wrote:" may be broken in two lines.
        while (own.Count > 0 && (own[^1].Trim().Length == 0 || Introduction().IsMatch(own[^1]))) own.RemoveAt(own.Count - 1);
        var text = string.Join('\n', own).Trim();
        return text.Length > 0 ? text : string.Join('\n', lines.Where(line => !line.StartsWith('>'))).Trim();
    }

    [GeneratedRegex(@"^\s*(?:-{2,}\s*(?:original message|ursprüngliche nachricht|originalnachricht|mensaje original|message d'origine|forwarded message|weitergeleitete nachricht)\s*-{2,}|_{20,}|(?:on|am|el|le|il|em|op)\s.{5,150}\s(?:wrote|schrieb|escribió|a écrit|ha scritto|escreveu|schreef)[^:]{0,100}:|(?:from|von|de):\s.{0,200}@.{0,200})\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Quote();

    [GeneratedRegex(@"^(?:on|am|el|le|il)\s.{5,150}$|(?:wrote|schrieb|escribió|a écrit|ha scritto):\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Introduction();
}
