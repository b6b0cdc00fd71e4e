using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Regard.Customers;

/// <summary>
/// Words that must stand in an address but are nobody's business: what somebody searched for, and where a list of names goes on.
/// Addresses are kept by browsers and proxies, so they hold only what this installation's keys can open.
/// </summary>
internal sealed class SealedWords(IDataProtectionProvider keys)
{
    private readonly IDataProtector _protector = keys.CreateProtector("Regard.Customers.List");

    public string Seal(string words) => _protector.Protect(words);

    /// <summary>The words; null when there are none, or when they were not sealed here.</summary>
    public string? Open(string? sealedWords)
    {
        if (sealedWords is not { Length: > 0 and < 4000 }) return null;
        try
        {
            return _protector.Unprotect(sealedWords);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
