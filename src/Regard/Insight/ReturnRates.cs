namespace Regard.Insight;

/// <summary>What was sold of something (a product, batch, size, carrier …), and how much of it came back.</summary>
/// <param name="Key">Of what.</param>
/// <param name="Sold">Order lines, 1 or more. Lines, not pieces: one line of 80,000 pieces is one customer's decision, and counts as one.</param>
/// <param name="Returned">Of those lines, how many came back, 0 to <paramref name="Sold"/>.</param>
/// <param name="CostMinor">What the returns cost, minor units of one currency.</param>
public readonly record struct ReturnCount(Guid Key, int Sold, int Returned, long CostMinor = 0);

/// <summary>The return rate of one thing, leaned on all others.</summary>
public sealed record ReturnRate
{
    /// <summary>Of what is said to stand out, at most this share is chance.</summary>
    public const double Level = 0.05;

    /// <summary>The counts.</summary>
    public required ReturnCount Count { get; init; }

    /// <summary>The shrunken rate: between its own share and everybody's, nearer to its own the more was sold; its own when it stands out.</summary>
    public required double Rate { get; init; }

    /// <summary>With a chance of 95 % the true rate is above it.</summary>
    public required double Low { get; init; }

    /// <summary>With a chance of 95 % the true rate is below it.</summary>
    public required double High { get; init; }

    /// <summary>The chance of so many returns or more of something that is like the others.</summary>
    public required double PValue { get; init; }

    /// <summary>The p-value adjusted for how many things were looked at (<see cref="FalseDiscovery"/>).</summary>
    public required double Adjusted { get; init; }

    /// <summary>What the returns beyond the usual cost; 0 when there are none beyond.</summary>
    public required long ExcessCostMinor { get; init; }

    /// <summary>Whether it stands out: at most one in twenty of those that do is chance.</summary>
    public bool StandsOut => Adjusted < Level;
}

/// <summary>
/// Return rates by empirical Bayes: rates are spread as Beta(a, b), learned by maximum likelihood of the beta-binomial (Casella, "An
/// introduction to empirical Bayes data analysis", The American Statistician 39 (1985)). What stands out is left out and
/// the rest is learned from again, so that a bad batch does not make bad batches look usual. What stands out is not like the others: its own
/// rate leans on nobody (Jeffreys' prior), or a bad batch would be taken for a good one that had bad luck.
/// </summary>
/// <param name="A">Like returns seen before any of one thing is sold.</param>
/// <param name="B">Like sales without return.</param>
public sealed record ReturnRates(double A, double B)
{
    private const int MostSuspects = 10;

    private const double Suspicious = 0.1;

    /// <summary>The usual rate.</summary>
    public double Usual => A / (A + B);

    /// <summary>Learns what is usual and measures each against it.</summary>
    /// <param name="counts">Each thing once; those that did not sell are left out.</param>
    public static (ReturnRates Usual, IReadOnlyList<ReturnRate> Each) Of(IEnumerable<ReturnCount> counts)
    {
        ReturnCount[] all = [.. counts.Where(c => c.Sold > 0)];
        if (all.Length == 0) return (new ReturnRates(0.5, 0.5), []);
        var usual = Learn(all);
        var each = usual.Measure(all);
        for (var round = 0; round < 5; round++)
        {
            ReturnCount[] ordinary = [.. each.Where(r => !r.StandsOut).Select(r => r.Count)];
            if (ordinary.Length < Math.Max(2, all.Length / 2)) break;
            var next = Learn(ordinary);
            var isSettled = Math.Abs(next.Usual - usual.Usual) < 1e-6 && Math.Abs(next.A - usual.A) < 1e-4 * usual.A;
            (usual, each) = (next, next.Measure(all));
            if (isSettled) break;
        }
        return WithoutSuspects(usual, each, all);
    }

