using System.Runtime.CompilerServices;

namespace Regard.Tidy;

/// <summary>The files of this repository as they lie in the working folder, without what builds make and what tools restore.</summary>
internal static class Repository
{
    public static readonly string Root = FindRoot();

    private static readonly HashSet<string> Made = ["bin", "obj", "node_modules", "lib", "data", "build", ".git", "TestResults", ".vs", ".idea"];

    private static readonly string[] Text =
        [".cs", ".razor", ".css", ".js", ".mjs", ".json", ".md", ".sql", ".csproj", ".props", ".targets", ".slnx", ".txt", ".yml", ".config", ".editorconfig", ""];

    private static readonly Lazy<IReadOnlyList<RepositoryFile>> Files = new(() => [.. Walk(new DirectoryInfo(Root))]);

    /// <summary>Every text file.</summary>
    public static IReadOnlyList<RepositoryFile> All => Files.Value;

    /// <summary>The C# files under a folder, for example <c>src/</c>.</summary>
    public static IEnumerable<RepositoryFile> CSharp(string under) =>
        All.Where(file => file.Path.StartsWith(under, StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The test of a rule: an empty list passes, anything else is shown with what to do about it.</summary>
    public static void Keeps(IEnumerable<string> violations, string advice)
    {
        var found = violations.ToList();
        if (found.Count > 0) Assert.Fail($"{advice}\n  {string.Join("\n  ", found.Take(50))}{(found.Count > 50 ? $"\n  … {found.Count - 50} more" : "")}");
    }

    private static IEnumerable<RepositoryFile> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles().Where(file => Text.Contains(file.Extension) && file.Length < 5_000_000))
            yield return new RepositoryFile(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName));
        foreach (var inner in folder.EnumerateDirectories().Where(inner => !Made.Contains(inner.Name)))
            foreach (var file in Walk(inner))
                yield return file;
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new FileInfo(here).Directory;
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Regard.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests were built outside of the repository.");
    }
}

/// <summary>One file: its path from the root with forward slashes, and its text.</summary>
internal sealed record RepositoryFile(string Path, string Content)
{
    private readonly Lazy<CSharpText> _read = new(() => CSharpText.Read(Content));

    public CSharpText CSharp => _read.Value;

    public string Name => System.IO.Path.GetFileName(Path);

    public int Lines => Content.AsSpan().TrimEnd('\n').Count('\n') + 1;

    /// <summary>The path and the line of a position in the text, as editors understand it.</summary>
    public string At(int position) => $"{Path}:{Content.AsSpan(0, position).Count('\n') + 1}";
}
