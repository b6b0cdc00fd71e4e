using System.CommandLine;
using System.CommandLine.Parsing;
using Regard.Access;
using Regard.Storage;

namespace Regard.Commands;

/// <summary><c>regard serve</c>: the web program.</summary>
internal static class ServeCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "port on the loopback interface", DefaultValueFactory = _ => 5080 };
    private static readonly Option<bool> Empty = new("--empty") { Description = "do not fill an empty database with the demo shop" };
    private static readonly Option<bool> NoJobs = new("--no-jobs") { Description = "only answer requests: another process does the work of the clock" };
    private static readonly Option<bool> PrivateWebhooks = new("--allow-private-webhooks") { Description = "let webhooks go to private networks, and over plain HTTP" };

    public static Command Build()
    {
        var command = new Command("serve", "Serve staff pages, portal and API") { Port, Empty, NoJobs, PrivateWebhooks };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(Port) is < 0 or > 65535) throw new StorageRefusal($"{parsed.GetValue(Port)} is no port: give one from 1 to 65535, or 0 for any free one.");
        var settings = CommonOptions.Settings(parsed) with { Port = parsed.GetValue(Port), RunsJobs = !parsed.GetValue(NoJobs), AllowsPrivateWebhooks = parsed.GetValue(PrivateWebhooks) };
        await using var database = await Startup.OpenAsync(settings, SystemClock.Instance, stop);
        await CatchUpAsync(database, stop);
        if (!parsed.GetValue(Empty)) await DemoCommand.FillAsync(database, Demo.DemoShop.DefaultSeed, stop);
        await using var app = RegardApp.Build(settings, database, SystemClock.Instance);
        try
        {
            await app.StartAsync(stop);
        }
        catch (IOException)
        {
            throw new StorageRefusal($"Port {settings.Port} is taken by another program: stop that one, or choose another with --port.");
        }
        Terminal.Say($"Regard serves on {settings.Link("/")} (Ctrl+C ends it). Staff sign in there, customers at {settings.Link("/me")}.");
        if (await FirstStart.InviteAsync(database, SystemClock.Instance.GetCurrentInstant(), stop) is { } path)
            Terminal.Say($"There is no administrator yet. Become it here: {settings.Link(path)}");
        await app.WaitForShutdownAsync(stop);
        return 0;
    }

    // A database that cannot be brought up to the journal serves its pages, and sends nothing: the job that sends asks again before each round.
    private static async Task CatchUpAsync(Database database, CancellationToken stop)
    {
        try
        {
            var replayed = await Contact.JournalReplay.RunAsync(database, SystemClock.Instance.GetCurrentInstant(), stop);
            if (replayed.Missing + replayed.Unknown > 0) JournalCommand.Say(replayed);
        }
        catch (StorageRefusal hold)
        {
            Terminal.Say(hold.Message);
        }
    }
}
