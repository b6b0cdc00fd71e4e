using Regard.Access;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Hears the browser's "no" with whatever a customer sends in the portal, before it is worked on.</summary>
internal sealed class GpcMiddleware(RequestDelegate next, Database database, IClock clock)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (http.Features.Get<Actor>() is { Kind: ActorKind.Customer, Id: { } customerId }) await Gpc.HearAsync(http, database, customerId, clock.GetCurrentInstant());
        await next(http);
    }
}

/// <summary>Among the features of a request with which the browser's "no" was recorded.</summary>
internal sealed record HeardGpc;
