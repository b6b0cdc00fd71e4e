using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Regard.Webhooks;

/// <summary>
/// The secret that an endpoint shares with us, and what it signs: the scheme <c>v1</c> of Standard Webhooks
/// (https://github.com/standard-webhooks/standard-webhooks, HMAC-SHA-256 over <c>id.timestamp.body</c>).
/// </summary>
public sealed class WebhookSecret
{
    /// <summary>What every secret begins with, so that one that was published by mistake is recognised for what it is.</summary>
    public const string Prefix = "whsec_";

    private const int Bytes = 32;

    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <summary>A new secret of 256 random bits.</summary>
    public static WebhookSecret New() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The secret in its written form.</summary>
    /// <exception cref="FormatException">It is none: it does not begin with the prefix, or what follows is no base64.</exception>
    public static WebhookSecret Read(string text) => text.StartsWith(Prefix, StringComparison.Ordinal)
        ? new WebhookSecret(Convert.FromBase64String(text[Prefix.Length..]))
        : throw new FormatException("A webhook secret begins with whsec_.");

    /// <summary>The written form, to be shown once and kept encrypted.</summary>
    public string Write() => Prefix + Convert.ToBase64String(_key);

    /// <summary>The signature of one attempt, as <c>v1,…</c>.</summary>
    /// <param name="id">The webhook-id.</param>
    /// <param name="at">The moment of the attempt, in whole seconds: receivers refuse what is more than some minutes away.</param>
    /// <param name="body">The body as it is sent.</param>
    public string Sign(string id, Instant at, string body)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(signed)));
    }
}
