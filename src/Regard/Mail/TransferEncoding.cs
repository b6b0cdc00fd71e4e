namespace Regard.Mail;

/// <summary>Takes the transfer encoding off a content (RFC 2045, 6), however roughly it was put on.</summary>
internal static class TransferEncoding
{
    /// <summary>Whether the encoding changes anything.</summary>
    public static bool IsCoded(string? encoding) => Name(encoding) is "base64" or "quoted-printable";

    /// <summary>The content itself; as it is when the encoding is none that is known.</summary>
    public static ReadOnlyMemory<byte> Decode(ReadOnlyMemory<byte> content, string? encoding) => Name(encoding) switch
    {
        "base64" => Base64(content.Span),
        "quoted-printable" => QuotedPrintable(content.Span, isWord: false),
        _ => content,
    };

    /// <summary>Base64, whatever stands between its letters; padding in the middle begins anew.</summary>
    public static byte[] Base64(ReadOnlySpan<byte> text)
    {
        var bytes = new List<byte>((text.Length * 3 / 4) + 3);
        int bits = 0, count = 0;
        foreach (var letter in text)
        {
            if (letter == '=')
            {
                (bits, count) = (0, 0);
                continue;
            }
            if (Value(letter) is not { } value) continue;
            bits = ((bits << 6) | value) & 0xFFFFFF;
            count += 6;
            if (count < 8) continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
        }
        return [.. bytes];
    }

    /// <summary>Quoted-printable; an equals sign that begins nothing stands for itself.</summary>
    /// <param name="text">The encoded text.</param>
    /// <param name="isWord">Whether it is an encoded word, where a low line is a space.</param>
    public static byte[] QuotedPrintable(ReadOnlySpan<byte> text, bool isWord)
    {
        var bytes = new List<byte>(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == '_' && isWord) bytes.Add((byte)' ');
            else if (text[at] != '=') bytes.Add(text[at]);
            else if (at + 2 < text.Length && Hex(text[at + 1]) is { } high && Hex(text[at + 2]) is { } low)
            {
                bytes.Add((byte)((high << 4) | low));
                at += 2;
            }
            else if (SoftBreak(text[(at + 1)..]) is { } length) at += length;
            else bytes.Add((byte)'=');
        }
        return [.. bytes];
    }

    // An equals sign at the end of a line, perhaps with spaces that somebody added, joins it with the next.
    private static int? SoftBreak(ReadOnlySpan<byte> rest)
    {
        var blank = rest.IndexOfAnyExcept(" \t\r"u8);
        return blank < 0 ? rest.Length : rest[blank] == '\n' ? blank + 1 : null;
    }

    private static string? Name(string? encoding) => encoding?.Trim().Trim('"').ToLowerInvariant();

    private static int? Hex(byte letter) => letter switch
    {
        >= (byte)'0' and <= (byte)'9' => letter - '0',
        >= (byte)'A' and <= (byte)'F' => letter - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => letter - 'a' + 10,
        _ => null,
    };

    private static int? Value(byte letter) => letter switch
    {
        >= (byte)'A' and <= (byte)'Z' => letter - 'A',
        >= (byte)'a' and <= (byte)'z' => letter - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => letter - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => null,
    };
}
