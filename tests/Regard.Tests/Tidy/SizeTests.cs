using System.Text.RegularExpressions;

namespace Regard.Tidy;

/// <summary>A reader holds about this much in mind: 400 lines of a file, 60 of a method, five parameters.</summary>
public sealed partial class SizeTests
{
    private const int LongestFile = 400, MedianFile = 90, LongestMethod = 60, MostParameters = 5;

    private static IEnumerable<RepositoryFile> Sources =>
        Repository.All.Where(file => (file.Path.StartsWith("src/", StringComparison.Ordinal) || file.Path.StartsWith("test", StringComparison.Ordinal) || file.Path.StartsWith("bench", StringComparison.Ordinal))
            && Path.GetExtension(file.Path) is ".cs" or ".razor" or ".css" or ".js");

    [Fact]
    public void no_file_is_longer_than_400_lines() => Repository.Keeps(
        Sources.Where(file => file.Lines > LongestFile).Select(file => $"{file.Path}: {file.Lines} lines"),
        "Split these files by what they are about:");

    [Fact]
    public void half_of_the_files_have_at_most_90_lines()
    {
        var lines = Sources.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal)).Select(file => file.Lines).Order().ToList();
        lines[lines.Count / 2].ShouldBeLessThanOrEqualTo(MedianFile, "The files have grown: the next new thing goes into a file of its own.");
    }

    [Fact]
    public void no_method_is_longer_than_60_lines() => Repository.Keeps(
        from file in Repository.All.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal))
        from method in Methods(file)
        where method.Lines > LongestMethod
        select $"{file.At(method.Position)}: {method.Name} has {method.Lines} lines",
        $"Split these methods; the longest has {LongestMethod} lines:");

    [Fact]
    public void no_method_takes_more_than_five_parameters() => Repository.Keeps(
        from file in Repository.CSharp("src/")
        from method in Methods(file)
        where method.Parameters > MostParameters && !file.CSharp.Code[..method.Position].TrimEnd().EndsWith(')')
            && !EndpointMark().IsMatch(method.Head)
        select $"{file.At(method.Position)}: {method.Name} takes {method.Parameters}",
        $"Give these methods a record in place of some parameters (at most {MostParameters} and a CancellationToken; records, constructors and what an endpoint binds are exempt):");

    private sealed record Method(string Name, int Position, int Lines, int Parameters, string Head);

    private static IEnumerable<Method> Methods(RepositoryFile file)
    {
        var code = file.CSharp.Code;
        foreach (Match match in Declaration().Matches(code))
        {
            var open = match.Index + match.Length - 1;
            var close = Matching(code, open, '(', ')');
            var start = code.IndexOfAny(['{', ';', '='], close);
            if (start < 0 || code[start] == ';') continue;
            var end = code[start] == '{' ? Matching(code, start, '{', '}') : EndOfExpression(code, start);
            var position = match.Groups["name"].Index;
            var lines = code.AsSpan(position, end - position).Count('\n') + 1;
            var head = file.Content[open..(close + 1)];
            yield return new Method(match.Groups["name"].Value, position, lines, Parameters(code[(open + 1)..close].Replace(", CancellationToken stop", "", StringComparison.Ordinal)), head);
        }
    }

    private static int Parameters(string list)
    {
        if (string.IsNullOrWhiteSpace(list)) return 0;
        int depth = 0, count = 1;
        foreach (var c in list)
        {
            if (c is '(' or '[' or '<' or '{') depth++;
            if (c is ')' or ']' or '>' or '}') depth--;
            if (c == ',' && depth == 0) count++;
        }
        return count;
    }

    private static int Matching(string code, int at, char open, char close)
    {
        for (var depth = 0; at < code.Length; at++)
        {
            if (code[at] == open) depth++;
            if (code[at] == close && --depth == 0) return at;
        }
        return code.Length - 1;
    }

    private static int EndOfExpression(string code, int at)
    {
        for (var depth = 0; at < code.Length; at++)
        {
            if (code[at] is '(' or '{' or '[') depth++;
            if (code[at] is ')' or '}' or ']') depth--;
            if (code[at] == ';' && depth == 0) return at;
        }
        return code.Length - 1;
    }

    // A member of a type: the house requires its access to be written, so a modifier is always there. Constructors have no return type.
    // Blanks are taken once and the modifier is looked for first: otherwise every blank before every line reads the whole line again.
    [GeneratedRegex(@"(?m)^(?>[ \t]+)(?=(?:public|private|internal|protected|static|async|override|sealed|virtual|abstract|new|partial)[ ])(?![^\n(]*\b(?:class|record|struct|interface|enum|delegate|const)\b)(?:(?:public|private|internal|protected|static|async|override|sealed|virtual|abstract|new|partial)[ ]+)+[\w<>\[\],.?()]+(?:[ ][\w<>\[\],.?()]+)*?[ ](?<name>\w+)(?:<[^>()]*>)?\(")]
    private static partial Regex Declaration();

    // An endpoint's parameters are what the request binds, like a record's.
    [GeneratedRegex(@"\[From|HttpContext\b|HttpRequest\b")]
    private static partial Regex EndpointMark();
}
