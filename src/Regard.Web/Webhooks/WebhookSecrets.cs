using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Regard.Webhooks;

/// <summary>
/// Secrets of endpoints as they lie in the database: encrypted with the keys of data protection, because signing needs them in clear.
/// Sealing may write a new key into the database: it is never done inside a unit of work that writes.
/// </summary>
internal sealed class WebhookSecrets(IDataProtectionProvider keys)
{
    /// <summary>How long the secret before signs along.</summary>
    public static readonly Duration Overlap = Duration.FromHours(24);

    private readonly IDataProtector _protector = keys.CreateProtector("Regard.Webhooks.Secret");

    public string Seal(WebhookSecret secret) => _protector.Protect(secret.Write());

    /// <summary>The secrets that sign at a moment, the newest first; null = they cannot be read any more.</summary>
    public IReadOnlyList<WebhookSecret>? Of(WebhookEndpointRow row, Instant now)
    {
        try
        {
            var secrets = new List<WebhookSecret> { Open(row.Secret) };
            if (row.OldSecret is { } old && row.OldSecretUntil > now) secrets.Add(Open(old));
            return secrets;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private WebhookSecret Open(string kept) => WebhookSecret.Read(_protector.Unprotect(kept));
}
