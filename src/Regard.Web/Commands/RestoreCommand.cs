using System.CommandLine;
using Regard.Storage.Archive;

namespace Regard.Commands;

/// <summary><c>regard restore FILE</c>: brings a backup into an empty database, of whichever engine.</summary>
internal static class RestoreCommand
{
    private static readonly Argument<string> File = new("file") { Description = "a file that `backup` wrote" };

    public static Command Build()
    {
        var command = new Command("restore", "Bring a backup into an empty database: all of it or nothing. Everybody signs in anew afterwards") { File };
        command.SetAction(async (parsed, stop) =>
        {
            var file = Path.GetFullPath(parsed.GetValue(File)!);
            await using var database = await Startup.OpenAsync(CommonOptions.Settings(parsed), SystemClock.Instance, stop);
            var manifest = await Terminal.WithProgressAsync("restore", line => ArchiveReader.RestoreAsync(database, file, line, stop));
            Terminal.Say($"Restored {manifest.Tables.Sum(table => table.Rows)} rows of {manifest.Tables.Count} tables, as they were at {manifest.MadeAt}.");
            return 0;
        });
        return command;
    }
}
