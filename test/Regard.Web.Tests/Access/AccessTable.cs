using static Regard.Access.Door;
using static Regard.Access.Right;

namespace Regard.Access;

/// <summary>
/// Every endpoint, and who may use it. A new endpoint gets its line here, by hand: that is the point.
/// The test walks each of them as everybody.
/// </summary>
internal static class AccessTable
{
    public static readonly IReadOnlyList<AccessRow> Rows =
    [
        new("GET", "/health", Public),
        new("GET", "/api/{documentName}/openapi.json", Public),
        new("POST", "/v1/batch", Door.Api, EventsWrite),
        new("POST", "/v1/identify", Door.Api, EventsWrite),
        new("POST", "/v1/track", Door.Api, EventsWrite),
        new("POST", "/v1/page", Door.Api, EventsWrite),
        new("POST", "/v1/screen", Door.Api, EventsWrite),
        new("POST", "/v1/group", Door.Api, EventsWrite),
        new("POST", "/v1/alias", Door.Api, EventsWrite),
    ];
}

/// <param name="Right">Null = being signed in at the door is enough.</param>
internal sealed record AccessRow(string Method, string Route, Door Door, Right? Right = null);
