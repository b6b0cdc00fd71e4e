using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Regard.Access;

/// <summary>One entry of the audit trail: who did what to which thing.</summary>
/// <param name="Seq">1 for the first entry, then one more each.</param>
/// <param name="At">When, to the microsecond.</param>
/// <param name="Actor">An <see cref="Access.Actor.Reference"/>.</param>
/// <param name="Action">A word such as <c>staff_disabled</c>.</param>
/// <param name="Subject">What it was done to, as <c>kind:id</c>.</param>
/// <param name="Detail">A JSON object without personal data.</param>
public sealed record AuditEntry(long Seq, Instant At, string Actor, string Action, string Subject, string Detail);

/// <summary>
/// Chains the audit trail's entries: each one's hash covers the one before, so that an entry that was changed, removed or slipped in
/// later breaks the chain from there on. It shows tampering; it cannot undo it, and who can rewrite the whole table can rewrite every hash:
/// keep the newest hash elsewhere to notice that too.
/// </summary>
public static class AuditChain
{
    /// <summary>What the first entry names as its predecessor.</summary>
    public static readonly string Beginning = new('0', 64);

    /// <summary>SHA-256, in lower-case hex, over the previous hash and every field, each preceded by its length: no two entries have the same bytes.</summary>
    public static string Hash(string previousHash, AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        foreach (var text in (ReadOnlySpan<string>)[previousHash, entry.Actor, entry.Action, entry.Subject, entry.Detail])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt64BigEndian(number, bytes.Length);
            hash.AppendData(number);
            hash.AppendData(bytes);
        }
        BinaryPrimitives.WriteInt64BigEndian(number, entry.Seq);
        hash.AppendData(number);
        BinaryPrimitives.WriteInt64BigEndian(number, entry.At.ToUnixTimeTicks() / 10);
        hash.AppendData(number);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
