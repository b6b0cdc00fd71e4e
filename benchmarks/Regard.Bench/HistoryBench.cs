using System.Diagnostics;
using System.Security.Cryptography;
using Regard.Bench.Kit;
using Regard.History;
using Regard.Storage;

namespace Regard.Bench;

/// <summary>A long history of several processes with faults, proved: no hand-over against an acknowledged no, no limit passed, one hand-over for each step.</summary>
internal static class HistoryBench
{
    public static async Task RunAsync(BenchRun run)
    {
        var operations = run.Operations ?? run.Size(50_000, 1_000_000);
        var seed = run.Seed ?? BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
        BenchRun.Note($"{operations:#,0} operations, seed {seed}");
        await using var scratch = await Scratch.MakeAsync(Engine.Postgres);
        using var history = new HistoryRun(scratch.Settings, new HistoryPlan { Seed = seed, Operations = operations, Longest = TimeSpan.FromHours(3), FaultEvery = TimeSpan.FromSeconds(operations > 100_000 ? 8 : 1.5), Progress = BenchRun.Note });
        var start = Stopwatch.GetTimestamp();
        var report = await history.RunAsync();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        BenchRun.Note($"{report}");
        BenchRun.Note(history.Course);
        foreach (var violation in report.Violations.Take(20)) BenchRun.Note(violation);
        run.Add($"contact history of {report.Operations:#,0} operations with faults, violations", "violations", new Measurement(report.Violations.Count, null, 0), null, Reach.AtMost(0));
        run.Add("its operations", "operations/s", new Measurement(report.Operations / seconds, null, 0), null, Reach.AtLeast(800));
        foreach (var plant in Enum.GetValues<Plant>().Where(plant => plant != Plant.None)) await CatchAsync(run, seed, plant);
    }

    /// <summary>A fault that is planted shows: what proves nothing when it finds something proves nothing when it does not.</summary>
    private static async Task CatchAsync(BenchRun run, ulong seed, Plant plant)
    {
        await using var scratch = await Scratch.MakeAsync(Engine.Postgres);
        using var history = new HistoryRun(
            scratch.Settings, new HistoryPlan { Seed = seed, Operations = long.MaxValue, Longest = TimeSpan.FromMinutes(1), Plant = plant, Workers = 2, Clients = 4 });
        await history.RunAsync();
        var found = history.FoundAfter?.TotalSeconds ?? double.PositiveInfinity;
        run.Add($"a planted fault is caught: {Words.Of(plant).Replace('_', ' ')}", "s", new Measurement(found, null, 0), null, Reach.AtMost(10));
    }
}
