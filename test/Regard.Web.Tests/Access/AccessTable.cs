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
    ];
}

/// <param name="Right">Null = being signed in at the door is enough.</param>
internal sealed record AccessRow(string Method, string Route, Door Door, Right? Right = null);
