namespace Regard.Insight;

/// <summary>
/// Gamma-Gamma: what a customer spends at a purchase varies around their own mean, and the means vary between customers, independently of
/// how often they buy. Fader and Hardie, "The Gamma-Gamma model of monetary value" (2013), eq. 1a to 5. Amounts in any one unit.
/// </summary>
/// <param name="P">Shape of one customer's purchases.</param>
/// <param name="Q">Shape of the spread between customers.</param>
/// <param name="V">Scale of the spread, in units of money.</param>
public sealed record SpendModel(double P, double Q, double V)
{
    /// <summary>The mean amount of a purchase of somebody new; +∞ for Q ≤ 1, where the spread has no mean.</summary>
    public double Mean => Q > 1 ? P * V / (Q - 1) : double.PositiveInfinity;

    /// <summary>
    /// The mean amount expected of a customer's next purchases: between their own mean and everybody's, nearer to their own the more
    /// purchases there were (eq. 5).
    /// </summary>
    /// <param name="purchases">How many amounts the mean is of; 0 = none, and everybody's mean is expected.</param>
    /// <param name="mean">Of those.</param>
    public double Expected(double purchases, double mean) => purchases > 0 ? P * (V + (purchases * mean)) / ((P * purchases) + Q - 1) : Mean;
}

/// <summary>What a customer spent: how many purchases, and their mean amount, above 0.</summary>
public readonly record struct Spending(double Purchases, double Mean);

/// <summary>A <see cref="SpendModel"/> with how well it is known.</summary>
/// <param name="Model">At its most likely parameters.</param>
/// <param name="LogLikelihood">Of the customers' means.</param>
/// <param name="StandardErrors">Of p, q and v.</param>
/// <param name="IsFound">Whether the gradient is flat, and the spread has a mean (q above 1).</param>
/// <param name="Correlation">Between purchases and mean amount: the model holds that there is none; above about 0.3 in size it should not be used.</param>
public sealed record SpendFit(SpendModel Model, double LogLikelihood, IReadOnlyList<double> StandardErrors, bool IsFound, double Correlation)
{
    /// <summary>Fits by maximum likelihood.</summary>
    /// <param name="customers">Customers with at least one (repeat) purchase and a mean above 0; others say nothing and are left out.</param>
    /// <exception cref="ArgumentException">Fewer than three customers remain.</exception>
    public static SpendFit Of(IEnumerable<Spending> customers)
    {
        Spending[] rows = [.. customers.Where(c => c.Purchases > 0 && c.Mean > 0 && double.IsFinite(c.Mean))];
        if (rows.Length < 3) throw new ArgumentException("A spread cannot be learned from fewer than three customers.", nameof(customers));
        // In units of the mean all parameters are near 1, whatever the currency.
        var unit = rows.Average(r => r.Mean);
        var levels = rows.CountBy(r => r.Purchases).ToArray();
        double Objective(ReadOnlySpan<double> at, Span<double> gradient) => Value(at, gradient, rows, levels, unit);
        var optimum = Maximum.Find(Objective, [2, 2, 1], rows.Length);
        var errors = Maximum.StandardErrors(Objective, optimum.Parameters);
        errors[2] *= unit;
        var (p, q, v) = (optimum.Parameters[0], optimum.Parameters[1], optimum.Parameters[2] * unit);
        return new SpendFit(new SpendModel(p, q, v), optimum.Value - (rows.Length * Math.Log(unit)), errors, optimum.IsConverged && q > 1, Correlate(rows));
    }

    private static double Value(ReadOnlySpan<double> at, Span<double> gradient, Spending[] rows, KeyValuePair<double, int>[] levels, double unit)
    {
        double p = at[0], q = at[1], v = at[2], value = 0;
        gradient.Clear();
        foreach (var (x, mean) in rows)
        {
            double m = mean / unit, whole = (x * m) + v, log = Math.Log(whole);
            value += (((p * x) - 1) * Math.Log(m)) - (((p * x) + q) * log);
            gradient[0] += x * (Math.Log(m) - log);
            gradient[1] -= log;
            gradient[2] -= ((p * x) + q) / whole;
        }
        foreach (var (x, n) in levels)
        {
            double px = p * x, both = GammaFunctions.Digamma(px + q);
            value += n * (GammaFunctions.LogGamma(px + q) - GammaFunctions.LogGamma(px) - GammaFunctions.LogGamma(q) + (q * Math.Log(v)) + (px * Math.Log(x)));
            gradient[0] += n * x * (both - GammaFunctions.Digamma(px) + Math.Log(x));
            gradient[1] += n * (both - GammaFunctions.Digamma(q) + Math.Log(v));
            gradient[2] += n * q / v;
        }
        return value;
    }

    private static double Correlate(Spending[] rows)
    {
        double x = rows.Average(r => r.Purchases), y = rows.Average(r => r.Mean);
        double xy = rows.Sum(r => (r.Purchases - x) * (r.Mean - y)), xx = rows.Sum(r => (r.Purchases - x) * (r.Purchases - x)), yy = rows.Sum(r => (r.Mean - y) * (r.Mean - y));
        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }
}
