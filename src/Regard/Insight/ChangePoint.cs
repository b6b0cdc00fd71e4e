namespace Regard.Insight;

/// <summary>What was sold in a period (a day, a week) and how much of it came back.</summary>
public readonly record struct PeriodCount(LocalDate From, int Sold, int Returned);

/// <summary>
/// A moment at which the rate changed. Found by circular binary segmentation (Olshen, Venkatraman, Lucito and Wigler, Biostatistics 5
/// (2004)) with the binomial likelihood ratio of Hinkley and Hinkley (Biometrika 57 (1970)): the stretch of time, from one moment to
/// another or to an end, whose rate differs most from the rest, so that a bad batch that came and went is seen as well as a lasting
/// change. The p-value is that of the same greatest ratio over periods in a shuffled order, 499 times from a fixed seed: it counts that the
/// best of all stretches was taken.
/// </summary>
/// <param name="On">First day of the new rate.</param>
/// <param name="Before">Rate before, since the change before it.</param>
/// <param name="After">Rate from there on, up to the next change.</param>
/// <param name="LogLikelihoodRatio">Of two rates against one, of the stretch that begins or ends here.</param>
/// <param name="PValue">From 0.002 to 1.</param>
public sealed record ChangePoint(LocalDate On, double Before, double After, double LogLikelihoodRatio, double PValue)
{
    private const int Shuffles = 499;

    /// <summary>All changes with a p-value of at most <paramref name="level"/>, in the order of time: the clearest stretch first splits the time, and each part is searched again.</summary>
    /// <param name="periods">In the order of time, at most some hundred (weeks or months); periods without sales may be among them.</param>
    /// <param name="level">The chance of finding a change where there is none, for each part searched.</param>
    public static IReadOnlyList<ChangePoint> Find(IReadOnlyList<PeriodCount> periods, double level = 0.01)
    {
        PeriodCount[] all = [.. periods];
        List<Split> found = [];
        Search(all, 0, all.Length, level, found);
        int[] at = [0, .. found.Select(f => f.At).Order(), all.Length];
        return [.. found.OrderBy(f => f.At).Select((f, n) => new ChangePoint(all[f.At].From, Rate(all[at[n]..at[n + 1]]), Rate(all[at[n + 1]..at[n + 2]]), f.Ratio, f.Chance))];
    }

    private static void Search(PeriodCount[] all, int from, int to, double level, List<Split> found)
    {
        var periods = all[from..to];
        var (start, end, ratio) = Best(periods);
        if (ratio < 2) return;
        var chance = Chance(periods, ratio);
        if (chance > level) return;
        int[] parts = [.. new[] { 0, start, end, periods.Length }.Distinct()];
        found.AddRange(parts[1..^1].Select(at => new Split(from + at, ratio, chance)));
        for (var i = 0; i + 1 < parts.Length; i++) Search(all, from + parts[i], from + parts[i + 1], level, found);
    }

    private static (int Start, int End, double Ratio) Best(PeriodCount[] periods)
    {
        int n = periods.Sum(p => p.Sold), k = periods.Sum(p => p.Returned);
        var together = Log(n, k);
        (int Start, int End, double Ratio) best = (0, periods.Length, 0);
        for (var start = 0; start < periods.Length; start++)
        {
            int sold = 0, returned = 0;
            for (var end = start + 1; end <= periods.Length; end++)
            {
                sold += periods[end - 1].Sold;
                returned += periods[end - 1].Returned;
                // A stretch at an end is met once, as the first part.
                if (end == periods.Length && start > 0) break;
                var ratio = Log(sold, returned) + Log(n - sold, k - returned) - together;
                if (ratio > best.Ratio) best = (start, end, ratio);
            }
        }
        return best;
    }

    private static double Chance(PeriodCount[] periods, double ratio)
    {
        var shuffled = (PeriodCount[])periods.Clone();
        var dice = new Dice(20261122);
        var reached = 1;
        for (var n = 0; n < Shuffles; n++)
        {
            for (var i = shuffled.Length - 1; i > 0; i--)
            {
                var j = (int)Math.BigMul(dice.Next(), (ulong)(i + 1), out _);
                (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
            }
            if (Best(shuffled).Ratio >= ratio - 1e-9) reached++;
        }
        return (double)reached / (Shuffles + 1);
    }

    private static double Rate(PeriodCount[] periods) => periods.Sum(p => (double)p.Returned) / Math.Max(1, periods.Sum(p => (double)p.Sold));

    private static double Log(int n, int k) => Term(k) + Term(n - k) - Term(n);

    private static double Term(int n) => n < Terms.Length ? Terms[n] : n * Math.Log(n);

    // n ln n of the numbers that occur; most of the time would go into these logarithms.
    private static readonly double[] Terms = [0, .. Enumerable.Range(1, 65_535).Select(n => n * Math.Log(n))];

    private readonly record struct Split(int At, double Ratio, double Chance);
}
