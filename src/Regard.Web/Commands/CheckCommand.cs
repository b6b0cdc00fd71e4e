using System.CommandLine;
using System.CommandLine.Parsing;

namespace Regard.Commands;

/// <summary><c>regard check</c>: recomputes what is kept beside the facts and lists every difference. It changes nothing.</summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var command = new Command("check", "Recompute every rollup, lookup and chain, and list what differs (exit code 1 when anything does)");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        await using var database = await Startup.OpenExistingAsync(CommonOptions.Settings(parsed), stop);
        // One snapshot for all questions: what a running server writes meanwhile is no difference.
        await using var work = await database.SnapshotAsync(stop);
        var differences = 0;
        foreach (var check in Checks.All)
        {
            var found = await check.FindAsync(work);
            Terminal.Say($"{(found.Count == 0 ? "ok " : "NO ")} {check.Question}");
            foreach (var line in found.Take(Checks.Most)) Terminal.Say($"     {line}");
            differences += found.Count;
        }
        Terminal.Say(differences == 0 ? $"{Checks.All.Count} checks, nothing differs." : $"{Checks.All.Count} checks, {differences} differences.");
        return differences == 0 ? 0 : 1;
    }
}
