using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Regard.Channels;

/// <summary>The signature under what a provider tells us: over the address that it was given and every field of the form, sorted.</summary>
internal static class ProviderSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <summary>The signature.</summary>
    /// <param name="token">The secret that both sides know.</param>
    /// <param name="address">The address as it was given to the provider, with its query.</param>
    /// <param name="form">The fields; of a field that comes more than once each value counts once.</param>
    [SuppressMessage("Security", "CA5350", Justification = "The providers' protocol knows no other hash; as a keyed hash SHA-1 is not known to be broken.")]
    public static string Of(string token, string address, IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        var signed = new StringBuilder(address);
        foreach (var (name, values) in form.OrderBy(field => field.Key, StringComparer.Ordinal))
            foreach (var value in values.Select(value => value ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                signed.Append(name).Append(value);
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed.ToString())));
    }

    /// <summary>Whether the form was signed by whoever knows the token. Providers write the standard port into the address or leave it out.</summary>
    public static bool IsRight(string token, Uri address, IEnumerable<KeyValuePair<string, StringValues>> form, string? given)
    {
        var fields = form.ToList();
        var plain = address.AbsoluteUri;
        var ported = address.IsDefaultPort ? plain.Replace(address.Authority, $"{address.Authority}:{address.Port}", StringComparison.Ordinal) : plain;
        var signature = Encoding.ASCII.GetBytes(given ?? "");
        // Both are computed and compared whatever the first says.
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(token, plain, fields)), signature)
            | CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(token, ported, fields)), signature);
    }
}
