using System.Numerics;

namespace Regard.Insight;

/// <summary>
/// Log-likelihood of <see cref="ParetoModel"/> with its gradient. The literature writes the part of those who left with a difference of
/// two hypergeometric functions, which cancels and has no simple gradient. It is the integral of
/// (α+τ)^−(r+x) · s·β^s·(β+τ)^−(s+1) over the moment of leaving τ from t_x to T (Fader and Hardie 2005, eq. 13), and taken as such here:
/// by v = ln(min(α,β)+τ) both factors become smooth exponentials, and twelve points of Gauss and Legendre on pieces of at most eight
/// e-foldings give 14 digits. All terms are positive, and the gradient is the same sum with other weights.
/// </summary>
internal sealed class ParetoLikelihood(ParetoModel model)
{
    private const int Value = 0, ByR = 1, ByAlpha = 2, ByS = 3, ByBeta = 4, Width = 5;
    private const double PieceFoldings = 8;

    // Enough for hundreds of purchases followed by years of silence. Beyond it lie parameters that a search only passes through.
    private const int MostPieces = 128;
    private readonly double _r = model.R, _alpha = model.Alpha, _s = model.S, _beta = model.Beta, _near = Math.Min(model.Alpha, model.Beta);

    public double Of(BuyingTable table, Span<double> gradient)
    {
        var sums = BlockSums.Of(table, Width, (in BuyingTable.Block block, Span<double> mine) => Sum(table, block, mine));
        double logAlpha = Math.Log(_alpha), logBeta = Math.Log(_beta), n = table.Customers;
        var value = sums[Value] + (n * ((_r * logAlpha) + (_s * logBeta)));
        gradient[0] = sums[ByR] + (n * (logAlpha - GammaFunctions.Digamma(_r)));
        gradient[1] = sums[ByAlpha] + (n * _r / _alpha);
        gradient[2] = sums[ByS] + (n * logBeta);
        gradient[3] = sums[ByBeta] + (n * _s / _beta);
        foreach (var (repeats, customers) in table.Levels)
        {
            value += customers * (GammaFunctions.LogGamma(_r + repeats) - GammaFunctions.LogGamma(_r));
            gradient[0] += customers * GammaFunctions.Digamma(_r + repeats);
        }
        return value;
    }

    public Vector<double> LogOdds(Vector<double> repeats, Vector<double> recency, Vector<double> age)
    {
        Vector<double> buying = repeats + new Vector<double>(_r), logAlpha = Vector.Log(age + new Vector<double>(_alpha)), logBeta = Vector.Log(age + new Vector<double>(_beta));
        return Leaving(buying, recency, age, false).Log + (buying * logAlpha) + (new Vector<double>(_s) * logBeta);
    }

    private void Sum(BuyingTable table, in BuyingTable.Block block, Span<double> sums)
    {
        Vector<double> buying = new(_r + block.Repeats), s = new(_s), alpha = new(_alpha), beta = new(_beta), one = Vector<double>.One;
        Vector<double> value = default, byR = default, byAlpha = default, byS = default, byBeta = default;
        for (var i = block.Start; i < block.End; i += Vector<double>.Count)
        {
            Vector<double> age = new(table.Age, i), weight = new(table.Weight, i);
            Vector<double> logAlpha = Vector.Log(alpha + age), logBeta = Vector.Log(beta + age);
            var left = Leaving(buying, new Vector<double>(table.Recency, i), age, true);
            var there = -(buying * logAlpha) - (s * logBeta);
            var (soft, chance) = Odds.Soften(left.Log - there);
            var stays = one - chance;
            value += weight * (there + soft);
            byR -= weight * ((stays * logAlpha) + (chance * left.LogAlpha));
            byAlpha -= weight * buying * ((stays / (alpha + age)) + (chance * left.OverAlpha));
            byS += weight * ((chance * ((one / s) - left.LogBeta)) - (stays * logBeta));
            byBeta -= weight * ((stays * s / (beta + age)) + (chance * (s + one) * left.OverBeta));
        }
        sums[Value] += Vector.Sum(value);
        sums[ByR] += Vector.Sum(byR);
        sums[ByAlpha] += Vector.Sum(byAlpha);
        sums[ByS] += Vector.Sum(byS);
        sums[ByBeta] += Vector.Sum(byBeta);
    }

    // ln of the integral, and the averages under it of ln(α+τ), 1/(α+τ), ln(β+τ), 1/(β+τ), from which the gradient follows.
    private Moments Leaving(Vector<double> buying, Vector<double> recency, Vector<double> age, bool withGradient)
    {
        Vector<double> near = new(_near), shape = new(_s + 1), alpha = new(_alpha), beta = new(_beta);
        Vector<double> from = Vector.Log(near + recency), width = Vector.Log(near + age) - from;
        var pieces = Pieces(width * (buying + shape));
        var step = width / new Vector<double>(pieces);
        var first = (shape * Vector.Log(beta + recency)) + (buying * Vector.Log(alpha + recency)) - from;
        Vector<double> sum = default, logA = default, overA = default, logB = default, overB = default;
        for (var piece = 0; piece < pieces; piece++)
            for (var i = 0; i < GaussLegendre.Nodes.Length; i++)
            {
                var v = from + (step * new Vector<double>(piece + GaussLegendre.Nodes[i]));
                var at = Vector.Exp(v);
                Vector<double> far = at + new Vector<double>(Math.Abs(_alpha - _beta)), logFar = _alpha == _beta ? v : Vector.Log(far);
                var (a, b, la, lb) = _alpha <= _beta ? (at, far, v, logFar) : (far, at, logFar, v);
                var height = new Vector<double>(GaussLegendre.Weights[i]) * Vector.Exp(first + v - (buying * la) - (shape * lb));
                sum += height;
                if (!withGradient) continue;
                logA += height * la;
                overA += height / a;
                logB += height * lb;
                overB += height / b;
            }
        var log = Vector.Log(sum * step * new Vector<double>(_s)) - first;
        return new Moments(log, logA / sum, overA / sum, logB / sum, overB / sum);
    }

    private static int Pieces(Vector<double> foldings)
    {
        var most = 0.0;
        for (var i = 0; i < Vector<double>.Count; i++) most = Math.Max(most, foldings[i]);
        return double.IsFinite(most) ? 1 + (int)Math.Min(most / PieceFoldings, MostPieces) : 1;
    }

    private readonly record struct Moments(Vector<double> Log, Vector<double> LogAlpha, Vector<double> OverAlpha, Vector<double> LogBeta, Vector<double> OverBeta);
}
