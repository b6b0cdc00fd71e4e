namespace Regard.Insight;

/// <summary>Pairs that share reports and expected number, or nearly so.</summary>
/// <param name="Reports">Reports of each.</param>
/// <param name="Expected">Expected of each.</param>
/// <param name="Pairs">How many pairs.</param>
public readonly record struct Weighted(int Reports, double Expected, double Pairs)
{
    /// <summary>Equal pairs counted once: nothing is lost.</summary>
    public static IReadOnlyList<Weighted> Of(IEnumerable<PairCount> pairs) =>
        [.. pairs.CountBy(p => (p.Reports, p.Expected)).OrderBy(p => p.Key).Select(p => new Weighted(p.Key.Reports, p.Key.Expected, p.Value))];

    /// <summary>
    /// Squashing (DuMouchel and Pregibon 2001, as openEBGM does it): of the pairs with this many reports, all but those with the greatest
    /// expected numbers are put together in bins, each with its mean. Published priors of large tables are those of squashed ones.
    /// </summary>
    /// <param name="rows">Rows so far.</param>
    /// <param name="reports">Which rows to squash.</param>
    /// <param name="bin">Rows of a bin; the last one may have fewer.</param>
    /// <param name="keep">So many rows with the greatest expected numbers stay as they are.</param>
    public static IReadOnlyList<Weighted> Squash(IEnumerable<Weighted> rows, int reports, int bin, int keep)
    {
        var all = rows.ToList();
        Weighted[] mine = [.. all.Where(r => r.Reports == reports).OrderBy(r => r.Expected)];
        var squashed = Math.Max(0, mine.Length - keep);
        return
        [
            .. mine[..squashed].Chunk(bin).Select(b => new Weighted(reports, b.Average(r => r.Expected), b.Sum(r => r.Pairs))),
            .. mine[squashed..], .. all.Where(r => r.Reports != reports),
        ];
    }
}

/// <summary>
/// Log-likelihood of a <see cref="SignalPrior"/> with its gradient by α1, β1, α2, β2 and the odds of the share. Pairs without report are not
/// in the table: each component is taken where there is at least one (openEBGM, eq. 9 of the paper; so the published priors were found).
/// </summary>
internal sealed class SignalLikelihood(IReadOnlyList<Weighted> pairs)
{
    private readonly int _most = pairs.Max(p => p.Reports);

    /// <summary>ln of the negative binomial chance of n reports, without the n! that no parameter changes (DuMouchel 1999, eq. 5).</summary>
    public static double Log(double n, double e, double alpha, double beta) =>
        GammaFunctions.LogGamma(alpha + n) - GammaFunctions.LogGamma(alpha) + (n * Math.Log(e / (beta + e))) + (alpha * Math.Log(beta / (beta + e)));

    public double Of(ReadOnlySpan<double> at, Span<double> gradient)
    {
        Component one = new(at[0], at[1], _most), two = new(at[2], at[3], _most);
        double share = at[4] / (1 + at[4]), other = 1 - share, value = 0;
        gradient.Clear();
        foreach (var row in pairs)
        {
            var (l1, a1, b1) = one.At(row);
            var (l2, a2, b2) = two.At(row);
            var most = Math.Max(l1, l2);
            double f1 = Math.Exp(l1 - most), f2 = Math.Exp(l2 - most), sum = (share * f1) + (other * f2), w1 = row.Pairs * share * f1 / sum, w2 = row.Pairs * other * f2 / sum;
            value += row.Pairs * (most + Math.Log(sum));
            gradient[0] += w1 * a1;
            gradient[1] += w1 * b1;
            gradient[2] += w2 * a2;
            gradient[3] += w2 * b2;
            gradient[4] += row.Pairs * (f1 - f2) / sum;
        }
        // The share moves with its odds o by 1/(1+o)².
        gradient[4] *= other * other;
        return value;
    }

    private readonly struct Component
    {
        private readonly double _alpha, _beta, _logBeta;
        private readonly double[] _rising, _risingByAlpha;

        public Component(double alpha, double beta, int most)
        {
            (_alpha, _beta, _logBeta) = (alpha, beta, Math.Log(beta));
            (_rising, _risingByAlpha) = (new double[most + 1], new double[most + 1]);
            for (var n = 0; n < most; n++)
            {
                _rising[n + 1] = _rising[n] + Math.Log(alpha + n);
                _risingByAlpha[n + 1] = _risingByAlpha[n] + (1 / (alpha + n));
            }
        }

        /// <summary>ln of the chance of n reports where there is at least one, with its derivatives by α and β.</summary>
        public (double Log, double ByAlpha, double ByBeta) At(Weighted row)
        {
            double whole = _beta + row.Expected, log = Math.Log(whole), none = _logBeta - log, byBeta = _alpha / _beta;
            double zero = Math.Exp(_alpha * none), odds = zero / (1 - zero);
            return (_rising[row.Reports] + (row.Reports * (Math.Log(row.Expected) - log)) + (_alpha * none) - Math.Log(1 - zero),
                _risingByAlpha[row.Reports] + (none * (1 + odds)), byBeta - ((_alpha + row.Reports) / whole) + (odds * (byBeta - (_alpha / whole))));
        }
    }
}
