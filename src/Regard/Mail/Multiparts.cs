using System.Text;

namespace Regard.Mail;

/// <summary>Finds the parts of a multipart by its boundary (RFC 2046, 5.1).</summary>
internal static class Multiparts
{
    /// <summary>Where the parts are, without what stands before the first and after the last; empty when the boundary is nowhere.</summary>
    /// <param name="content">The multipart's content.</param>
    /// <param name="boundary">As the header says; null = guessed from the first line that looks like one.</param>
    public static List<Range> Split(ReadOnlySpan<byte> content, string? boundary)
    {
        var mark = boundary is { Length: > 0 } ? Encoding.UTF8.GetBytes("--" + boundary.TrimEnd()) : Guess(content);
        var parts = new List<Range>();
        if (mark.Length < 3) return parts;
        var start = -1;
        for (var at = 0; at < content.Length && parts.Count < MailParser.MostParts;)
        {
            var end = content[at..].IndexOf((byte)'\n');
            var next = end < 0 ? content.Length : at + end + 1;
            var line = content[at..next].TrimEnd(" \t\r\n"u8);
            if (line.StartsWith(mark) && (line.Length == mark.Length || line[mark.Length..].SequenceEqual("--"u8)))
            {
                if (start >= 0) parts.Add(start..Math.Max(start, Before(content, at)));
                start = line.Length == mark.Length ? next : -1;
                if (start < 0) return parts;
            }
            at = next;
        }
        // The end that was never written.
        if (start >= 0) parts.Add(Math.Min(start, content.Length)..content.Length);
        return parts;
    }

    // The line end before a boundary belongs to the boundary.
    private static int Before(ReadOnlySpan<byte> content, int at)
    {
        if (at > 0 && content[at - 1] == (byte)'\n') at--;
        return at > 0 && content[at - 1] == (byte)'\r' ? at - 1 : at;
    }

    private static byte[] Guess(ReadOnlySpan<byte> content)
    {
        var at = content.StartsWith("--"u8) ? 0 : content.IndexOf("\n--"u8) + 1;
        if (at == 0 && !content.StartsWith("--"u8)) return [];
        var line = content[at..];
        var end = line.IndexOf((byte)'\n');
        line = (end < 0 ? line : line[..end]).TrimEnd(" \t\r"u8);
        // A signature's dashes are no boundary; one that has fields behind it is.
        return line.Length > 4 && end > 0 && content[(at + end + 1)..].TrimStart("\r\n"u8).StartsWith("Content-"u8) ? line.ToArray() : [];
    }
}
