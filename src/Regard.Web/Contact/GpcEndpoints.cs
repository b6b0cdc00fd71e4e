using Regard.Access;

namespace Regard.Contact;

/// <summary>Tells browsers that Global Privacy Control is honoured here.</summary>
internal static class GpcEndpoints
{
    // The day from which it holds.
    private static readonly Support Answer = new(true, "2026-11-26");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/.well-known/gpc.json", () => Results.Json(Answer)).OpenToAll();

    private sealed record Support(bool Gpc, [property: System.Text.Json.Serialization.JsonPropertyName("lastUpdate")] string LastUpdate);
}
