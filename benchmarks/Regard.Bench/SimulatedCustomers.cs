using Regard.Insight;

namespace Regard.Bench;

/// <summary>
/// Customers drawn from BG/NBD with the parameters of CDNOW (r .243, α 4.414, a .793, b 2.426, in weeks) and a fixed seed: first purchases
/// on the days of twelve weeks, watched until the end of week 39. Times are in whole days, as a shop's are, or not rounded at all.
/// </summary>
internal sealed class SimulatedCustomers(ulong seed)
{
    private const double R = 0.243, Alpha = 4.414, A = 0.793, B = 2.426;
    private ulong _state = seed;

    public BuyingSummary[] Draw(int count, bool isInDays)
    {
        var customers = new BuyingSummary[count];
        for (var n = 0; n < count; n++)
        {
            double age = 39 - ((int)(Uniform() * 84) / 7.0), rate = Gamma(R) / Alpha, a = Gamma(A), leaves = a / (a + Gamma(B));
            var at = 0.0;
            var (repeats, last, gaps) = (0, 0.0, 0.0);
            while ((at -= Math.Log(Uniform()) / rate) < age)
            {
                var day = isInDays ? Math.Floor(at * 7) / 7 : at;
                if (day > last)
                {
                    repeats++;
                    gaps += Math.Log(day - last);
                    last = day;
                }
                if (Uniform() < leaves) break;
            }
            customers[n] = new BuyingSummary(repeats, last, age, gaps);
        }
        return customers;
    }

    public double Uniform() => ((Next() >> 11) + 0.5) / (1UL << 53);

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    // Marsaglia and Tsang 2000; below 1 by the power of a uniform number.
    private double Gamma(double shape)
    {
        if (shape < 1) return Gamma(shape + 1) * Math.Pow(Uniform(), 1 / shape);
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());
            var v = 1 + (c * x);
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(Uniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }
}
