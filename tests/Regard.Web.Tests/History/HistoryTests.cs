using System.Security.Cryptography;
using Regard.Kit;

namespace Regard.History;

/// <summary>The contact gate among several real processes that are killed, stopped beyond their lease and cut off from the database.</summary>
[Trait("req", "P5"), Collection("History")]
public sealed class HistoryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task F11_a_history_of_real_processes_with_faults_holds_every_limit_and_every_promise()
    {
        var report = await RunAsync(new HistoryPlan { Seed = Seed(), Operations = 20_000, Longest = TimeSpan.FromSeconds(10) });
        report.Violations.ShouldBeEmpty();
        report.Of(Act.Received, Phase.Invoke).ShouldBeGreaterThan(20);
        report.Of(Act.Say, Phase.Ok).ShouldBeGreaterThan(20);
    }

    [Theory, InlineData(Plant.CheckThenInsert), InlineData(Plant.OptOutWithoutLock), InlineData(Plant.ReleaseBeforeHandOff), InlineData(Plant.MarkAfterHandOff)]
    public async Task a_planted_fault_is_found(Plant plant)
    {
        // Ten seconds are meant on a machine that does nothing else (`./bench history` measures them); a busy one takes longer.
        var plan = new HistoryPlan { Seed = Seed(), Operations = long.MaxValue, Longest = TimeSpan.FromMinutes(1), Plant = plant, Workers = 2, Clients = 4 };
        (await RunAsync(plan)).Violations.ShouldNotBeEmpty();
    }

    private async Task<HistoryReport> RunAsync(HistoryPlan plan)
    {
        await using var data = await TestDatabase.MakeAsync("postgres");
        using var history = new HistoryRun(data.Settings, plan);
        var report = await history.RunAsync();
        output.WriteLine($"{report}\n{history.Course}" + (history.FoundAfter is { } found ? $"; found {found.TotalSeconds:0.0} s after the first operation" : ""));
        foreach (var violation in report.Violations.Take(10)) output.WriteLine(violation);
        return report;
    }

    private static ulong Seed() => BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
}

/// <summary>What measures time among processes has the machine to itself.</summary>
[CollectionDefinition("History", DisableParallelization = true)]
public sealed class HistoryAlone;
