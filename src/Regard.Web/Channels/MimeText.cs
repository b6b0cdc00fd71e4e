using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text;

namespace Regard.Channels;

/// <summary>Writes a mail as RFC 5322 and MIME: UTF-8, a text and an HTML alternative, lines of at most 76 characters, CRLF.</summary>
internal static class MimeText
{
    private static readonly System.Buffers.SearchValues<char> Specials = System.Buffers.SearchValues.Create("<>\"(),:;@[]\\");

    private static readonly Phrase Wishes = new("How we may contact you", "Wie wir Sie erreichen dürfen", "Cómo podemos contactarle");
    private static readonly Phrase NoMore = new("No more mails like this", "Keine E-Mails dieser Art mehr", "No más correos como este");

    /// <summary>The mail's bytes, without SMTP's dot stuffing.</summary>
    /// <exception cref="FormatException">An address is none.</exception>
    public static byte[] Write(MailMessage message, string to)
    {
        var from = new MailAddress(message.From);
        var boundary = "=_" + Plain(message.MessageId);
        var text = new StringBuilder();
        Header(text, "Date", message.Date.ToDateTimeUtc().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(text, "From", from.DisplayName.Length == 0 ? Plain(from.Address) : $"{Encoded(from.DisplayName)} <{Plain(from.Address)}>");
        Header(text, "To", Plain(new MailAddress(to).Address));
        Header(text, "Message-ID", MessageId(message));
        Header(text, "Subject", Encoded(message.Subject));
        if (message.Language is { Length: > 0 } language) Header(text, "Content-Language", Plain(language));
        if (message.UnsubscribeLink is { } link)
        {
            Header(text, "List-Unsubscribe", $"<{Plain(link)}>" + (message.UnsubscribeAddress is { } address ? $",\r\n <mailto:{Plain(address)}?subject=unsubscribe>" : ""));
            Header(text, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", $"multipart/alternative;\r\n boundary=\"{boundary}\"");
        text.Append("\r\n");
        var ends = Ends(message).ToList();
        var body = ends.Count == 0 ? message.Text : $"{message.Text.TrimEnd()}\n\n-- \n{string.Join('\n', ends.Select(end => $"{end.Text}: {end.Link}"))}";
        Part(text, boundary, "text/plain", body);
        Part(text, boundary, "text/html", Html(message));
        text.Append("--").Append(boundary).Append("--\r\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The message's id with its angle brackets.</summary>
    public static string MessageId(MailMessage message) => $"<{Plain(message.MessageId)}@{Plain(new MailAddress(message.From).Host)}>";

    /// <summary>RFC 2047: ASCII words as they are, anything else as encoded words of at most 75 characters.</summary>
    public static string Encoded(string value)
    {
        var plain = new string([.. value.Select(c => char.IsControl(c) ? ' ' : c)]).Trim();
        if (plain.Length < 60 && plain.All(c => c is >= ' ' and <= '~') && !plain.Contains("=?", StringComparison.Ordinal) && !plain.AsSpan().ContainsAny(Specials))
            return plain;
        var words = new List<string>();
        var chunk = new StringBuilder();
        foreach (var rune in plain.EnumerateRunes())
        {
            if (Encoding.UTF8.GetByteCount(chunk.ToString()) + rune.Utf8SequenceLength > 45)
            {
                words.Add(Word(chunk));
                chunk.Clear();
            }
            chunk.Append(rune);
        }
        if (chunk.Length > 0) words.Add(Word(chunk));
        return string.Join("\r\n ", words);
    }

    private static IEnumerable<(string Text, string Link)> Ends(MailMessage message)
    {
        var language = HouseLanguages.Read(message.Language) ?? HouseLanguage.English;
        if (message.WishesLink is { } wishes) yield return (Wishes.In(language), wishes);
        if (message.UnsubscribeLink is { } end) yield return (NoMore.In(language), end);
    }

    private static string Word(StringBuilder chunk) => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(chunk.ToString()))}?=";

    private static void Header(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");

    // Whatever a value holds, it stays within its header: no line end, no control character, nothing but ASCII leaves here.
    private static string Plain(string value) => new([.. value.Where(c => c is > ' ' and <= '~')]);

    private static void Part(StringBuilder text, string boundary, string type, string content)
    {
        text.Append("--").Append(boundary).Append("\r\n");
        Header(text, "Content-Type", type + "; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "base64");
        text.Append("\r\n");
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n")));
        for (var at = 0; at < encoded.Length; at += 76) text.Append(encoded.AsSpan(at, Math.Min(76, encoded.Length - at))).Append("\r\n");
    }

    private static string Html(MailMessage message)
    {
        var paragraphs = message.Text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(paragraph => $"<p>{WebUtility.HtmlEncode(paragraph.Trim()).Replace("\n", "<br>", StringComparison.Ordinal)}</p>");
        var ends = Ends(message).Select(end => $"<a href=\"{WebUtility.HtmlEncode(end.Link)}\">{WebUtility.HtmlEncode(end.Text)}</a>").ToList();
        var end = ends.Count == 0 ? "" : $"<p><small>{string.Join(" · ", ends)}</small></p>";
        var language = message.Language is { } given ? $" lang=\"{WebUtility.HtmlEncode(Plain(given))}\"" : "";
        return $"<!doctype html><html{language}><head><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(message.Subject)}</title></head><body>{string.Join("\n", paragraphs)}{end}</body></html>";
    }
}
