namespace Regard.Insight;

/// <summary>
/// The gamma function's relatives, for positive real arguments, to about 14 digits. Source: NIST Digital Library of Mathematical
/// Functions (DLMF), chapters 5 and 8. Arguments that are not positive answer NaN, and never throw: a search for parameters steps back.
/// </summary>
internal static class GammaFunctions
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>ln Γ(x): shifted to x ≥ 10 by the recurrence (DLMF 5.5.1), then Stirling's series (DLMF 5.11.1).</summary>
    public static double LogGamma(double x)
    {
        if (!(x > 0)) return double.NaN;
        var product = 1.0;
        while (x < 10) product *= x++;
        var t = 1 / (x * x);
        var series = ((((((((-3617.0 / 122400 * t) + (1.0 / 156)) * t) - (691.0 / 360360)) * t) + (1.0 / 1188)) * t) - (1.0 / 1680)) * t;
        series = ((((series + (1.0 / 1260)) * t) - (1.0 / 360)) * t) + (1.0 / 12);
        return ((x - 0.5) * Math.Log(x)) - x + HalfLogTwoPi + (series / x) - Math.Log(product);
    }

    /// <summary>ψ(x), the derivative of ln Γ (DLMF 5.5.2, 5.11.2).</summary>
    public static double Digamma(double x)
    {
        if (!(x > 0)) return double.NaN;
        var shift = 0.0;
        for (; x < 10; x++) shift += 1 / x;
        var t = 1 / (x * x);
        var series = ((((((((-3617.0 / 8160 * t) + (1.0 / 12)) * t) - (691.0 / 32760)) * t) + (1.0 / 132)) * t) - (1.0 / 240)) * t;
        series = ((((series + (1.0 / 252)) * t) - (1.0 / 120)) * t) + (1.0 / 12);
        return Math.Log(x) - (0.5 / x) - (series * t) - shift;
    }

    /// <summary>ln B(a, b).</summary>
    public static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);

    /// <summary>
    /// P(a, x), the chance that a Gamma(a, 1) quantity is at most x (DLMF 8.2.4): the power series (8.11.4) left of a + 1, the continued
    /// fraction (8.9.2) by Lentz's method right of it.
    /// </summary>
    public static double LowerRegularized(double a, double x)
    {
        if (!(a > 0) || double.IsNaN(x)) return double.NaN;
        if (x <= 0) return 0;
        var front = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        if (x < a + 1)
        {
            double term = 1 / a, sum = term;
            for (var n = 1; n < 100_000 && term > sum * 1e-17; n++) sum += term *= x / (a + n);
            return Math.Min(1, front * sum);
        }
        double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
        for (var n = 1; n < 100_000; n++)
        {
            var an = n * (a - n);
            b += 2;
            d = 1 / Guard((an * d) + b);
            c = Guard(b + (an / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16) break;
        }
        return Math.Max(0, 1 - (front * h));
    }

    private static double Guard(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;
}
