using Regard.Insight;

namespace Regard.Bench;

/// <summary>
/// BG/NBD as one would write it down: customer by customer in double precision, no rows put together, no vectors; and a search of its own
/// (BFGS with numeric gradients). What the fast one must agree with.
/// </summary>
internal sealed class PlainLikelihood(BuyingSummary[] customers)
{
    public double Of(double r, double alpha, double a, double b)
    {
        double sum = 0, lost = 0;
        foreach (var (x, recency, age, _) in customers)
        {
            var value = (r * Math.Log(alpha)) - ((r + x) * Math.Log(alpha + age));
            for (var i = 0; i < x; i++) value += Math.Log((r + i) * (b + i) / (a + b + i));
            if (x > 0) value += Math.Log(1 + (a / (b + x - 1) * Math.Pow((alpha + age) / (alpha + recency), r + x)));
            // Kahan's sum: a million terms added one by one would lose the digits that are compared.
            var next = value - lost;
            var whole = sum + next;
            lost = whole - sum - next;
            sum = whole;
        }
        return sum;
    }

    /// <summary>The greatest value from a start, by BFGS on the logarithms with central differences.</summary>
    public double Maximum(double[] start)
    {
        double[] at = [.. start.Select(p => Math.Log(p))], gradient = Gradient(at);
        var value = Minus(at);
        var inverse = Identity();
        for (var step = 0; step < 60 && gradient.Sum(g => g * g) > 1e-14; step++)
        {
            var direction = inverse.Select(row => -row.Zip(gradient, (h, g) => h * g).Sum()).ToArray();
            var length = Math.Min(1, 1 / Math.Sqrt(direction.Sum(d => d * d)));
            double[] next;
            double there;
            while ((there = Minus(next = [.. at.Zip(direction, (p, d) => p + (length * d))])) > value && length > 1e-8) length /= 2;
            if (there >= value) break;
            var turned = Gradient(next);
            inverse = Update(inverse, [.. next.Zip(at, (p, q) => p - q)], [.. turned.Zip(gradient, (p, q) => p - q)]);
            (at, gradient, value) = (next, turned, there);
        }
        return -value * customers.Length;
    }

    private double Minus(double[] at) => -Of(Math.Exp(at[0]), Math.Exp(at[1]), Math.Exp(at[2]), Math.Exp(at[3])) / customers.Length;

    private double[] Gradient(double[] at) => [.. Enumerable.Range(0, 4).Select(i => (Minus(Shift(at, i, 1e-5)) - Minus(Shift(at, i, -1e-5))) / 2e-5)];

    private static double[] Shift(double[] at, int i, double by) => [.. at.Select((p, j) => i == j ? p + by : p)];

    private static double[][] Identity() => [.. Enumerable.Range(0, 4).Select(i => Enumerable.Range(0, 4).Select(j => i == j ? 1.0 : 0).ToArray())];

    private static double[][] Update(double[][] h, double[] s, double[] y)
    {
        var sy = s.Zip(y, (p, q) => p * q).Sum();
        if (sy <= 0) return h;
        double[] hy = [.. h.Select(row => row.Zip(y, (p, q) => p * q).Sum())];
        var yhy = y.Zip(hy, (p, q) => p * q).Sum();
        return [.. h.Select((row, i) => row.Select((v, j) => v + ((1 + (yhy / sy)) * s[i] * s[j] / sy) - (((hy[i] * s[j]) + (s[i] * hy[j])) / sy)).ToArray())];
    }
}
