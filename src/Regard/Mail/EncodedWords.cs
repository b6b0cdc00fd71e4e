using System.Text;
using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>Reads words that stand encoded in a header (RFC 2047, with the language of RFC 2231).</summary>
public static partial class EncodedWords
{
    /// <summary>The text with all its encoded words read. What is none stays as it is.</summary>
    public static string Decode(string value)
    {
        if (!value.Contains("=?", StringComparison.Ordinal)) return value;
        var text = new StringBuilder();
        var pending = new List<byte>();
        var (charset, last) = ("", 0);
        foreach (Match word in Word().Matches(value))
        {
            var between = value[last..word.Index];
            // Neighbours belong together: a letter may begin in one word and end in the next.
            var isNeighbour = pending.Count > 0 && string.IsNullOrWhiteSpace(between);
            if (!isNeighbour || !charset.Equals(word.Groups["charset"].Value, StringComparison.OrdinalIgnoreCase)) Flush(text, pending, charset);
            if (!isNeighbour) text.Append(between);
            charset = word.Groups["charset"].Value;
            var content = Encoding.UTF8.GetBytes(word.Groups["text"].Value);
            pending.AddRange(word.Groups["encoding"].Value is "b" or "B" ? TransferEncoding.Base64(content) : TransferEncoding.QuotedPrintable(content, isWord: true));
            last = word.Index + word.Length;
        }
        Flush(text, pending, charset);
        return text.Append(value.AsSpan(last)).ToString();
    }

    private static void Flush(StringBuilder text, List<byte> pending, string charset)
    {
        text.Append(Charsets.Decode([.. pending], charset));
        pending.Clear();
    }

    [GeneratedRegex(@"=\?(?<charset>[^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?(?<encoding>[bBqQ])\?(?<text>[^?]{0,2000})\?=")]
    private static partial Regex Word();
}
