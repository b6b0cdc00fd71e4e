using System.Buffers.Text;
using System.Security.Cryptography;

namespace Regard.Contact;

/// <summary>
/// What an unsubscribe link says by itself: whose mails, about what, which mail it stood in. Signed, so that nobody else can make one, and
/// without an end: it works in ten years, and after everything else was erased.
/// </summary>
internal sealed record UnsubscribeToken(Guid CustomerId, Purpose Purpose, Guid OutboxId)
{
    private const byte Version = 1;
    private const int Length = 1 + 16 + 1 + 16;
    private const int MacLength = 16;

    public string Write(byte[] key)
    {
        Span<byte> token = stackalloc byte[Length + MacLength];
        token[0] = Version;
        CustomerId.TryWriteBytes(token[1..], bigEndian: true, out _);
        token[17] = (byte)Purpose;
        OutboxId.TryWriteBytes(token[18..], bigEndian: true, out _);
        HMACSHA256.HashData(key, token[..Length]).AsSpan(0, MacLength).CopyTo(token[Length..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Null = no token of ours.</summary>
    public static UnsubscribeToken? Read(string text, byte[] key)
    {
        if (text.Length != Base64Url.GetEncodedLength(Length + MacLength) || !Base64Url.IsValid(text)) return null;
        var token = Base64Url.DecodeFromChars(text).AsSpan();
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, token[..Length]).AsSpan(0, MacLength), token[Length..]) || token[0] != Version) return null;
        var purpose = (Purpose)token[17];
        return Enum.IsDefined(purpose) ? new UnsubscribeToken(new Guid(token[1..17], bigEndian: true), purpose, new Guid(token[18..34], bigEndian: true)) : null;
    }
}
