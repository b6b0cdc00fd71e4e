using System.Globalization;
using System.Text;

namespace Regard.Mail;

/// <summary>What a content is, with its parameters (RFC 2045, 5; parameters by RFC 2231).</summary>
/// <param name="Name">Lower case, for example <c>text/plain</c>.</param>
/// <param name="Parameters">By lower-case name.</param>
public sealed record MediaType(string Name, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Whether it is made of parts.</summary>
    public bool IsMultipart => Name.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>Whether it is a mail within a mail.</summary>
    public bool IsMessage => Name is "message/rfc822" or "message/global" or "message/news";

    /// <summary>A parameter; null = it is not given.</summary>
    public string? Parameter(string name) => Parameters.GetValueOrDefault(name);

    /// <summary>Reads a field's value.</summary>
    /// <param name="value">The value; null = no field.</param>
    /// <param name="otherwise">What holds when it says nothing that can be read.</param>
    public static MediaType Read(string? value, string otherwise = "text/plain")
    {
        var parts = Tokens(value ?? "");
        var name = parts.Count == 0 ? "" : parts[0].Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        if (name is "text") name = "text/plain";
        return new MediaType(name.Length == 0 ? otherwise : name, Join(parts.Skip(1)));
    }

    // Parameters that were cut in pieces (name*0, name*1*) are put together, and what is said in percent signs is read.
    private static Dictionary<string, string> Join(IEnumerable<string> parts)
    {
        var plain = new Dictionary<string, string>(StringComparer.Ordinal);
        var pieces = new SortedDictionary<(string Name, int Place), (string Value, bool IsCoded)>();
        foreach (var part in parts)
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) continue;
            var (name, value) = (part[..equals].Trim().ToLowerInvariant(), part[(equals + 1)..].Trim());
            var star = name.IndexOf('*', StringComparison.Ordinal);
            if (star < 0) plain.TryAdd(name, value);
            else
            {
                var place = name[(star + 1)..].TrimEnd('*');
                pieces.TryAdd((name[..star], int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0), (value, name.EndsWith('*')));
            }
        }
        foreach (var whole in pieces.GroupBy(piece => piece.Key.Name)) plain[whole.Key] = Whole([.. whole.Select(piece => piece.Value)]);
        return plain;
    }

    private static string Whole(List<(string Value, bool IsCoded)> pieces)
    {
        var (charset, bytes) = ("", new List<byte>());
        for (var i = 0; i < pieces.Count; i++)
        {
            var value = pieces[i].Value;
            if (i == 0 && pieces[i].IsCoded && value.Split('\'', 3) is [var named, _, var rest]) (charset, value) = (named, rest);
            var content = Encoding.UTF8.GetBytes(value);
            bytes.AddRange(pieces[i].IsCoded ? TransferEncoding.QuotedPrintable(Encoding.UTF8.GetBytes(value.Replace('%', '=')), isWord: false) : content);
        }
        return Charsets.Decode([.. bytes], charset);
    }

    // Splits at semicolons that stand in no quotes, and takes comments and quotes off.
    private static List<string> Tokens(string value)
    {
        var (tokens, token) = (new List<string>(), new StringBuilder());
        var (isQuoted, comment) = (false, 0);
        for (var at = 0; at < value.Length; at++)
        {
            var c = value[at];
            if (c == '\\' && (isQuoted || comment > 0) && at + 1 < value.Length)
            {
                at++;
                if (comment == 0) token.Append(value[at]);
            }
            else if (comment > 0) comment += c == '(' ? 1 : c == ')' ? -1 : 0;
            else if (c == '"') isQuoted = !isQuoted;
            else if (isQuoted) token.Append(c);
            else if (c == '(') comment = 1;
            else if (c == ';')
            {
                tokens.Add(token.ToString().Trim());
                token.Clear();
            }
            else token.Append(c);
        }
        tokens.Add(token.ToString().Trim());
        return tokens;
    }
}
