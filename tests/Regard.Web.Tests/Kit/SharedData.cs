namespace Regard.Kit;

/// <summary>Real data that is not part of the repository: beside it in <c>../shared/data</c>, or where <c>REGARD_SHARED_DATA</c> says.</summary>
internal static class SharedData
{
    /// <summary>The path of a file; a test that needs an absent one is skipped aloud, and fails in CI.</summary>
    public static string File(string name)
    {
        var folder = Environment.GetEnvironmentVariable("REGARD_SHARED_DATA") ?? Path.Combine(Root(), "..", "shared", "data");
        var path = Path.Combine(folder, name);
        Assert.SkipWhen(!System.IO.File.Exists(path) && Environment.GetEnvironmentVariable("CI") is null, $"{name} is absent: set REGARD_SHARED_DATA.");
        return System.IO.File.Exists(path) ? path : throw new InvalidOperationException($"CI has no {name}.");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder.FullName, "Regard.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
