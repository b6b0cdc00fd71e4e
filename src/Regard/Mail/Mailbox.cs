using System.Text;
using System.Text.RegularExpressions;

namespace Regard.Mail;

/// <summary>A mailbox as a header names it. Anybody can write anything there: it proves nothing.</summary>
/// <param name="Name">The name beside the address; empty = none.</param>
/// <param name="Address">Local part and domain, as written; empty for a group without members' addresses.</param>
public sealed partial record Mailbox(string Name, string Address)
{
    private const int Most = 500;

    /// <summary>Reads a list of mailboxes and groups (RFC 5322, 3.4, with its obsolete forms).</summary>
    public static IReadOnlyList<Mailbox> ReadList(string value)
    {
        var found = new List<Mailbox>();
        foreach (var item in Split(value).Take(Most))
            if (Read(item) is { } mailbox)
                found.Add(mailbox);
        return found;
    }

    /// <summary>Reads one mailbox: <c>Name &lt;address&gt;</c>, <c>address (Name)</c> or the address alone; null = there is none.</summary>
    public static Mailbox? Read(string value)
    {
        var open = value.LastIndexOf('<');
        var close = open < 0 ? -1 : value.IndexOf('>', open);
        if (open >= 0)
        {
            var inner = value[(open + 1)..(close < 0 ? value.Length : close)].Trim();
            // A route before the address (<@relay:user@host>) says nothing today.
            if (inner.StartsWith('@') && inner.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon) inner = inner[(colon + 1)..];
            return inner.Length == 0 ? null : new Mailbox(Shown(value[..open]), Tidy(inner));
        }
        var address = Bare(value, out var comment);
        return address.Contains('@', StringComparison.Ordinal) ? new Mailbox(EncodedWords.Decode(comment), Tidy(address.StartsWith('"') ? address : Word(address))) : null;
    }

    // Spaces around the @ are an old form; other words beside a bare address are somebody's remark.
    private static string Word(string text) => AroundAt().Replace(text, "@").Split(' ', '\t').FirstOrDefault(word => word.Contains('@', StringComparison.Ordinal)) ?? text;

    private static string Tidy(string address) => address.Replace(" ", "", StringComparison.Ordinal).Trim().Trim('\'', '"') is var plain && plain.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? plain[7..] : plain;

    private static string Shown(string text) => EncodedWords.Decode(text.Trim().Trim('"', '\'').Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)).Trim();

    private static string Bare(string value, out string comment)
    {
        var (address, inner) = (new StringBuilder(), new StringBuilder());
        var depth = 0;
        foreach (var c in value)
        {
            if (c == '(' && depth++ == 0) continue;
            if (c == ')' && depth > 0 && --depth == 0) continue;
            (depth > 0 ? inner : address).Append(c);
        }
        comment = inner.ToString().Trim();
        return address.ToString().Trim();
    }

    // At commas, semicolons and the colon of a group, where they stand in no quotes, brackets or comments.
    private static IEnumerable<string> Split(string value)
    {
        var item = new StringBuilder();
        var (isQuoted, isAngled, depth) = (false, false, 0);
        for (var at = 0; at < value.Length; at++)
        {
            var c = value[at];
            if (c == '\\' && at + 1 < value.Length)
            {
                item.Append(c).Append(value[++at]);
                continue;
            }
            if (c == '"' && depth == 0) isQuoted = !isQuoted;
            else if (!isQuoted && c == '(') depth++;
            else if (!isQuoted && c == ')' && depth > 0) depth--;
            else if (!isQuoted && depth == 0 && c is '<' or '>') isAngled = c == '<';
            if (!isQuoted && depth == 0 && !isAngled && c is ',' or ';' or ':')
            {
                if (c != ':') yield return item.ToString();
                item.Clear();
                continue;
            }
            item.Append(c);
        }
        yield return item.ToString();
    }

    [GeneratedRegex(@"\s*@\s*")]
    private static partial Regex AroundAt();
}
