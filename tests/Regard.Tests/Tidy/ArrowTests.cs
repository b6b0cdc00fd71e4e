using System.Text.RegularExpressions;

namespace Regard.Tidy;

/// <summary>Which capability may know which: the map of the house, as a table. The important arrow is a missing one.</summary>
public sealed partial class ArrowTests
{
    private static readonly string[] Floor = ["Access", "Storage", "Layout", "Api"];

    /// <summary>
    /// What each capability may use besides itself and the <see cref="Floor"/>. <c>Commands</c>, <c>Demo</c> and the root put the program
    /// together and may use everything. Cases has no arrow to Loyalty, and gets none: whoever waits must not be known by status.
    /// </summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Storage"] = [],
        ["Api"] = [],
        ["Layout"] = [],
        ["Access"] = ["Customers", "Contact", "Channels"],
        ["Jobs"] = [],
        ["Webhooks"] = [],
        ["Channels"] = ["Contact", "Texts"],
        ["Mail"] = ["Customers", "Timeline", "Contact", "Cases", "Channels", "Jobs"],
        ["Texts"] = ["Customers", "Timeline", "Contact", "Cases", "Channels", "Mail", "Jobs"],
        ["Post"] = ["Customers", "Timeline", "Contact", "Channels", "Jobs"],
        ["Customers"] = ["Timeline", "Orders", "Contact", "Cases", "Outreach", "Changes", "Imports", "Webhooks"],
        ["Timeline"] = ["Customers"],
        ["Orders"] = ["Customers", "Timeline", "Imports"],
        ["Imports"] = ["Customers", "Timeline", "Orders", "Contact", "Jobs"],
        ["Ingestion"] = ["Customers", "Timeline", "Orders", "Contact", "Jobs"],
        ["Contact"] = ["Customers", "Timeline", "Channels", "Jobs", "Outreach", "Texts", "Webhooks"],
        ["Outreach"] = ["Customers", "Timeline", "Contact", "Cases", "Channels", "Jobs", "Webhooks"],
        ["Changes"] = ["Customers", "Timeline", "Orders", "Contact", "Outreach", "Cases", "Jobs", "Webhooks"],
        ["Cases"] = ["Customers", "Timeline", "Orders", "Contact", "Jobs", "Webhooks"],
        ["Loyalty"] = ["Customers", "Timeline", "Orders", "Contact", "Outreach", "Jobs"],
        ["Feedback"] = ["Customers", "Timeline", "Contact", "Outreach", "Jobs"],
        ["Insight"] = ["Customers", "Timeline", "Orders", "Cases", "Contact", "Outreach", "Changes", "Loyalty", "Feedback", "Decisions", "Jobs"],
        ["Decisions"] = ["Customers", "Jobs"],
    };

    private static readonly HashSet<string> Unbound = ["Commands", "Demo", ""];

    [Fact]
    public void capabilities_know_only_what_the_table_allows() => Repository.Keeps(
        from file in Repository.All
        where file.Path.StartsWith("src/", StringComparison.Ordinal) && Path.GetExtension(file.Path) is ".cs" or ".razor"
        let room = Capability(file)
        where room is not null && !Unbound.Contains(room)
        from Match match in Use().Matches(file.Path.EndsWith(".cs", StringComparison.Ordinal) ? file.CSharp.Code : file.Content)
        let to = match.Groups["name"].Value
        where to != room && !Unbound.Contains(to) && !(Arrows.GetValueOrDefault(room) ?? []).Concat(Floor).Contains(to)
        select $"{file.At(match.Index)}: {room} uses {to}",
        "Hand the fact over as an argument, or move the code to the capability that owns it. If the arrow is really wanted, add it to the table in ArrowTests.cs and say why in the commit:");

    [Fact]
    [Trait("req", "V3")]
    public void the_service_desk_cannot_see_status() => Repository.Keeps(
        from file in Repository.All
        where file.Path.StartsWith("src/", StringComparison.Ordinal) && (Capability(file) == "Cases" || file.Name == "_Imports.razor")
        from Match match in Status().Matches(file.Content)
        select $"{file.At(match.Index)}: {match.Value}",
        "The queue, promised times and remedies must not know status or loyalty (V3):");

    [Fact]
    public void every_folder_is_a_room_of_the_table() => Repository.Keeps(
        Repository.All.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)).Select(file => Capability(file)).OfType<string>().Distinct()
            .Where(name => !Unbound.Contains(name) && !Arrows.ContainsKey(name)),
        "Add these rooms to the table in ArrowTests.cs and to the map in ARCHITECTURE.md:");

    [Fact]
    public void a_file_declares_the_namespace_of_its_folder() => Repository.Keeps(
        from file in Repository.CSharp("src/")
        let match = Namespace().Match(file.CSharp.Code)
        let folder = Path.GetDirectoryName(file.Path)!.Split('/').Skip(2).Aggregate("Regard", (path, part) => $"{path}.{part}")
        where match.Success && match.Groups["name"].Value != folder
        select $"{file.Path}: {match.Groups["name"].Value}, and the folder says {folder}",
        "Folder and namespace are the same thing; change one of them:");

    private static string? Capability(RepositoryFile file)
    {
        var parts = file.Path.Split('/');
        return parts[0] != "src" ? null : parts.Length > 3 && parts[2] is not ("wwwroot" or "Properties") ? parts[2] : "";
    }

    [GeneratedRegex(@"\b(?:using\s+(?:static\s+)?|global::)?Regard\.(?<name>[A-Z]\w+)")]
    private static partial Regex Use();

    [GeneratedRegex(@"\bLoyalty\b|\bMemberStatus\b|\bloyalty_|\bmember_status\b")]
    private static partial Regex Status();

    [GeneratedRegex(@"(?m)^namespace\s+(?<name>[\w.]+)\s*;")]
    private static partial Regex Namespace();
}
