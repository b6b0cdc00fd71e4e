namespace Regard.Layout;

/// <summary>One entry of the staff's main menu.</summary>
/// <param name="Key">What <see cref="Viewer.Allowed"/> must hold for the entry to be shown.</param>
public sealed record NavigationEntry(string Key, string Text, string Href, string Icon)
{
    /// <summary>The page at <paramref name="path"/> is this entry's page or lies beneath it.</summary>
    public bool Leads(string path) =>
        path.StartsWith(Href, StringComparison.OrdinalIgnoreCase) && (path.Length == Href.Length || path[Href.Length] == '/');
}

/// <summary>The staff's main menu. An entry is added here together with its page, never before.</summary>
internal static class Navigation
{
    public static readonly IReadOnlyList<NavigationEntry> Entries =
    [
        new("today", "Today", "/today", Icons.Today),
        new("customers", "Customers", "/customers", Icons.Customers),
        new("cases", "Cases", "/cases", Icons.Cases),
        new("products", "Products", "/products", Icons.Product),
        new("changes", "Changes", "/changes", Icons.Changes),
        new("outreach", "Outreach", "/campaigns", Icons.Outreach),
        new("insight", "Insight", "/insight", Icons.Insight),
        new("settings", "Settings", "/settings", Icons.Settings),
    ];

    public static IEnumerable<NavigationEntry> For(Viewer viewer) => Entries.Where(entry => viewer.Allowed.Contains(entry.Key));
}
