using System.CommandLine;
using Regard.Storage;

namespace Regard.Commands;

/// <summary><c>regard migrate</c>: brings a database to this program's schema and says what it did.</summary>
internal static class MigrateCommand
{
    public static Command Build()
    {
        var command = new Command("migrate", "Bring the database to this program's schema");
        command.SetAction(async (parsed, stop) =>
        {
            var settings = CommonOptions.Settings(parsed);
            Directory.CreateDirectory(settings.DataFolder);
            await using var database = settings.OpenDatabase();
            var applied = await new Migrator(database, SystemClock.Instance).ApplyAsync(stop);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(applied.Count == 0 ? "The schema is up to date." : $"Applied: {string.Join(", ", applied)}.");
            return 0;
        });
        return command;
    }
}
