namespace Regard.Webhooks;

/// <summary>Which addresses are of the public Internet: where a webhook may go without the operator's leave.</summary>
public static class PublicInternet
{
    // IANA's special-purpose registries (RFC 6890 and its updates), and multicast.
    private static readonly (uint Network, int Bits)[] NotPublic4 =
    [
        (0x00000000, 8),   // this network, unspecified
        (0x0A000000, 8),   // private
        (0x64400000, 10),  // shared by carriers (CGNAT)
        (0x7F000000, 8),   // loopback
        (0xA9FE0000, 16),  // link-local, and clouds' metadata
        (0xAC100000, 12),  // private
        (0xC0000000, 24),  // protocol assignments
        (0xC0000200, 24),  // documentation
        (0xC0586300, 24),  // 6to4 relays
        (0xC0A80000, 16),  // private
        (0xC6120000, 15),  // benchmarks
        (0xC6336400, 24),  // documentation
        (0xCB007100, 24),  // documentation
        (0xE0000000, 4),   // multicast
        (0xF0000000, 4),   // reserved, broadcast
    ];

    /// <summary>
    /// Whether an address is public. Of IPv6 only global unicast is, without documentation and whatever carries an IPv4 address inside
    /// (6to4, Teredo; mapped, compatible and translated ones are no global unicast anyway): that might lead anywhere.
    /// </summary>
    /// <param name="address">4 or 16 bytes in network order; any other length is not public.</param>
    public static bool IsPublic(ReadOnlySpan<byte> address) => address.Length switch
    {
        4 => IsPublic4(address),
        16 => IsPublic6(address),
        _ => false,
    };

    private static bool IsPublic4(ReadOnlySpan<byte> bytes)
    {
        var address = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        return !Array.Exists(NotPublic4, range => (address ^ range.Network) >> (32 - range.Bits) == 0);
    }

    private static bool IsPublic6(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] >> 5 != 0b001) return false;
        var (first, second) = ((bytes[0] << 8) | bytes[1], (bytes[2] << 8) | bytes[3]);
        return first switch
        {
            0x2001 => second >= 0x0200 && second != 0x0DB8, // 2001::/23 holds Teredo, ORCHID and benchmarks
            0x2002 => false,
            0x3FFF => second >= 0x1000,
            _ => true,
        };
    }
}
