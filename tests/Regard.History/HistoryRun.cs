using System.Diagnostics;
using Npgsql;
using Regard.Demo;

namespace Regard.History;

/// <summary>What a run is to be.</summary>
internal sealed record HistoryPlan
{
    public required ulong Seed { get; init; }

    /// <summary>It ends when so many operations are in the history.</summary>
    public required long Operations { get; init; }

    /// <summary>It ends after this time at the latest, counted from its first operation.</summary>
    public required TimeSpan Longest { get; init; }

    public Plant Plant { get; init; }

    public int Workers { get; init; } = 3;

    public int Clients { get; init; } = 8;

    /// <summary>How long it is between two faults, on the average: so a history suffers them for as long as it lasts.</summary>
    public TimeSpan FaultEvery { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>Told how far it is, now and then.</summary>
    public Action<string>? Progress { get; init; }
}

/// <summary>
/// Starts worker processes over one PostgreSQL and a mail server, lets faults happen to them, and proves the history that they leave. A
/// history that shows a violation is kept.
/// </summary>
internal sealed class HistoryRun(RegardSettings settings, HistoryPlan plan) : IDisposable
{
    private const int Pairs = 12_000;

    // Whoever waits for a long history learns early that it shows a violation.
    private const long CheckEvery = 100_000;

    private readonly string _folder = Directory.CreateTempSubdirectory($"regard-history-{plan.Seed}-").FullName;
    private readonly List<WorkerProcess> _workers = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Dictionary<string, int> _faults = [];
    private RecordingSink? _sink;
    private TimeSpan? _begun;
    private int _started;

    /// <summary>How long it took, and what happened to the workers.</summary>
    public string Course { get; private set; } = "";

    /// <summary>How long after its first operation a history showed a violation; null = it showed none while it went on.</summary>
    public TimeSpan? FoundAfter { get; private set; }

    public async Task<HistoryReport> RunAsync()
    {
        await using (var database = settings.OpenDatabase()) await Profiles.FillAsync(database, Pairs * 2);
        using var log = new HistoryLog(Path.Combine(_folder, "sink.log"));
        _sink = new RecordingSink(log, plan.Seed).Start();
        for (var n = 0; n < plan.Workers; n++) _workers.Add(Begin());
        var report = await FollowAsync(new Seeded(plan.Seed).For("faults"));
        foreach (var worker in _workers) worker.Finish(TimeSpan.FromSeconds(plan.Plant == Plant.None ? 10 : 0));
        if (plan.Plant == Plant.None) report = HistoryChecker.Check(HistoryLog.Merge(_folder));
        Course = $"seed {plan.Seed}, {Elapsed.TotalSeconds:0.0} s, {plan.Workers} processes of {plan.Clients} clients; {string.Join(", ", _faults.Select(fault => $"{fault.Value} {fault.Key}"))}; "
            + $"met: {string.Join(", ", Met().Select(met => $"{met.Value} {met.Key}"))}";
        if (report.Violations.Count == 0 || plan.Plant != Plant.None) Directory.Delete(_folder, recursive: true);
        else Course += $"; kept in {_folder}";
        return report;
    }

    public void Dispose()
    {
        foreach (var worker in _workers) worker.Dispose();
        _sink?.Dispose();
    }

    private WorkerProcess Begin()
    {
        var server = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        var wire = new CutProxy(server.Host!, server.Port);
        (server.Host, server.Port, server.Timeout) = ("127.0.0.1", wire.Port, 5);
        return WorkerProcess.Start(
            new WorkerOrder
            {
                Number = ++_started,
                Folder = _folder,
                ConnectionString = server.ToString(),
                Smtp = _sink!.Address,
                Seed = plan.Seed,
                Start = _start,
                Pairs = Pairs,
                Plant = plan.Plant,
                Clients = plan.Clients,
                // A fault that is planted is aimed at.
                BusyPairs = plan.Plant == Plant.None ? 16 : 5,
                PairsASecond = plan.Plant == Plant.None ? 4 : 1,
                LongestYes = plan.Plant == Plant.None ? 250 : 800,
                AskedAtOnce = plan.Plant == Plant.None ? 1 : 6,
            },
            wire);
    }

    /// <summary>Lets faults happen until the history is long enough, or shows a violation.</summary>
    private async Task<HistoryReport> FollowAsync(Seeded dice)
    {
        // Before the workers are warm there is nothing to hit.
        var (next, look, check) = (TimeSpan.MaxValue, TimeSpan.Zero, plan.Plant == Plant.None ? CheckEvery : 0);
        var report = HistoryChecker.Check([]);
        for (var operations = 0L; !IsOver(operations); operations = HistoryLog.Count(_folder) / 2)
        {
            await Task.Delay(20);
            if (_begun is null && operations > 0) (_begun, next, look) = (Elapsed, Elapsed + TimeSpan.FromSeconds(1), Elapsed);
            if (Elapsed > next)
            {
                await HitAsync(dice);
                next = Elapsed + plan.FaultEvery * dice.Exponential(1);
            }
            if (_begun is not { } begun || Elapsed < look) continue;
            look = Elapsed + (plan.Plant == Plant.None ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(0.3));
            plan.Progress?.Invoke($"{operations:#,0} operations and {_faults.Values.Sum()} faults after {(Elapsed - begun).TotalSeconds:0} s");
            if (operations < check) continue;
            if (plan.Plant == Plant.None) check += CheckEvery;
            report = HistoryChecker.Check(HistoryLog.Merge(_folder, Stopwatch.GetTimestamp() - Stopwatch.Frequency / 5));
            if (report.Violations.Count == 0) continue;
            FoundAfter = Elapsed - begun;
            break;
        }
        return report;
    }

    private bool IsOver(long operations) => operations >= plan.Operations || (_begun is { } begun ? Elapsed - begun > plan.Longest : Elapsed > TimeSpan.FromMinutes(2));

    private TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    private async Task HitAsync(Seeded dice)
    {
        var place = dice.Between(0, _workers.Count - 1);
        var worker = _workers[place];
        var share = dice.Share();
        var name = share switch { < 0.1 => "killed", < 0.3 => "stopped", < 0.4 => "stopped and cut", < 0.75 => "cut", _ => "stalled" };
        _faults[name] = _faults.GetValueOrDefault(name) + 1;
        if (name == "cut") worker.Wire.Cut();
        if (name == "stalled") worker.Wire.Stall(TimeSpan.FromMilliseconds(dice.Between(50, 400)));
        if (name.StartsWith("stopped", StringComparison.Ordinal))
        {
            // Longer than a claim's lease, which is two seconds here.
            worker.Pause();
            if (name == "stopped and cut") worker.Wire.Cut();
            await Task.Delay(dice.Between(2100, 3500));
            worker.Resume();
        }
        if (name == "killed" || worker.HasExited)
        {
            worker.Dispose();
            _workers[place] = Begin();
        }
    }

    private Dictionary<string, int> Met()
    {
        var met = new Dictionary<string, int>();
        foreach (var line in Directory.GetFiles(_folder, "worker-*.txt").SelectMany(File.ReadAllLines))
        {
            var parts = line.Split(' ', 2);
            met[parts[1]] = met.GetValueOrDefault(parts[1]) + int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture);
        }
        return met;
    }
}
