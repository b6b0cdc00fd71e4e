using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Regard.Layout;

public static class ThemeEndpoints
{
    public static void MapTheme(this IEndpointRouteBuilder app) => app.MapPost("/theme", Choose).AllowAnonymous();

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
        context.Response.Headers.Location = LocalPath.Or(back, "/");
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
