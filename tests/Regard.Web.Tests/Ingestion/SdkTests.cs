using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Regard.Kit;
using Regard.Orders;

namespace Regard.Ingestion;

/// <summary>The libraries that shops use already, unmodified from npm, against the real server.</summary>
[Trait("req", "L7"), Trait("pace", "long")]
public sealed class SdkTests
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "sdk");

    private static readonly Lazy<Task> Restored = new(async () =>
    {
        var stamp = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (stamp.Exists && stamp.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"))) return;
        var (code, words) = await RunAsync("npm", "ci");
        code.ShouldBe(0, words);
    });

    public static TheoryData<string, string> Libraries => new() { { "segment", "sqlite" }, { "segment", "postgres" }, { "rudder", "sqlite" }, { "rudder", "postgres" } };

    [Theory, MemberData(nameof(Libraries))]
    public async Task the_unmodified_library_delivers(string library, string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await Restored.Value;
        var (code, words) = await RunAsync("node", "send.mjs", library, sender.Server.Address.ToString().TrimEnd('/'), sender.Key, "p");
        code.ShouldBe(0, words);
        var job = sender.Server.Services.GetRequiredService<IngestJob>();
        for (var step = 0; step < 3; step++) await job.StepAsync(CancellationToken.None);
        await using var work = await sender.Server.Data.ReadAsync();
        (await work.ListAsync<string>("select type || ' ' || state || coalesce(' ' || reason, '') from ingest_event order by type"))
            .ShouldBe(["alias done", "group done", "identify done", "page done", "screen done", "track done"]);
        (await work.ListAsync<string>("select name from customer order by name")).ShouldBe(["Ada Byron", "p Ltd"]);
        (await new OrderStore(work).OpenAsync("events", "p-1001"))!.Document.Total.ShouldBe(2499);
        (await work.ListAsync<string>("select kind from touchpoint where kind in ('page', 'screen') order by kind")).ShouldBe(["page", "screen"]);
    }

    private static async Task<(int Code, string Words)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (words, faults) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await words + await faults);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Regard.slnx"))) folder = folder.Parent;
        return folder.FullName;
    }
}
