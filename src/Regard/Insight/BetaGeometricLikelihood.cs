using System.Numerics;

namespace Regard.Insight;

/// <summary>
/// Log-likelihood of <see cref="BetaGeometricModel"/> with its gradient: what depends on the number of repeats alone once for each number,
/// the rest in vectors; in logarithms throughout, so that 200 purchases neither overflow nor vanish.
/// </summary>
/// <param name="model">The parameters.</param>
/// <param name="start">1 when a customer may leave after the first purchase, otherwise 0.</param>
internal sealed class BetaGeometricLikelihood(BetaGeometricModel model, int start)
{
    private const int Value = 0, ByR = 1, ByAlpha = 2, Left = 3, LeftOverB = 4, Width = 5;
    private readonly double _r = model.R, _alpha = model.Alpha, _a = model.A, _b = model.B;

    public double Of(BuyingTable table, Span<double> gradient)
    {
        var sums = BlockSums.Of(table, Width, (in BuyingTable.Block block, Span<double> mine) => Sum(table, block, mine));
        gradient.Clear();
        var value = sums[Value] + (table.Customers * _r * Math.Log(_alpha));
        gradient[0] = sums[ByR] + (table.Customers * Math.Log(_alpha));
        gradient[1] = sums[ByAlpha] + (table.Customers * _r / _alpha);
        gradient[2] = sums[Left] / _a;
        gradient[3] = -sums[LeftOverB];
        foreach (var (repeats, customers) in table.Levels) value += customers * OfLevel(repeats, customers, gradient);
        if (model.Ticks > 1) value += ((model.Ticks - 1) * table.LogGaps) - (table.Repeats * GammaFunctions.LogGamma(model.Ticks));
        return value;
    }

    private double OfLevel(int repeats, int customers, Span<double> gradient)
    {
        double m = _r + (model.Ticks * (double)repeats), n = repeats + start, ab = _a + _b;
        double whole = GammaFunctions.Digamma(ab) - GammaFunctions.Digamma(ab + n);
        gradient[0] += customers * (GammaFunctions.Digamma(m) - GammaFunctions.Digamma(_r));
        gradient[2] += customers * whole;
        gradient[3] += customers * (whole + GammaFunctions.Digamma(_b + n) - GammaFunctions.Digamma(_b));
        return GammaFunctions.LogGamma(m) - GammaFunctions.LogGamma(_r) + GammaFunctions.LogGamma(ab) + GammaFunctions.LogGamma(_b + n)
            - GammaFunctions.LogGamma(_b) - GammaFunctions.LogGamma(ab + n);
    }

    private void Sum(BuyingTable table, in BuyingTable.Block block, Span<double> sums)
    {
        var m = _r + (model.Ticks * (double)block.Repeats);
        double n = block.Repeats + start, over = n > 0 ? 1 / (_b + n - 1) : 0;
        Vector<double> mm = new(m), c = new(n > 0 ? Math.Log(_a * over) : double.NegativeInfinity), alpha = new(_alpha), one = Vector<double>.One;
        var rhythm = new Rhythm(m, model.Ticks);
        Vector<double> value = default, byR = default, byAlpha = default, left = default;
        for (var i = block.Start; i < block.End; i += Vector<double>.Count)
        {
            Vector<double> recency = new(table.Recency, i), age = new(table.Age, i), weight = new(table.Weight, i);
            Vector<double> atAge = alpha + age, atLast = alpha + recency;
            Vector<double> logAge = Vector.Log(atAge), logLast = Vector.Log(atLast), q = default, qByM = default, qByAlpha = default;
            if (model.Ticks > 1) (q, qByM, qByAlpha) = rhythm.At((age - recency) / atAge, atAge);
            var odds = c + (mm * (logAge - logLast)) - q;
            var (soft, chanceLeft) = Odds.Soften(odds);
            var there = one - chanceLeft;
            value += weight * (soft + q - (mm * logAge));
            byR += weight * ((there * (qByM - logAge)) - (chanceLeft * logLast));
            byAlpha += weight * ((there * (qByAlpha - (mm / atAge))) - (chanceLeft * mm / atLast));
            left += weight * chanceLeft;
        }
        sums[Value] += Vector.Sum(value);
        sums[ByR] += Vector.Sum(byR);
        sums[ByAlpha] += Vector.Sum(byAlpha);
        sums[Left] += Vector.Sum(left);
        sums[LeftOverB] += Vector.Sum(left) * over;
    }
}
