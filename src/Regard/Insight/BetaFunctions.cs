namespace Regard.Insight;

/// <summary>The beta function's relatives and what follows from them. Source: NIST Digital Library of Mathematical Functions, 8.17.</summary>
internal static class BetaFunctions
{
    /// <summary>I_x(a, b), the chance that a Beta(a, b) quantity is at most x: continued fraction 8.17.22 by Lentz's method.</summary>
    public static double Regularized(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        if (x > (a + 1) / (a + b + 2)) return 1 - Regularized(1 - x, b, a);
        double c = 1, d = 1 / Guard(1 - ((a + b) * x / (a + 1))), h = d;
        for (var m = 1; m < 10_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / Guard(1 + (even * d));
            c = Guard(1 + (even / c));
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / Guard(1 + (odd * d));
            c = Guard(1 + (odd / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-15) break;
        }
        return Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) - GammaFunctions.LogBeta(a, b)) / a * h;
    }

    /// <summary>The x below which a Beta(a, b) quantity is with this chance, by bisection to 10⁻¹².</summary>
    public static double Quantile(double chance, double a, double b)
    {
        double low = 0, high = 1;
        while (high - low > 1e-12 * (low + 1e-6))
        {
            var middle = (low + high) / 2;
            if (Regularized(middle, a, b) < chance) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    /// <summary>The chance that Student's t with these degrees of freedom is above a value (Abramowitz and Stegun 26.7.1).</summary>
    public static double StudentAbove(double t, double freedom)
    {
        var tail = Regularized(freedom / (freedom + (t * t)), freedom / 2, 0.5) / 2;
        return t > 0 ? tail : 1 - tail;
    }

    private static double Guard(double value) => Math.Abs(value) < 1e-300 ? 1e-300 : value;
}
