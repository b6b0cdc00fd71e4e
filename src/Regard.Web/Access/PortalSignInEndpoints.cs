using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Layout;

namespace Regard.Access;

/// <summary>Sign-in and sign-out of customers.</summary>
internal static class PortalSignInEndpoints
{
    public const string LinkPath = "/me/link";
    private const string Home = "/me";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var ask = routes.MapGroup(AccessMiddleware.PortalSignIn).OpenToAll().RequireRateLimiting(Limits.SignIn);
        ask.MapGet("", () => AskPage(isSent: false));
        ask.MapPost("", Ask);
        var link = routes.MapGroup(LinkPath).OpenToAll().RequireRateLimiting(Limits.SignIn);
        link.MapGet("/{token}", ShowAsync);
        link.MapPost("/{token}", OpenAsync).RequireFormToken();
        routes.MapPost("/me/sign-out", SignOutAsync).ForPortal();
    }

    private static RazorComponentResult<PortalSignInPage> Ask(HttpContext http, [FromForm] string? email, PortalLinkQueue queue)
    {
        if (!EmailForm.IsAddress(email?.Trim())) return AskPage(isSent: false, http.Say(PortalPhrases.NoAddress));
        queue.Ask(email!.Trim());
        return AskPage(isSent: true);
    }

    private static RazorComponentResult<PortalSignInPage> AskPage(bool isSent, string? fault = null) =>
        new(new { IsSent = isSent, Fault = fault }) { StatusCode = fault is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity };

    private static async Task<IResult> ShowAsync(HttpContext http, string token, PortalDesk desk)
    {
        http.Response.Headers.CacheControl = "no-store";
        return await desk.IsGoodAsync(token, http.RequestAborted) ? new RazorComponentResult<PortalLinkPage>() : Gone();
    }

    private static async Task<IResult> OpenAsync(HttpContext http, string token, PortalDesk desk)
    {
        if (await desk.OpenAsync(http, token) is not { } session) return Gone();
        SessionCookie.Write(http, Door.Portal, session);
        return SeeOther.To(Home);
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, PortalDesk desk)
    {
        await desk.SignOutAsync(SessionCookie.Read(http, Door.Portal), http.RequestAborted);
        SessionCookie.Remove(http, Door.Portal);
        return SeeOther.To(AccessMiddleware.PortalSignIn);
    }

    private static RazorComponentResult<LinkEndedPage> Gone() => new(new { IsForStaff = false }) { StatusCode = StatusCodes.Status410Gone };
}
