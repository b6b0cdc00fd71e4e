using Microsoft.AspNetCore.Antiforgery;

namespace Regard.Access;

/// <summary>By which door a request comes in; each has its own way of saying who is asking.</summary>
internal enum Door
{
    /// <summary>Anybody: sign-in, one-click links, health, assets.</summary>
    Public,

    /// <summary>A member of staff with a session cookie.</summary>
    Staff,

    /// <summary>A customer with a portal session cookie, who reaches only their own records.</summary>
    Portal,

    /// <summary>Another system with an API key.</summary>
    Api,
}

/// <summary>What an endpoint asks of a caller. Every endpoint has one; an endpoint without is closed to everybody.</summary>
/// <param name="Door">The door it belongs to.</param>
/// <param name="Right">The right that it needs; null = being signed in at this door is enough.</param>
internal sealed record AccessRule(Door Door, Right? Right = null);

internal static class AccessRules
{
    /// <summary>Opens endpoints to anybody.</summary>
    public static T OpenToAll<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.WithMetadata(new AccessRule(Door.Public));

    /// <summary>For public endpoints that read no form and yet change something for whoever's browser sends them.</summary>
    public static T RequireFormToken<T>(this T endpoints) where T : IEndpointConventionBuilder => endpoints.WithMetadata(new RequireAntiforgeryTokenAttribute(true));

    /// <summary>Opens endpoints to staff with a right; with null to every member of staff. What changes something needs an antiforgery token.</summary>
    public static T ForStaff<T>(this T endpoints, Right? right) where T : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new AccessRule(Door.Staff, right), new RequireAntiforgeryTokenAttribute(true));

    /// <summary>Opens endpoints to customers in the portal, for their own records. What changes something needs an antiforgery token.</summary>
    public static T ForPortal<T>(this T endpoints) where T : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new AccessRule(Door.Portal), new RequireAntiforgeryTokenAttribute(true));

    /// <summary>Opens endpoints to API keys with a scope. No browser sends a key by itself, so there is no token against forged forms.</summary>
    public static T ForApi<T>(this T endpoints, Right right) where T : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new AccessRule(Door.Api, right), new RequireAntiforgeryTokenAttribute(false));
}
