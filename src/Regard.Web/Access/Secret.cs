using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Regard.Access;

/// <summary>Secrets that are handed out once and kept only as a hash: session ids, links, API keys.</summary>
internal static class Secret
{
    /// <summary>256 random bits in the URL-safe alphabet of base64 (43 letters).</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 in lower-case hex. No salt and no stretching: the input has 256 bits of its own, nothing can be tried out.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
