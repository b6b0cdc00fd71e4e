using System.Diagnostics;

namespace Regard.Kit;

/// <summary>A folder of tests/ with scripts for Node and the packages that others wrote; restored once, when it is first needed.</summary>
internal sealed class NodeFolder(string name)
{
    private readonly Lazy<Task<string>> _folder = new(() => RestoreAsync(name));

    /// <summary>Starts a script of the folder; it ends when its standard input does.</summary>
    public async Task<Process> StartAsync(string script, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("node", [script, .. arguments]) { WorkingDirectory = await _folder.Value, RedirectStandardOutput = true, RedirectStandardInput = true })!;

    private static async Task<string> RestoreAsync(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Regard.slnx"))) root = root.Parent;
        var folder = Path.Combine(root.FullName, "tests", name);
        using var restore = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        await restore.WaitForExitAsync();
        restore.ExitCode.ShouldBe(0);
        return folder;
    }
}
