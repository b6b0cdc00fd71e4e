namespace Regard.Insight;

/// <summary>
/// Gamma-Poisson shrinker: how much more often pairs occur than expected, over all pairs of a table, is a mixture of two gamma
/// distributions; what is said of one pair leans on it, the more the fewer reports there are. DuMouchel 1999 (see <see cref="SignalTable"/>),
/// eq. 4 to 11; likelihood for pairs with at least one report as in Canida and Ihrie, "openEBGM", The R Journal 9 (2017), section 3.
/// </summary>
/// <param name="Alpha1">Shape of the first component.</param>
/// <param name="Beta1">Rate of the first component.</param>
/// <param name="Alpha2">Shape of the second component.</param>
/// <param name="Beta2">Rate of the second component.</param>
/// <param name="Share">Share of the first component, 0 to 1.</param>
public sealed record SignalPrior(double Alpha1, double Beta1, double Alpha2, double Beta2, double Share)
{
    /// <summary>
    /// For describing a pair of a table that is too small to learn from: most pairs about as expected, few far beyond (the values from which
    /// DuMouchel's own search began). Nothing is accused by it.
    /// </summary>
    public static readonly SignalPrior Stated = new(0.2, 0.1, 2, 4, 1.0 / 3);

    /// <summary>
    /// The most likely prior of a table with a broad first component, from which the search starts: likelihoods of such mixtures have several
    /// peaks of nearly the same height, and one with a narrow first component (on the FDA's complaints 0.3 higher, of 510) would shrink the
    /// very pairs most that are looked for. Null when the search found none (fewer than about a hundred pairs, or all alike).
    /// </summary>
    /// <param name="pairs">Pairs with at least one report; <see cref="Weighted.Of"/> or <see cref="Weighted.Squash"/>.</param>
    public static SignalPrior? Fit(IReadOnlyList<Weighted> pairs)
    {
        var likelihood = new SignalLikelihood(pairs);
        var optimum = Maximum.Find(likelihood.Of, [2, 0.5, 2, 2, 0.1], pairs.Sum(p => p.Pairs));
        var p = optimum.Parameters;
        if (!optimum.IsConverged) return null;
        var share = p[4] / (1 + p[4]);
        // The component with the greater mean comes first, as in the literature.
        return p[0] / p[1] >= p[2] / p[3] ? new SignalPrior(p[0], p[1], p[2], p[3], share) : new SignalPrior(p[2], p[3], p[0], p[1], 1 - share);
    }

    /// <summary>What the table says of one pair.</summary>
    public Signal Score(PairCount pair)
    {
        double n = pair.Reports, e = pair.Expected;
        var odds = Math.Log(Share) - Math.Log(1 - Share) + SignalLikelihood.Log(n, e, Alpha1, Beta1) - SignalLikelihood.Log(n, e, Alpha2, Beta2);
        var first = odds > 0 ? 1 / (1 + Math.Exp(-odds)) : Math.Exp(odds) / (1 + Math.Exp(odds));
        var mean = (first * (GammaFunctions.Digamma(Alpha1 + n) - Math.Log(Beta1 + e))) + ((1 - first) * (GammaFunctions.Digamma(Alpha2 + n) - Math.Log(Beta2 + e)));
        return new Signal(pair, Math.Exp(mean), Quantile(0.05, pair, first), Quantile(0.95, pair, first));
    }

    // Between the quantiles of the two components; Newton inside a bracket that always shrinks.
    private double Quantile(double chance, PairCount pair, double first)
    {
        double a1 = Alpha1 + pair.Reports, b1 = Beta1 + pair.Expected, a2 = Alpha2 + pair.Reports, b2 = Beta2 + pair.Expected;
        double low = 0, high = Math.Max((a1 + (8 * Math.Sqrt(a1)) + 8) / b1, (a2 + (8 * Math.Sqrt(a2)) + 8) / b2), x = WilsonHilferty(chance, first > 0.5 ? a1 : a2) / (first > 0.5 ? b1 : b2);
        for (var i = 0; i < 60; i++)
        {
            var miss = (first * GammaFunctions.LowerRegularized(a1, b1 * x)) + ((1 - first) * GammaFunctions.LowerRegularized(a2, b2 * x)) - chance;
            if (miss > 0) high = x;
            else low = x;
            var slope = (first * Density(x, a1, b1)) + ((1 - first) * Density(x, a2, b2));
            var next = x - (miss / slope);
            if (!(next > low && next < high)) next = (low + high) / 2;
            if (Math.Abs(next - x) < 1e-8 * x) return next;
            x = next;
        }
        return x;
    }

    private static double Density(double x, double a, double b) => Math.Exp((a * Math.Log(b * x)) - (b * x) - GammaFunctions.LogGamma(a)) / x;

    private static double WilsonHilferty(double chance, double a)
    {
        var z = chance < 0.5 ? -1.645 : 1.645;
        var root = 1 - (1 / (9 * a)) + (z / (3 * Math.Sqrt(a)));
        return Math.Max(a * root * root * root, 1e-3 * a);
    }
}

/// <summary>How much more often than expected a pair occurs.</summary>
/// <param name="Pair">Which.</param>
/// <param name="Ebgm">The shrunken ratio (geometric mean of what is believed): 1 = as expected.</param>
/// <param name="Low">EB05: with a chance of 95 % the true ratio is above it. 2 and more is the usual mark of a signal.</param>
/// <param name="High">EB95: with a chance of 95 % the true ratio is below it.</param>
public readonly record struct Signal(PairCount Pair, double Ebgm, double Low, double High);
