using System.Security.Cryptography;
using System.Text;

namespace Regard.Channels;

/// <summary>
/// The local part of an address that belongs to one message of ours: to which its reports come back (<c>b-…</c>), or at which one can
/// unsubscribe from it (<c>u-…</c>). Signed; in letters that survive a server which changes their case, and short enough for SMTP.
/// </summary>
/// <param name="Kind"><c>b</c> or <c>u</c>.</param>
/// <param name="OutboxId">The message.</param>
internal sealed record MailToken(char Kind, Guid OutboxId)
{
    public const char Bounce = 'b';
    public const char Unsubscribe = 'u';

    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";
    private const int MacLength = 9;
    private const int Length = 2 + ((16 + MacLength) * 8 / 5);

    /// <summary>The local part.</summary>
    public string Write(byte[] key)
    {
        Span<byte> token = stackalloc byte[16 + MacLength];
        OutboxId.TryWriteBytes(token, bigEndian: true, out _);
        Mac(key).AsSpan(0, MacLength).CopyTo(token[16..]);
        var text = new StringBuilder().Append(Kind).Append('-');
        for (var bit = 0; bit < token.Length * 8; bit += 5)
        {
            var pair = (token[bit / 8] << 8) | (bit / 8 + 1 < token.Length ? token[(bit / 8) + 1] : 0);
            text.Append(Letters[(pair >> (11 - (bit % 8))) & 31]);
        }
        return text.ToString();
    }

    /// <summary>Reads an address; null = it is none of ours.</summary>
    public static MailToken? Read(string address, byte[] key)
    {
        var local = address.Split('@')[0].Trim().ToLowerInvariant();
        if (local.Length != Length || local[0] is not (Bounce or Unsubscribe) || local[1] != '-') return null;
        var bytes = new byte[16 + MacLength];
        var bit = 0;
        foreach (var letter in local.AsSpan(2))
        {
            var value = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0 || bit >= bytes.Length * 8) return null;
            for (var i = 4; i >= 0 && bit < bytes.Length * 8; i--, bit++) bytes[bit / 8] |= (byte)(((value >> i) & 1) << (7 - (bit % 8)));
        }
        var token = new MailToken(local[0], new Guid(bytes.AsSpan(0, 16), bigEndian: true));
        return CryptographicOperations.FixedTimeEquals(token.Mac(key).AsSpan(0, MacLength), bytes.AsSpan(16)) ? token : null;
    }

    private byte[] Mac(byte[] key) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"mail {Kind} {OutboxId:n}"));
}
