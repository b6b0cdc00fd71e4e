namespace Regard.Access;

internal static class RequestActor
{
    /// <summary>Who is asking. Set by the door's authentication before any endpoint runs.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is public and looked for a caller.</exception>
    public static Actor Actor(this HttpContext http) =>
        http.Features.Get<Actor>() ?? throw new InvalidOperationException("This endpoint has no caller: it is open to all.");
}
