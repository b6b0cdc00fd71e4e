using System.IO.Compression;
using Regard.Tidy;

namespace Regard.Kit;

/// <summary>Real data that is not part of the repository: beside it in <c>../shared/data</c>, or where <c>REGARD_SHARED_DATA</c> says.</summary>
internal static class SharedData
{
    /// <summary>The lines of a file (also of a packed one); a test that needs an absent one is skipped aloud, and fails in CI.</summary>
    public static IEnumerable<string> Lines(string name)
    {
        var folder = Environment.GetEnvironmentVariable("REGARD_SHARED_DATA") ?? Path.Combine(Repository.Root, "..", "shared", "data");
        var path = Path.Combine(folder, name);
        Assert.SkipWhen(!File.Exists(path) && Environment.GetEnvironmentVariable("CI") is null, $"{name} is absent: set REGARD_SHARED_DATA.");
        if (!File.Exists(path)) throw new InvalidOperationException($"CI has no {name}.");
        return name.EndsWith(".gz", StringComparison.Ordinal) ? Unpacked(path) : File.ReadLines(path);
    }

    private static IEnumerable<string> Unpacked(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line) yield return line;
    }
}