    // Among few things a very bad one widens what looks usual until it looks usual itself: the one least like the others is tried without its
    // own word, and when it stands out so, the next.
    private static (ReturnRates Usual, IReadOnlyList<ReturnRate> Each) WithoutSuspects(ReturnRates usual, IReadOnlyList<ReturnRate> each, ReturnCount[] all)
    {
        for (var round = 0; round < MostSuspects; round++)
        {
            var suspect = each.Where(r => !r.StandsOut).MinBy(r => r.PValue);
            ReturnCount[] others = [.. each.Where(r => !r.StandsOut && r != suspect).Select(r => r.Count)];
            if (suspect is null || suspect.PValue > Suspicious || others.Length < Math.Max(2, all.Length / 2)) break;
            var without = Learn(others);
            var measured = without.Measure(all);
            if (!measured.First(r => r.Count.Key == suspect.Count.Key).StandsOut) break;
            (usual, each) = (without, measured);
        }
        return (usual, each);
    }

    private IReadOnlyList<ReturnRate> Measure(ReturnCount[] counts)
    {
        double[] values = [.. counts.Select(AtLeast)], adjusted = FalseDiscovery.Adjust(values);
        return [.. counts.Select((c, i) => One(c, values[i], adjusted[i]))];
    }

    private ReturnRate One(ReturnCount count, double value, double adjusted)
    {
        var (a, b) = adjusted < ReturnRate.Level ? (0.5, 0.5) : (A, B);
        double returned = a + count.Returned, kept = b + count.Sold - count.Returned;
        return new ReturnRate
        {
            Count = count,
            Rate = returned / (returned + kept),
            Low = BetaFunctions.Quantile(0.05, returned, kept),
            High = BetaFunctions.Quantile(0.95, returned, kept),
            PValue = value,
            Adjusted = adjusted,
            ExcessCostMinor = count.Returned == 0 ? 0 : (long)Math.Max(0, count.CostMinor * (1 - (Usual * count.Sold / count.Returned))),
        };
    }

    /// <summary>The chance of so many returns or more: the tail of the beta-binomial, summed outward.</summary>
    internal double AtLeast(ReturnCount count)
    {
        double n = count.Sold, k = count.Returned, sum = 0, first = Log(n, k);
        if (k == 0) return 1;
        double term = 1;
        for (var j = k; j <= n && term > 1e-17 * sum; j++)
        {
            sum += term;
            term *= (n - j) / (j + 1) * (A + j) / (B + n - j - 1);
        }
        return Math.Min(1, Math.Exp(first) * sum);
    }

    private double Log(double n, double k) =>
        GammaFunctions.LogGamma(n + 1) - GammaFunctions.LogGamma(k + 1) - GammaFunctions.LogGamma(n - k + 1) + GammaFunctions.LogBeta(A + k, B + n - k) - GammaFunctions.LogBeta(A, B);

    private static ReturnRates Learn(ReturnCount[] counts)
    {
        double sold = counts.Sum(c => (double)c.Sold), returned = counts.Sum(c => (double)c.Returned);
        // With no return at all, or nothing kept, half a return more keeps the rate off the edge.
        double rate = (returned + 0.5) / (sold + 1);
        var rows = counts.CountBy(c => (c.Sold, c.Returned)).ToArray();
        var optimum = Maximum.Find((at, gradient) => Value(at, gradient, rows), [rate * 20, (1 - rate) * 20], counts.Length);
        return optimum.Parameters[0] + optimum.Parameters[1] is var size && double.IsFinite(size) && (optimum.IsConverged || size > 1000)
            ? new ReturnRates(optimum.Parameters[0], optimum.Parameters[1])
            : new ReturnRates(rate * 1000, (1 - rate) * 1000);
    }

    private static double Value(ReadOnlySpan<double> at, Span<double> gradient, KeyValuePair<(int Sold, int Returned), int>[] rows)
    {
        double a = at[0], b = at[1], value = 0, none = GammaFunctions.LogBeta(a, b), da = GammaFunctions.Digamma(a), db = GammaFunctions.Digamma(b), dab = GammaFunctions.Digamma(a + b);
        gradient.Clear();
        foreach (var ((sold, returned), things) in rows)
        {
            var whole = dab - GammaFunctions.Digamma(a + b + sold);
            value += things * (GammaFunctions.LogBeta(a + returned, b + sold - returned) - none);
            gradient[0] += things * (GammaFunctions.Digamma(a + returned) - da + whole);
            gradient[1] += things * (GammaFunctions.Digamma(b + sold - returned) - db + whole);
        }
        return value;
    }
}
