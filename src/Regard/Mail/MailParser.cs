namespace Regard.Mail;

/// <summary>
/// Reads mails by RFC 5322 and MIME (RFC 2045 to 2047, 2231, 6532), and by how they come: line ends of any kind, missing boundaries, mbox
/// lines, broken headers. Every sequence of bytes is some mail; size, depth and number of parts are bounded, and what is beyond is left
/// unread.
/// </summary>
public static class MailParser
{
    /// <summary>Longest mail that is read, in bytes; the rest is left off.</summary>
    public const int LargestMail = 32 * 1024 * 1024;

    /// <summary>How deep parts may lie within parts; what is deeper is a leaf.</summary>
    public const int Deepest = 12;

    /// <summary>How many parts are read in all.</summary>
    public const int MostParts = 300;

    /// <summary>Reads a mail.</summary>
    public static MailPart Read(ReadOnlyMemory<byte> raw)
    {
        var left = MostParts;
        return Part(Normal(raw.Length > LargestMail ? raw[..LargestMail] : raw), "text/plain", 0, ref left);
    }

    private static MailPart Part(ReadOnlyMemory<byte> raw, string otherwise, int depth, ref int left)
    {
        left--;
        var fields = MailHeader.Read(raw.Span, out var start);
        var content = raw[start..];
        var type = MediaType.Read(Find(fields, "Content-Type"), otherwise);
        var encoding = Find(fields, "Content-Transfer-Encoding");
        if (depth < Deepest && type.IsMultipart && Multipart(type, content, encoding, depth, ref left) is { } parts) return new MailPart(fields, type, default, parts);
        var body = TransferEncoding.Decode(content, encoding);
        if (depth < Deepest && left > 0 && type.IsMessage) return new MailPart(fields, type, body, [Part(body, "text/plain", depth + 1, ref left)]);
        return new MailPart(fields, type, body, []);
    }

    // A multipart whose boundary is nowhere is read as text: what it says counts more than what it calls itself.
    private static List<MailPart>? Multipart(MediaType type, ReadOnlyMemory<byte> content, string? encoding, int depth, ref int left)
    {
        var ranges = Multiparts.Split(content.Span, type.Parameter("boundary"));
        if (ranges.Count == 0 && TransferEncoding.IsCoded(encoding))
        {
            content = TransferEncoding.Decode(content, encoding);
            ranges = Multiparts.Split(content.Span, type.Parameter("boundary"));
        }
        if (ranges.Count == 0) return null;
        var parts = new List<MailPart>();
        var otherwise = type.Name == "multipart/digest" ? "message/rfc822" : "text/plain";
        foreach (var range in ranges)
            if (left > 0)
                parts.Add(Part(content[range], otherwise, depth + 1, ref left));
        return parts;
    }

    private static string? Find(List<MailField> fields, string name) => fields.Find(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    // Old Macintoshes ended lines with a carriage return alone.
    private static ReadOnlyMemory<byte> Normal(ReadOnlyMemory<byte> raw)
    {
        if (raw.Span.Contains((byte)'\n') || !raw.Span.Contains((byte)'\r')) return raw;
        var copy = raw.ToArray();
        copy.AsSpan().Replace((byte)'\r', (byte)'\n');
        return copy;
    }
}
