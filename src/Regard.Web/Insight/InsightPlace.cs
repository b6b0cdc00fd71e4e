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
        new("What comes back", "/insight/returns", Icons.Return, "Batches, products, suppliers, sizes, carriers and regions of which more comes back than chance explains, each followed until it is gone."),
        new("The same service", "/insight/parity", Icons.Cases, "Whether newcomers, languages, channels and wishes are served alike: the same, different, or cannot be told yet."),
        new("Findings", "/insight/findings", Icons.Flag, "What stood out, who looks for the cause, and what became of it."),
    ];
}
