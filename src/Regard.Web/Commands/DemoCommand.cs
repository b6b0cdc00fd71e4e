using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Regard.Demo;
using Regard.Storage;

namespace Regard.Commands;

/// <summary><c>regard demo</c>: fills an empty database with the demo shop.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> Seed = new("--seed")
    {
        Description = "the number that everything is drawn from",
        DefaultValueFactory = _ => DemoShop.DefaultSeed.ToString(CultureInfo.InvariantCulture),
    };

    public static Command Build()
    {
        var command = new Command("demo", "Fill an empty database with the demo shop (2,000 invented customers, two years)") { Seed };
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Fills the database under a progress bar. False = it holds other data, or the demo shop already.</summary>
    public static Task<bool> FillAsync(Database database, ulong seed, CancellationToken stop) => Terminal.WithProgressAsync("Demo shop", progress =>
        new DemoLoader(database, SystemClock.Instance, (share, words) =>
        {
            progress.Report(share);
            progress.Describe(words);
        }).LoadAsync(seed, stop));

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        if (!ulong.TryParse(parsed.GetValue(Seed), CultureInfo.InvariantCulture, out var seed))
            throw new StorageRefusal("--seed is a whole number, 0 or more.");
        await using var database = await Startup.OpenAsync(CommonOptions.Settings(parsed), SystemClock.Instance, stop);
        var isFilled = await FillAsync(database, seed, stop);
        Terminal.Say(isFilled ? "The demo shop is open: docs/demo.md says what is hidden in it." : "Nothing was written: the demo shop goes only into an empty database.");
        return isFilled ? 0 : 1;
    }
}
