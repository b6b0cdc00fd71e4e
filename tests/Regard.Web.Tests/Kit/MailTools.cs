using System.Diagnostics;

namespace Regard.Kit;

/// <summary>The mail servers and readers of tests/mail, which others wrote.</summary>
internal static class MailTools
{
    private static readonly Lazy<Task<string>> Folder = new(RestoreAsync);

    /// <summary>Starts a script of the folder; it ends when its standard input does.</summary>
    public static async Task<Process> StartAsync(string script, params string[] arguments) =>
        Process.Start(new ProcessStartInfo("node", [script, .. arguments]) { WorkingDirectory = await Folder.Value, RedirectStandardOutput = true, RedirectStandardInput = true })!;

    private static async Task<string> RestoreAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Regard.slnx"))) root = root.Parent;
        var folder = Path.Combine(root.FullName, "tests", "mail");
        using var restore = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        await restore.WaitForExitAsync();
        restore.ExitCode.ShouldBe(0);
        return folder;
    }
}
