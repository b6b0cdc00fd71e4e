using System.Diagnostics;
using System.Globalization;

namespace Regard.Bench.Kit;

/// <summary>One run of <c>./bench</c>: what a benchmark measures with and hands its rows to.</summary>
/// <param name="isFull">Whether the large sizes were asked for (<c>--full</c>).</param>
/// <param name="added">Called with every row as soon as it is measured.</param>
internal sealed class BenchRun(bool isFull, Action<BenchRow> added)
{
    public bool IsFull { get; } = isFull;

    /// <summary>How many operations a history has (<c>--operations</c>); null = as many as its benchmark thinks right.</summary>
    public long? Operations { get; init; }

    /// <summary>The seed of a history (<c>--seed</c>); null = a new one.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The size to measure with: the first in a normal run, the second with <c>--full</c>.</summary>
    public int Size(int normal, int full) => IsFull ? full : normal;

    /// <summary>
    /// Measures value and anchor alternately, so that a busy moment of the machine meets both, and takes the medians.
    /// Both functions do their work once and answer their number; what they prepare before it they should not count (<see cref="RateAsync"/>, <see cref="MillisecondsAsync"/>).
    /// </summary>
    public static async Task<Measurement> MeasureAsync(Func<Task<double>> value, Func<Task<double>>? anchor = null, int rounds = 3)
    {
        List<double> values = [], anchors = [], cpu = [];
        for (var round = 0; round < rounds; round++)
        {
            var before = Cpu();
            values.Add(await value());
            cpu.Add(Cpu() - before);
            if (anchor is not null) anchors.Add(await anchor());
        }
        return new Measurement(Median(values), anchor is null ? null : Median(anchors), Median(cpu));
    }

    /// <summary>How many per second: runs <paramref name="work"/> once and divides <paramref name="count"/> by the time it took.</summary>
    public static async Task<double> RateAsync(double count, Func<Task> work) => count / (await MillisecondsAsync(work) / 1000);

    /// <summary>How long one run of <paramref name="work"/> took.</summary>
    public static async Task<double> MillisecondsAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Finishes a row. <paramref name="anchor"/> says in words what the anchor is; null = the row has none.</summary>
    public void Add(string name, string unit, Measurement measured, string? anchor, Reach reach) => added(new BenchRow
    {
        Name = name,
        Value = measured.Value,
        Unit = unit,
        Anchor = anchor,
        AnchorValue = measured.Anchor,
        CpuSeconds = measured.CpuSeconds,
        Load = Load(),
        Reach = reach,
    });

    /// <summary>Tells the person who waits what is being prepared.</summary>
    public static void Note(string words) => Console.Error.WriteLine("  … " + words);

    public static double Median(IReadOnlyCollection<double> numbers)
    {
        var sorted = numbers.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static double Cpu() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private static double? Load() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : null;
}

/// <summary>The medians of a row's rounds.</summary>
/// <param name="Value">In the row's unit.</param>
/// <param name="Anchor">In the row's unit; null = the row has no anchor.</param>
/// <param name="CpuSeconds">Of the measured program, for one round of the value.</param>
internal sealed record Measurement(double Value, double? Anchor, double CpuSeconds);
