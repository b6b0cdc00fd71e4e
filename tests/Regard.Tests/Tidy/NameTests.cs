using System.Text.RegularExpressions;

namespace Regard.Tidy;

/// <summary>A name says what a thing is for; these endings say that nobody knew.</summary>
public sealed partial class NameTests
{
    private static IEnumerable<RepositoryFile> Sources => Repository.CSharp("").Concat(Repository.All.Where(file => file.Path.EndsWith(".razor", StringComparison.Ordinal)));

    [Fact]
    public void no_type_has_an_empty_name() => Repository.Keeps(
        from file in Repository.CSharp("")
        from Match match in EmptyName().Matches(file.CSharp.Code)
        select $"{file.At(match.Index)}: {match.Groups["name"].Value}",
        "Name these types after what they are or decide (a noun of the glossary in ARCHITECTURE.md, XStore, XEndpoints, XPage, XJob):");

    [Fact]
    public void no_file_has_an_empty_name() => Repository.Keeps(
        Sources.Where(file => EmptyFile().IsMatch(Path.GetFileNameWithoutExtension(file.Path))).Select(file => file.Path),
        "Name these files after the type that they hold:");

    [Fact]
    public void an_interface_has_at_least_two_production_implementations()
    {
        var sources = Repository.CSharp("src/").ToList();
        Repository.Keeps(
            from file in sources
            from Match match in Interface().Matches(file.CSharp.Code)
            let name = match.Groups["name"].Value
            let implementations = sources.Sum(other => Regex.Count(other.CSharp.Code, $@"\b(?:class|record|struct)\s+[^{{;]*?:\s*[^{{;]*\b{name}\b", RegexOptions.Singleline))
            where implementations < 2
            select $"{file.At(match.Index)}: {name} has {implementations}",
            "Take the class itself in place of these interfaces (tests run on the real thing):");
    }

    [Fact]
    public void nothing_is_left_to_do_in_the_code() => Repository.Keeps(
        from file in Repository.All.Where(file => Path.GetExtension(file.Path) is not ".json")
        from Match match in Left().Matches(file.Content)
        select $"{file.At(match.Index)}: {match.Value}",
        "Do it, or write an issue; the code holds no notes to oneself:");

    [GeneratedRegex(@"\b(?:class|record|struct|interface|enum)\s+(?:class\s+|struct\s+)?(?<name>\w+(?:Manager|Helper|Helpers|Util|Utils|Utility|Service|Impl|Base|Dto|Info))\b")]
    private static partial Regex EmptyName();

    [GeneratedRegex("(?:Manager|Helper|Helpers|Util|Utils|Utility|Service|Impl|Base|Dto|Info|Extensions)$")]
    private static partial Regex EmptyFile();

    [GeneratedRegex(@"\binterface\s+(?<name>I[A-Z]\w+)")]
    private static partial Regex Interface();

    // Written in pieces, so that this file does not find itself.
    [GeneratedRegex(@"\bTO" + @"DO\b|\bFIX" + @"ME\b|\bHA" + @"CK\b|\bNotImplemented" + "Exception")]
    private static partial Regex Left();
}
