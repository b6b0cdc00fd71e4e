using System.Text;
using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>The mail of ours that a report is about, as far as it gives it back.</summary>
internal sealed partial record OriginalMail(IReadOnlyList<MailField> Fields)
{
    private static readonly string[] Naming = ["X-Apparently-To", "Delivered-To", "X-Original-To", "X-Envelope-To", "Envelope-To", "To"];

    public static OriginalMail None { get; } = new([]);

    /// <summary>Its Message-ID without angle brackets; null = not given.</summary>
    public string? MessageId => Ids(First("Message-ID") ?? First("X-Original-Message-ID")).FirstOrDefault();

    /// <summary>To whom it was sent.</summary>
    public IReadOnlyList<string> To => [.. Naming.SelectMany(All).SelectMany(Mailbox.ReadList)
        .Select(mailbox => mailbox.Address.Split(' ')[0]).Where(address => address.Contains('@', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Finds it in a report: as a part of its own, else at the end of the text.</summary>
    /// <param name="mail">The report.</param>
    /// <param name="tail">What stands in the text behind the notice.</param>
    public static OriginalMail Find(MailPart mail, string tail)
    {
        foreach (var part in mail.AllParts().Skip(1))
        {
            if (part.Type.IsMessage && part.Parts.Count > 0 && part.Parts[0].Fields.Count > 1) return new OriginalMail(part.Parts[0].Fields);
            if (part.Type.Name is "text/rfc822-headers" or "text/rfc822-header" or "text/rfc822" or "message/rfc822-headers" or "message/global-headers" or "message/delivery-status-headers" or "message/partial")
                return new OriginalMail(MailHeader.Read(part.Body.Span, out _));
        }
        return InText(tail);
    }

    private static OriginalMail InText(string tail)
    {
        var lines = tail.Split('\n');
        var start = Array.FindIndex(lines, line => Field().IsMatch(line));
        if (start < 0) return None;
        var mark = Field().Match(lines[start]).Groups["mark"].Value;
        var header = lines.Skip(start).Select(line => mark.Length > 0 && line.StartsWith(mark, StringComparison.Ordinal) ? line[mark.Length..] : line);
        return new OriginalMail(MailHeader.Read(Encoding.UTF8.GetBytes(string.Join('\n', header)), out _));
    }

    /// <summary>The Message-IDs in a field.</summary>
    public static IEnumerable<string> Ids(string? value)
    {
        if (value is null) return [];
        var found = MessageIds().Matches(value).Select(match => match.Groups["id"].Value.Trim()).Where(id => id.Length > 0).ToList();
        return found.Count > 0 ? found : value.Trim() is { Length: > 0 and < 500 } bare && !bare.Contains(' ', StringComparison.Ordinal) ? [bare] : [];
    }

    private string? First(string name) => All(name).FirstOrDefault();

    private IEnumerable<string> All(string name) => Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value);

    [GeneratedRegex(@"^(?<mark>(?:[>|] ?|\s{1,8})?)(?:Received|Return-Path|Message-ID|From|To|Subject|Date|MIME-Version|DKIM-Signature|Reply-To|X-[\w-]+): ?\S", RegexOptions.IgnoreCase)]
    private static partial Regex Field();

    [GeneratedRegex(@"<(?<id>[^<>\s]{1,500})>")]
    private static partial Regex MessageIds();
}
