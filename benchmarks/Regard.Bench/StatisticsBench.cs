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
            var start = CpuSeconds();
            var copied = 0L;
            for (var n = 0; n < 5; n++)
            {
                int[] a = [.. customers], b = [.. days];
                copied += a.Length - b.Length;
            }
            return ((CpuSeconds() - start) / 5) + copied;
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
        var ceiling = Functions(SignalTable.Of(named)) * SecondsOfOne();
        run.Add($"EBGM with EB05 and EB95 of 17,189 pairs ({signals} signals), counting and prior included, CPU", "s", measured with { Value = measured.CpuSeconds, Anchor = ceiling }, "its logarithms and exponentials alone", Reach.AtMost(0.3));
    }

    // At the least: eight of each different row for each of the fifty evaluations that the search takes, and of each pair two digammas and two
    // bounds, each by three steps on two distributions of four.
    private static double Functions(IReadOnlyList<PairCount> pairs) => (Weighted.Of(pairs).Count * 8.0 * 50) + (pairs.Count * (2 + (2 * 3 * 2 * 4.0)));

    // Of one logarithm or exponential, half of each, one after the other as the search and the bounds need them.
    private static double SecondsOfOne()
    {
        double sum = 0, best = double.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var n = 1; n <= 100_000; n++) sum += Math.Log(n) + Math.Exp(-n * 1e-5);
            best = Math.Min(best, System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds / 200_000);
        }
        return double.IsNaN(sum) ? throw new InvalidOperationException("The numbers are no numbers.") : best;
    }

    private static async Task DealsAsync(BenchRun run)
    {
        var random = new SimulatedCustomers(9);
        double[] values = [.. Enumerable.Range(0, 100_000).Select(_ => Math.Log(random.Uniform()))];
        var few = 50_000;
        async Task RowAsync(string name)
        {
            var measured = await BenchRun.MeasureAsync(
                () => BenchRun.MillisecondsAsync(() => Task.FromResult(PermutationTest.PValue(values.AsSpan(0, few), values.AsSpan(few)))), () => Task.FromResult(Reading(values.Length, 10_000)));
            run.Add($"permutation test, 10,000 deals of 100,000 cases, {name}, CPU", "s", measured with { Value = measured.CpuSeconds }, "reading the cases so often", Reach.AtMost(1));
        }
        await RowAsync("halves");
        few = 20_000;
        await RowAsync("a fifth");
        few = 5_000;
        await RowAsync("a twentieth");
    }

    // Every deal must look at every case: the time that this alone takes.
    private static double Reading(int cases, int times)
    {
        var cards = Enumerable.Range(0, cases).ToArray();
        var sum = System.Numerics.Vector<int>.Zero;
        var start = CpuSeconds();
        for (var n = 0; n < times; n++)
            for (var i = 0; i + System.Numerics.Vector<int>.Count <= cards.Length; i += System.Numerics.Vector<int>.Count) sum += new System.Numerics.Vector<int>(cards, i);
        return CpuSeconds() - start + (System.Numerics.Vector.Sum(sum) == int.MinValue ? 1 : 0);
    }

    // As the rows: the machine may be busy with others.
    private static double CpuSeconds() => System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    private static int Index(Dictionary<string, int> names, string name)
    {
        if (!names.TryGetValue(name, out var index)) names[name] = index = names.Count;
        return index;
    }
}
