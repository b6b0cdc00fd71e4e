namespace Regard.Access;

/// <summary>The cookie that carries a session's secret: unreadable for scripts, never sent along with another site's form.</summary>
internal static class SessionCookie
{
    /// <summary>The cookie's name at a door. Over https it has the prefix <c>__Host-</c>, which browsers take from this very host only.</summary>
    public static string Name(Door door, bool secure) => (secure ? "__Host-" : "") + (door == Door.Staff ? "regard-staff" : "regard-portal");

    public static string? Read(HttpContext http, Door door) => http.Request.Cookies[Name(door, http.Request.IsHttps)];

    public static void Write(HttpContext http, Door door, string secret) =>
        http.Response.Cookies.Append(Name(door, http.Request.IsHttps), secret, Options(http));

    public static void Remove(HttpContext http, Door door) =>
        http.Response.Cookies.Delete(Name(door, http.Request.IsHttps), Options(http));

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
        Path = "/",
    };
}
