using System.IO.Compression;
using Regard.Bench.Kit;
using Regard.Insight;

namespace Regard.Bench;

/// <summary>Summaries of ten million purchases, signals of the FDA's complaints, and dealing cases again and again. Elsewhere: pandas 9.1 s, NumPy 2.8 s and 1.35 GiB for the summaries; openEBGM 1.6 s.</summary>
internal static class StatisticsBench
{
    private const int Purchases = 10_000_000, Customers = 1_000_000, Days = 730;

    public static async Task RunAsync(BenchRun run)
    {
        await SummariesAsync(run);
        await SignalsAsync(run);
        await DealsAsync(run);
    }

    private static async Task SummariesAsync(BenchRun run)
    {
        BenchRun.Note("10 million purchases");
        int[] customers = new int[Purchases], days = new int[Purchases];
        var random = new SimulatedCustomers(7);
        for (var n = 0; n < Purchases; n++) (customers[n], days[n]) = ((int)(random.Next() % Customers), (int)(random.Next() % Days));
        var found = new BuyingSummary[Customers];
        double Copied()
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            int[] a = [.. customers], b = [.. days];
            return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds + (a.Length - b.Length);
        }
        var peak = 0L;
        var unordered = await BenchRun.MeasureAsync(() => BenchRun.MillisecondsAsync(() =>
        {
            GC.Collect();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            BuyingDays.InAnyOrder(customers, days, Days, 1, (customer, summary) => found[customer] = summary);
            peak = GC.GetTotalAllocatedBytes(precise: true) - before;
            return Task.CompletedTask;
        }), () => Task.FromResult(Copied()));
        run.Add("summary of 10M purchases in any order, CPU", "s", unordered with { Value = unordered.CpuSeconds }, "copying the purchases once", Reach.AtMost(1.5));
        // The purchases themselves, the summaries, and all that was ever allocated meanwhile.
        var mebibytes = (peak + (8.0 * Purchases) + (32.0 * Customers)) / 1048576;
        run.Add("memory of it, purchases and summaries included", "MiB", new Measurement(mebibytes, null, 0), null, Reach.AtMost(300));
        var keys = customers.Zip(days, (c, d) => ((long)c << 16) | (uint)d).ToArray();
        Array.Sort(keys);
        for (var n = 0; n < Purchases; n++) (customers[n], days[n]) = ((int)(keys[n] >> 16), (int)(keys[n] & 0xFFFF));
        var ordered = await BenchRun.MeasureAsync(() => BenchRun.MillisecondsAsync(() =>
        {
            BuyingDays.InOrder(customers, days, Days, 1, (customer, summary) => found[customer] = summary);
            return Task.CompletedTask;
        }), () => Task.FromResult(Copied()));
        run.Add("summary of 10M purchases in key order, CPU", "s", ordered with { Value = ordered.CpuSeconds }, "copying the purchases once", Reach.AtMost(0.3));
    }

    private static async Task SignalsAsync(BenchRun run)
    {
        var file = Path.Combine(Environment.GetEnvironmentVariable("REGARD_SHARED_DATA") ?? Path.Combine("..", "shared", "data"), "caers", "caers.csv.gz");
        if (!File.Exists(file))
        {
            BenchRun.Note($"{Path.GetFileName(file)} is absent: set REGARD_SHARED_DATA. No signals are measured.");
            return;
        }
        Dictionary<string, int> products = [], reasons = [];
        List<(long, int, int)> named = [];
        using (var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress)))
            while (reader.ReadLine() is { } line)
            {
                var parts = line.Split(",\"");
                if (!long.TryParse(parts[0], out var report)) continue;
                named.Add((report, Index(products, parts[1]), Index(reasons, parts[2])));
            }
        var signals = 0;
        var measured = await BenchRun.MeasureAsync(() => BenchRun.MillisecondsAsync(() =>
        {
            var pairs = SignalTable.Of(named);
            var prior = SignalPrior.Fit(Weighted.Of(pairs)) ?? throw new InvalidOperationException("No prior was found.");
            signals = pairs.Count(pair => prior.Score(pair).Low >= 2);
            return Task.CompletedTask;
        }));
        run.Add($"EBGM with EB05 and EB95 of 17,189 pairs ({signals} signals), counting and prior included, CPU", "s", measured with { Value = measured.CpuSeconds }, null, Reach.AtMost(0.3));
    }

    private static async Task DealsAsync(BenchRun run)
    {
        var random = new SimulatedCustomers(9);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => Math.Log(random.Uniform()))];
        var few = 50_000;
        async Task RowAsync(string name)
        {
            var measured = await BenchRun.MeasureAsync(() => BenchRun.MillisecondsAsync(() => Task.FromResult(PermutationTest.PValue(values.AsSpan(0, few), values.AsSpan(few)))));
            run.Add($"permutation test, 10,000 deals of 100,000 cases, {name}, CPU", "s", measured with { Value = measured.CpuSeconds }, null, Reach.AtMost(1));
        }
        await RowAsync("halves");
        few = 20_000;
        await RowAsync("a fifth");
        few = 5_000;
        await RowAsync("a twentieth");
    }

    private static int Index(Dictionary<string, int> names, string name)
    {
        if (!names.TryGetValue(name, out var index)) names[name] = index = names.Count;
        return index;
    }
}
