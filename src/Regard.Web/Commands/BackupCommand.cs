using System.CommandLine;
using Regard.Storage.Archive;

namespace Regard.Commands;

/// <summary><c>regard backup FILE</c>: everything, as it is at this moment, in one file that either engine can restore.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> File = new("file") { Description = "the new file, for example regard-2026-11-22.zip" };

    public static Command Build()
    {
        var command = new Command("backup", "Write everything into one file; the server may run meanwhile") { File };
        command.SetAction(async (parsed, stop) =>
        {
            var file = Path.GetFullPath(parsed.GetValue(File)!);
            await using var database = await Startup.OpenExistingAsync(CommonOptions.Settings(parsed), stop);
            var manifest = await Terminal.WithProgressAsync("backup", line => ArchiveWriter.WriteAsync(database, file, SystemClock.Instance.GetCurrentInstant(), line, stop));
            Terminal.Say($"{manifest.Tables.Sum(table => table.Rows)} rows of {manifest.Tables.Count} tables, {new FileInfo(file).Length / 1024} KiB: {file}");
            Terminal.Say("It holds personal data and password hashes: keep it as you keep the database.");
            return 0;
        });
        return command;
    }
}
