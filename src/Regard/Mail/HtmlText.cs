using System.Net;
using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>Reads the words out of HTML. Nothing of it is ever shown as HTML.</summary>
internal static partial class HtmlText
{
    /// <summary>The text, a line for each block.</summary>
    public static string Plain(string html)
    {
        var text = Hidden().Replace(html, " ");
        text = text.Replace('\n', ' ').Replace('\r', ' ');
        text = Block().Replace(text, "\n");
        text = WebUtility.HtmlDecode(Tag().Replace(text, "")).Replace('\u00a0', ' ');
        return string.Join('\n', text.Split('\n').Select(line => Blanks().Replace(line, " ").Trim())).Trim();
    }

    [GeneratedRegex(@"<!--.*?-->|<(?<tag>script|style|head|title)\b[^>]*>.*?</\k<tag>\s*>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"<(?:br|/p|p|/div|div|/tr|tr|/li|li|/h\d|h\d|hr|/blockquote|blockquote)\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Block();

    // An address in angle brackets that somebody forgot to escape is text.
    [GeneratedRegex(@"</?[a-zA-Z!?][^<>@]{0,5000}>|<[a-zA-Z]+\s[^<>]{0,5000}>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Blanks();
}
