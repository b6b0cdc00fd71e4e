using System.Security.Claims;
using Regard.Api;
using Regard.Layout;

namespace Regard.Access;

/// <summary>
/// Stands before every endpoint: finds who is asking at the endpoint's door and whether they may. An endpoint without a rule is
/// closed to everybody, as if it did not exist.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, CallerLookup callers)
{
    public const string StaffSignIn = "/sign-in";
    public const string PortalSignIn = "/me/sign-in";

    public async Task InvokeAsync(HttpContext http)
    {
        // What is no route (405 and the like) only ever refuses.
        if (http.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(http);
            return;
        }
        var rule = endpoint.Metadata.GetMetadata<AccessRule>();
        if (rule is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (rule.Door != Door.Public)
        {
            var caller = await callers.FindAsync(http, rule.Door);
            if (caller is null)
            {
                await RefuseUnknownAsync(http, rule.Door);
                return;
            }
            if (rule.Right is { } right && !caller.Actor.May(right))
            {
                await RefuseAsync(http, rule.Door, right);
                return;
            }
            http.Features.Set(caller.Actor);
            http.User = PrincipalOf(caller.Actor);
            if (rule.Door != Door.Api) http.Features.Set(Viewers.Of(caller, http));
            if (rule.Door == Door.Portal) http.Features.Set(new Reader(caller.Language, caller.TimeZone));
        }
        await next(http);
    }

    /// <summary>Antiforgery tokens are bound to this identity, so that one person's token is worth nothing in another's session.</summary>
    internal static ClaimsPrincipal PrincipalOf(Actor actor) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, actor.Reference)], "Regard"));

    private static Task RefuseUnknownAsync(HttpContext http, Door door)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (door == Door.Api)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"regard\", Basic realm=\"regard\"";
            return ApiPipeline.WriteAsync(http, ApiProblem.Unauthenticated(
                "The request carries no API key, or one that is unknown or revoked. Send it as 'Authorization: Bearer rgd_…'."));
        }
        var signIn = door == Door.Staff ? StaffSignIn : PortalSignIn;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            var path = http.Request.PathBase + http.Request.Path + http.Request.QueryString;
            http.Response.Redirect($"{signIn}?return={Uri.EscapeDataString(path)}");
        }
        else
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext http, Door door, Right right)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (door == Door.Api)
            return ApiPipeline.WriteAsync(http, ApiProblem.Forbidden($"This needs a key with the scope '{Words.Of(right)}'."));
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
