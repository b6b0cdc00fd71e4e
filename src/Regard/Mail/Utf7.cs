using System.Text;

namespace Regard.Mail;

/// <summary>Reads UTF-7 (RFC 2152), which old Exchange servers write their reports in and the framework no longer knows.</summary>
internal static class Utf7
{
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] != '+')
            {
                text.Append((char)bytes[at]);
                continue;
            }
            var rest = bytes[(at + 1)..];
            var length = 0;
            while (length < rest.Length && (char.IsAsciiLetterOrDigit((char)rest[length]) || rest[length] is (byte)'+' or (byte)'/')) length++;
            if (length == 0) text.Append('+');
            else text.Append(Encoding.BigEndianUnicode.GetString(Even(TransferEncoding.Base64(rest[..length]))));
            at += length;
            if (length < rest.Length && rest[length] == '-') at++;
        }
        return text.ToString();
    }

    private static ReadOnlySpan<byte> Even(byte[] units) => units.AsSpan(0, units.Length & ~1);
}
