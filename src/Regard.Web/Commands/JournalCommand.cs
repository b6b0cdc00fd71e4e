using System.CommandLine;
using Regard.Contact;
using Regard.Storage.Journal;

namespace Regard.Commands;

/// <summary><c>regard journal</c>: checks the suppression journal, and brings the database up to it.</summary>
internal static class JournalCommand
{
    private static readonly Option<string?> Forget = new("--forget") { Description = "expect this file no more: it is lost, and what customers said in it is lost with it" };

    public static Command Build()
    {
        var command = new Command("journal", "Check what customers refused against the database, and bring back what a restore has forgotten") { Forget };
        command.SetAction(async (parsed, stop) =>
        {
            var settings = CommonOptions.Settings(parsed);
            await using var database = await Startup.OpenExistingAsync(settings, stop);
            if (parsed.GetValue(Forget) is { } file)
            {
                await using var work = await database.WriteAsync(stop);
                var forgotten = await new JournalMarkStore(work).ForgetAsync(file);
                await work.CommitAsync();
                Terminal.Say(forgotten == 1 ? $"{file} is not expected any more." : $"No file {file} was expected.");
            }
            Say(await JournalReplay.RunAsync(database, SystemClock.Instance.GetCurrentInstant(), stop));
            return 0;
        });
        return command;
    }

    public static void Say(ReplayResult replayed)
    {
        if (replayed.Missing > 0) Terminal.Say($"The database was older than the journal: {replayed.Missing} statements and erasures were brought back before anything is sent.");
        if (replayed.Unknown > 0) Terminal.Say($"{replayed.Unknown} entries of the journal are about customers whom this database does not know.");
        if (replayed is { Missing: 0, Unknown: 0 }) Terminal.Say("The database has everything that is in the journal.");
    }
}
