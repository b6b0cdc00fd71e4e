using Microsoft.AspNetCore.Mvc;
using Regard.Access;

namespace Regard.Layout;

internal static class ThemeEndpoints
{
    /// <summary>Without an antiforgery token: it belongs to staff, customers and strangers alike, and a forged choice of colours harms nobody.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/theme", Choose).OpenToAll().DisableAntiforgery();

    /// <summary>Remembers the theme for a year and goes back to the page on which it was chosen.</summary>
    private static IResult Choose([FromForm] string theme, [FromForm] string? back, HttpContext context)
    {
        if (Themes.Known(theme) is not { } known) return Results.BadRequest();
        context.Response.Cookies.Append(Themes.Cookie, known, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
        return SeeOther.To(LocalPath.Or(back, "/"));
    }
}
