using System.Text.RegularExpressions;

namespace Regard.Tidy;

/// <summary>A fresh clone works on any machine: nothing here points at the one it was written on.</summary>
public sealed partial class PortableTests
{
    [Fact]
    public void no_file_names_a_folder_of_one_machine() => Repository.Keeps(
        from file in Repository.All
        from Match match in LocalPath().Matches(file.Content)
        select $"{file.At(match.Index)}: {match.Value}",
        "Make these paths relative to the repository, or settings:");

    [Fact]
    public void lock_files_name_only_the_public_registries() => Repository.Keeps(
        from file in Repository.All
        where file.Name is "package-lock.json" or "packages.lock.json" or "NuGet.Config" or "nuget.config" or ".npmrc"
        from Match match in Address().Matches(file.Content)
        let host = match.Groups["host"].Value
        where host is not ("registry.npmjs.org" or "api.nuget.org") && !IsFunding(file.Content, match.Index)
        select $"{file.At(match.Index)}: {host}",
        "Restore these packages from the public registry and commit the lock file that it writes:");

    private static bool IsFunding(string content, int at)
    {
        var line = content.LastIndexOf('\n', at) + 1;
        return content[line..at].Contains("\"url\"", StringComparison.Ordinal) || content[line..at].Contains("\"funding\"", StringComparison.Ordinal);
    }

    // Written in pieces, so that this file does not find itself.
    [GeneratedRegex(@"(?<![\w.])/(?:wor" + @"k|hom" + @"e|roo" + @"t|User" + @"s)/[\w.-]+|\b[A-Z]:\\User" + "s")]
    private static partial Regex LocalPath();

    [GeneratedRegex(@"https?://(?:[^/@\s""]*@)?(?<host>[\w.-]+)")]
    private static partial Regex Address();
}
