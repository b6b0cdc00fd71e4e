using Microsoft.AspNetCore.Mvc;
using Regard.Access;

namespace Regard.Layout;

internal static class LanguageEndpoints
{
    /// <summary>Without an antiforgery token, as the choice of colours.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/language", Choose).OpenToAll().DisableAntiforgery();

    /// <summary>Remembers a language for a year and goes back to the page on which it was chosen. It is no wish: letters stay in the customer's own.</summary>
    private static IResult Choose([FromForm] string? language, [FromForm] string? back, HttpContext http)
    {
        if (HouseLanguages.All.Where(one => one.Tag() == language).ToList() is not [var chosen]) return Results.BadRequest();
        http.Response.Cookies.Append(Reader.Cookie, chosen.Tag(), Options(http));
        return SeeOther.To(LocalPath.Or(back, "/me"));
    }

    /// <summary>Forgets what was chosen by hand: from the next page on the customer's own language holds.</summary>
    public static void Forget(HttpContext http) => http.Response.Cookies.Delete(Reader.Cookie, Options(http));

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = TimeSpan.FromDays(365),
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
    };
}
