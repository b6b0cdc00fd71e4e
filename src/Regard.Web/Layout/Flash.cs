using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Regard.Layout;

/// <summary>
/// One message that the next page shows once: said before a redirect, taken by the layout.
/// It travels in an encrypted cookie that lives a minute, so it works without a session and on any node.
/// </summary>
internal sealed record Flash(Tone Tone, string Text)
{
    private const string Cookie = "flash";

    public static void Say(HttpContext context, string text, Tone tone = Tone.Good) =>
        context.Response.Cookies.Append(Cookie, Protector(context).Protect($"{(int)tone}{text}"), Options(context));

    /// <summary>The message, which is gone with this; null if there is none. A page fetched in advance takes none: nobody may see it.</summary>
    public static Flash? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } sealedText || IsPrefetch(context.Request)) return null;
        context.Response.Cookies.Delete(Cookie, Options(context));
        try
        {
            var text = Protector(context).Unprotect(sealedText);
            return new Flash((Tone)(text[0] - '0'), text[1..]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsPrefetch(HttpRequest request) =>
        request.Headers["Sec-Purpose"].ToString().Contains("prefetch", StringComparison.Ordinal)
        || request.Headers["X-Sec-Purpose"] == "prefetch";

    private static IDataProtector Protector(HttpContext context) =>
        context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("Regard.Layout.Flash");

    private static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = TimeSpan.FromMinutes(1),
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
