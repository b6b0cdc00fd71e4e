using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Regard.Storage;

namespace Regard.Access;

/// <summary>Somebody whose password was right and whose code is still to come. Travels in a sealed cookie for ten minutes; opens nothing by itself.</summary>
/// <param name="Version">The account's version then: a change of password or role in between makes the ticket worthless.</param>
/// <param name="NewSecret">The second factor being set up; null when there is one.</param>
/// <param name="Account">How the app on the phone names the entry: the e-mail address.</param>
internal sealed record PendingSignIn(Guid StaffId, long Version, string? NewSecret, string Account, Instant ExpiresAt)
{
    public static readonly Duration Life = Duration.FromMinutes(10);

    private const string Cookie = "regard-pending";

    public void Write(HttpContext http) => http.Response.Cookies.Append(Name(http), Protector(http).Protect(Json.Of(this).Text), Options(http));

    /// <summary>The ticket of this browser; null when there is none, it is not ours or too old.</summary>
    public static PendingSignIn? Read(HttpContext http, Instant now)
    {
        if (http.Request.Cookies[Name(http)] is not { Length: > 0 and < 4096 } sealedText) return null;
        try
        {
            var ticket = new Json(Protector(http).Unprotect(sealedText)).Read<PendingSignIn>();
            return now < ticket.ExpiresAt ? ticket : null;
        }
        catch (Exception failure) when (failure is CryptographicException or JsonException)
        {
            return null;
        }
    }

    public static void Remove(HttpContext http) => http.Response.Cookies.Delete(Name(http), Options(http));

    private static string Name(HttpContext http) => (http.Request.IsHttps ? "__Host-" : "") + Cookie;

    private static CookieOptions Options(HttpContext http) =>
        new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Strict, IsEssential = true, Path = "/" };

    private static IDataProtector Protector(HttpContext http) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("Regard.Access.PendingSignIn");
}
