namespace Regard.Insight;

/// <summary>
/// Customers drawn from a fitted model: what a shop would look like if the model's story were true. The same seed gives the same customers
/// for ever.
/// </summary>
internal static class Simulation
{
    private const ulong Seed = 20_261_126;

    /// <summary>How often customers drawn from a model come back: for 0, 1, 2 … repeats the share of customers, all from the last number on together.</summary>
    /// <param name="model">Fitted with days as the unit of time; several purchases of one day count as one.</param>
    /// <param name="ages">How long customers are known, in days, with how many of them are.</param>
    /// <param name="numbers">How many numbers of repeats are told apart, 1 or more.</param>
    /// <param name="draws">How many customers are drawn; the chance error of a share is about 1 / (2 √draws).</param>
    public static double[] Repeats(BuyingModel model, IReadOnlyList<(double Age, double Customers)> ages, int numbers, int draws = 40_000)
    {
        var dice = new Dice(Seed);
        var shares = new double[numbers];
        double all = ages.Sum(age => age.Customers), passed = 0;
        if (all <= 0) return shares;
        var next = 0;
        foreach (var (age, customers) in ages)
        {
            passed += customers;
            for (; next < draws * (passed / all); next++) shares[Math.Min(numbers - 1, Draw(model, ref dice, age))]++;
        }
        for (var i = 0; i < numbers; i++) shares[i] /= next;
        return shares;
    }

    private static int Draw(BuyingModel model, ref Dice dice, double age)
    {
        var rate = Gamma(ref dice, model.Parameters[0]) / model.Parameters[1];
        var (end, leaves) = (age, 0.0);
        if (model is ParetoModel pareto) end = Math.Min(age, -Math.Log(Uniform(ref dice)) * pareto.Beta / Gamma(ref dice, pareto.S));
        else if (model is BetaGeometricModel beta) leaves = Share(ref dice, beta.A, beta.B);
        if (model is BetaGeometricModel { LeavesAtStart: true } && Uniform(ref dice) < leaves) return 0;
        var (at, day, repeats) = (0.0, 0.0, 0);
        while (true)
        {
            for (var tick = 0; tick < model.Regularity; tick++) at -= Math.Log(Uniform(ref dice)) / rate;
            if (!(at < end)) return repeats;
            if (Math.Floor(at) > day)
            {
                day = Math.Floor(at);
                repeats++;
            }
            if (leaves > 0 && Uniform(ref dice) < leaves) return repeats;
        }
    }

    private static double Share(ref Dice dice, double a, double b)
    {
        double x = Gamma(ref dice, a), y = Gamma(ref dice, b);
        return x + y > 0 ? x / (x + y) : a / (a + b);
    }

    private static double Uniform(ref Dice dice) => ((dice.Next() >> 11) + 0.5) / (1UL << 53);

    // Marsaglia and Tsang, "A simple method for generating gamma variables" (2000); below 1 by the power of a uniform number.
    private static double Gamma(ref Dice dice, double shape)
    {
        if (shape < 1) return Gamma(ref dice, shape + 1) * Math.Pow(Uniform(ref dice), 1 / shape);
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Math.Sqrt(-2 * Math.Log(Uniform(ref dice))) * Math.Cos(2 * Math.PI * Uniform(ref dice));
            var v = 1 + (c * x);
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(Uniform(ref dice)) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }
}
