using System.Text.RegularExpressions;

namespace Regard.Tidy;

/// <summary>What the documents say is there, and what is there the documents say.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Wanted = ["README.md", "ARCHITECTURE.md", "STYLE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "docs/requirements.md"];

    [Fact]
    public void the_documents_of_the_house_are_there() => Repository.Keeps(
        Wanted.Where(name => !File.Exists(Path.Combine(Repository.Root, name))), "Write these documents:");

    [Fact]
    public void every_link_between_documents_leads_somewhere() => Repository.Keeps(
        from file in Repository.All
        where file.Path.EndsWith(".md", StringComparison.Ordinal)
        from Match match in Link().Matches(file.Content)
        let target = Path.Combine(Repository.Root, Path.GetDirectoryName(file.Path)!, Uri.UnescapeDataString(match.Groups["target"].Value))
        where !File.Exists(target) && !Directory.Exists(target)
        select $"{file.At(match.Index)}: {match.Groups["target"].Value}",
        "Correct these links, or write what they promise:");

    [Fact]
    public void a_requirement_that_a_test_claims_is_listed_and_a_listed_one_has_a_test()
    {
        var listed = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/requirements.md")))
            .ToDictionary(match => match.Groups["code"].Value, match => match.Groups["state"].Value);
        var claimed = (from file in Repository.CSharp("test")
                       from Match match in Claim().Matches(file.Content)
                       select match.Groups["code"].Value).ToHashSet();
        Repository.Keeps(claimed.Where(code => !listed.ContainsKey(code)).Order(), "Tests claim these requirements, and docs/requirements.md has no row for them: correct the tests' traits or add the row:");
        Repository.Keeps(listed.Where(row => row.Value != "open" && !claimed.Contains(row.Key)).Select(row => row.Key).Order(),
            "docs/requirements.md says that these requirements work, and no test has the trait [Trait(\"req\", \"…\")] for them: write the test, or say `open`:");
    }

    [GeneratedRegex(@"\]\((?!https?:|mailto:|#)(?<target>[^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?m)^\| (?<code>[A-Z]\d+) \| (?<state>open|part|done) \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"Trait\(""req"", ""(?<code>[A-Z]+\d+)""\)|\b(?:void|Task) (?<code>F\d+)_")]
    private static partial Regex Claim();
}
