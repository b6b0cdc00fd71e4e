using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Regard;

/// <summary>Makes the ids of every record: UUID version 7 (RFC 9562 section 5.7), so that ids sort by time.</summary>
public static class Ids
{
    /// <summary>A new id whose first 48 bits are <paramref name="now"/> in Unix milliseconds; the rest is random.</summary>
    /// <param name="now">Between 1970 and the year 10889; an earlier instant is taken as 1970.</param>
    public static Guid New(Instant now)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[6..]);
        return Stamp(bytes, now);
    }

    /// <summary>
    /// The same id for the same fact, however often it is told: the time is <paramref name="at"/>, the random bits are the
    /// SHA-256 of <paramref name="source"/> and <paramref name="sourceId"/>. A replayed event so meets its own first copy.
    /// </summary>
    public static Guid Of(Instant at, string source, string sourceId)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{sourceId}"), hash);
        return Stamp(hash[..16], at);
    }

    /// <summary>The instant (to the millisecond) at which an id of this class was stamped.</summary>
    public static Instant At(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return Instant.FromUnixTimeMilliseconds((long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16));
    }

    /// <summary>The smallest id that this class could stamp at <paramref name="at"/>: the bound of a range of time in a list of ids.</summary>
    public static Guid First(Instant at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        return Stamp(bytes, at);
    }

    private static Guid Stamp(Span<byte> bytes, Instant at)
    {
        var milliseconds = (ulong)Math.Max(0, at.ToUnixTimeMilliseconds());
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(time, milliseconds << 16);
        time[..6].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
