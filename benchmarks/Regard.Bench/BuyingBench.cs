using System.Numerics;
using Regard.Bench.Kit;
using Regard.Insight;

namespace Regard.Bench;

/// <summary>
/// Models of a million customers: CPU seconds of a whole fit, from the summaries to the standard errors, beside the CPU seconds that its
/// logarithms and exponentials alone would take at the rate measured in the same run. Elsewhere: lifetimes (Python) 16.4 s CPU for BG/NBD.
/// </summary>
internal static class BuyingBench
{
    public static async Task RunAsync(BenchRun run)
    {
        var count = run.Size(1_000_000, 1_000_000);
        var customers = new SimulatedCustomers(20261122).Draw(count, isInDays: true);
        var each = SecondsOfOne();
        await FitAsync(run, customers, BuyingModelKind.BgNbd, 4 * each, Reach.AtMost(0.5));
        await FitAsync(run, customers, BuyingModelKind.MbgNbd, 4 * each, Reach.AtMost(1));
        await FitAsync(run, customers, BuyingModelKind.ParetoNbd, 45 * each, Reach.AtMost(5));
        await FitAsync(run, customers, BuyingModelKind.MbgCnbd, 5 * each, Reach.AtMost(1));
        await FitAsync(run, new SimulatedCustomers(20261122).Draw(count, isInDays: false), BuyingModelKind.BgNbd, 4 * each, Reach.None, ", times not rounded");
        Compare(run, customers);
        await ScoreAsync(run, customers);
    }

    private static async Task FitAsync(BenchRun run, BuyingSummary[] customers, BuyingModelKind kind, double secondsOfRow, Reach reach, string note = "")
    {
        BuyingFit? fit = null;
        var rows = 0;
        var measured = await BenchRun.MeasureAsync(() => BenchRun.MillisecondsAsync(() =>
        {
            var table = BuyingTable.Of(customers);
            rows = table.Rows;
            fit = BuyingFit.Of(kind, table, kind == BuyingModelKind.MbgCnbd ? 2 : null);
            return Task.CompletedTask;
        }));
        if (fit!.GradientNorm > 1e-6) throw new InvalidOperationException($"{kind} ended with a gradient of {fit.GradientNorm}.");
        var ceiling = rows * (double)fit.Evaluations * secondsOfRow;
        run.Add($"fit of {HoldOut.Name(fit.Model)}, {customers.Length:#,0} customers in {rows:#,0} rows{note}, {fit.Evaluations} evaluations, CPU", "s", measured with { Value = measured.CpuSeconds, Anchor = ceiling }, "its logarithms and exponentials alone", reach);
    }

    private static void Compare(BenchRun run, BuyingSummary[] customers)
    {
        BenchRun.Note("the same fit written plainly, without rows put together");
        var fit = BuyingFit.Of(BuyingModelKind.BgNbd, BuyingTable.Of(customers));
        var plain = new PlainLikelihood(customers);
        var p = fit.Model.Parameters;
        // From a point beside the answer, or the slow one would take minutes to come to the same valley.
        var best = plain.Maximum([p[0] * 1.05, p[1] * 0.95, p[2] * 1.05, p[3] * 0.95]);
        run.Add("log-likelihood of that fit, relative distance from plain BFGS", "×10⁻⁹", new Measurement(Math.Abs((fit.LogLikelihood - best) / best) * 1e9, null, 0), null, Reach.AtMost(1));
    }

    private static async Task ScoreAsync(BenchRun run, BuyingSummary[] customers)
    {
        var fit = BuyingFit.Of(BuyingModelKind.MbgNbd, BuyingTable.Of(customers));
        var spendings = customers.Select((c, n) => new Spending(c.Repeats, 10 + (n % 50))).ToArray();
        var scores = new LoyaltyScore[customers.Length];
        var foresight = new Foresight(fit.Model, new SpendModel(6.25, 3.74, 15.44), 52);
        var measured = await BenchRun.MeasureAsync(() => BenchRun.RateAsync(10.0 * customers.Length, () =>
        {
            for (var n = 0; n < 10; n++) Scoring.Score(foresight, customers, spendings, scores);
            return Task.CompletedTask;
        }), rounds: 5);
        var cores = Environment.ProcessorCount;
        run.Add($"score of 10M customers (alive, expected, value), {cores} cores, wall", "customers/s", measured with { Anchor = cores / (2 * SecondsOfOne()) }, "a logarithm and an exponential each", Reach.AtLeast(10_000_000));
        run.Add("CPU of it", "s", measured with { Value = measured.CpuSeconds, Anchor = 20e6 * SecondsOfOne() }, "a logarithm and an exponential each", Reach.None);
    }

    // CPU seconds of one logarithm or exponential in vectors, half of each.
    private static double SecondsOfOne()
    {
        var numbers = Enumerable.Range(0, 4096).Select(n => 0.5 + (n / 4096.0)).ToArray();
        var sum = Vector<double>.Zero;
        double best = double.MaxValue;
        for (var round = 0; round < 40; round++)
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var n = 0; n < 100; n++)
                for (var i = 0; i < numbers.Length; i += Vector<double>.Count)
                {
                    var x = new Vector<double>(numbers, i);
                    sum += Vector.Log(x) + Vector.Exp(x);
                }
            best = Math.Min(best, System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds / (200.0 * numbers.Length));
        }
        return double.IsNaN(Vector.Sum(sum)) ? throw new InvalidOperationException("The numbers are no numbers.") : best;
    }
}
