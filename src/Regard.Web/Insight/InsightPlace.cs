using Regard.Layout;

namespace Regard.Insight;

/// <summary>A page of this room, as its front door shows it.</summary>
/// <param name="Text">What somebody finds there.</param>
internal sealed record InsightPlace(string Title, string Href, string Icon, string Text)
{
    public static readonly IReadOnlyList<InsightPlace> All =
    [
        new("Silent leavers", "/insight/leaving", Icons.Asleep, "Customers whose silence is unusual for them, what happened before it, and a contact as they wish it."),
        new("How customers buy", "/insight/models", Icons.Chart, "Which model foretells this shop's customers, how well it did on the last quarter, and why it is used."),
    ];
}
