using Regard.Bench.Kit;
using Regard.Storage;

namespace Regard.Bench;

/// <summary>How long a shop waits for Regard in the morning, and what it costs the machine while nobody asks anything.</summary>
internal static class StartBench
{
    public static async Task RunAsync(BenchRun run)
    {
        await using var scratch = await Scratch.MakeAsync(Engine.Sqlite);
        List<double> memory = [], cpu = [];
        var start = await BenchRun.MeasureAsync(async () =>
        {
            await using var server = await ServerProcess.StartAsync(scratch.Settings);
            await Task.Delay(TimeSpan.FromSeconds(2));
            memory.Add(server.ResidentMegabytes);
            cpu.Add(server.CpuSeconds);
            return server.StartedIn.TotalSeconds;
        });
        var used = BenchRun.Median(cpu);
        run.Add("start to first page", "s", start with { CpuSeconds = used }, null, Reach.AtMost(3));
        run.Add("resident memory at rest", "MB", new Measurement(BenchRun.Median(memory), null, used), null, Reach.AtMost(200));
    }
}
