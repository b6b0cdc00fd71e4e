using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Regard.Contact;

/// <summary>What a personal link is for. The values stand in links that are out: never change one.</summary>
internal enum LinkUse : byte
{
    /// <summary>To confirm a yes.</summary>
    Consent = 1,

    /// <summary>To answer how they want to be treated.</summary>
    Asking = 2,

    /// <summary>To see and change how they may be contacted.</summary>
    Wishes = 3,
}

/// <summary>
/// A link in a mail that stands for its recipient without a sign-in, for one use and for some weeks. Signed by the house; it holds ids and
/// nothing personal.
/// </summary>
internal sealed record PersonalLink(LinkUse Use, Guid CustomerId, Guid SubjectId, Instant ExpiresAt)
{
    // The unsubscribe link is version 1 and has no end.
    private const byte Version = 2;
    private const int Length = 1 + 1 + 16 + 16 + 8;
    private const int MacLength = 16;

    public string Write(byte[] key)
    {
        Span<byte> token = stackalloc byte[Length + MacLength];
        (token[0], token[1]) = (Version, (byte)Use);
        CustomerId.TryWriteBytes(token[2..], bigEndian: true, out _);
        SubjectId.TryWriteBytes(token[18..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(token[34..], ExpiresAt.ToUnixTimeSeconds());
        HMACSHA256.HashData(key, token[..Length]).AsSpan(0, MacLength).CopyTo(token[Length..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Null = no link of ours for this use, or its time is over.</summary>
    public static PersonalLink? Read(string text, LinkUse use, byte[] key, Instant now)
    {
        if (text.Length != Base64Url.GetEncodedLength(Length + MacLength) || !Base64Url.IsValid(text)) return null;
        var token = Base64Url.DecodeFromChars(text).AsSpan();
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, token[..Length]).AsSpan(0, MacLength), token[Length..])) return null;
        if (token[0] != Version || token[1] != (byte)use) return null;
        var expires = Instant.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(token[34..]));
        return expires <= now ? null : new PersonalLink(use, new Guid(token[2..18], bigEndian: true), new Guid(token[18..34], bigEndian: true), expires);
    }
}
