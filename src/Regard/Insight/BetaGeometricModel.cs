using System.Numerics;

namespace Regard.Insight;

/// <summary>
/// Customers who buy at their own rate and may leave after a purchase: BG/NBD, MBG/NBD and MBG/CNBD-k in one, for they differ only in
/// whether the first purchase counts, and in how even the gaps are. Rates are spread as Gamma(r, α), chances of leaving as Beta(a, b).
/// <para>
/// Sources: Fader, Hardie and Lee, "Counting your customers the easy way", Marketing Science 24 (2005), eq. 6 to 10; Batislam, Denizel
/// and Filiztekin, "Empirical validation and comparison of models for customer base analysis", IJRM 24 (2007), eq. 3 to 6; Platzer and
/// Reutterer, "Ticking away the moments", Marketing Science 35 (2016), section 3. All are one sum here: with m = r + k·x, and n purchases
/// that the customer stayed after, the customer is there with weight (α+T)^−m · Q, and has left with weight a/(b+n−1) · (α+t_x)^−m, where
/// Q = Σ_{j&lt;k} (m)_j/j! · ((T−t_x)/(α+T))^j is the chance that the next, k-th tick has not come yet.
/// </para>
/// <para>
/// BG/NBD holds that nobody leaves before their first repeat: every one-time buyer is alive for ever. Never rank silent leaving by it.
/// </para>
/// </summary>
/// <param name="R">Shape of the rates.</param>
/// <param name="Alpha">Scale of the rates, in units of time; with regularity k of the k-fold faster ticks.</param>
/// <param name="A">First parameter of the chance of leaving.</param>
/// <param name="B">Second parameter of the chance of leaving.</param>
/// <param name="Ticks">Regularity k, 1 or more.</param>
/// <param name="LeavesAtStart">Whether a customer may leave after the first purchase too: false for BG/NBD alone.</param>
public sealed record BetaGeometricModel(double R, double Alpha, double A, double B, int Ticks = 1, bool LeavesAtStart = true) : BuyingModel
{
    /// <inheritdoc/>
    public override BuyingModelKind Kind => (LeavesAtStart, Ticks) switch
    {
        (false, 1) => BuyingModelKind.BgNbd,
        (true, 1) => BuyingModelKind.MbgNbd,
        (true, _) => BuyingModelKind.MbgCnbd,
        _ => throw new InvalidOperationException("A rhythm is only known here together with leaving at the start (MBG/CNBD-k)."),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters => [R, Alpha, A, B];

    /// <inheritdoc/>
    public override int Regularity => Ticks;

    // What is foreseen ends here; no shop's horizon holds so many, only a fit that has gone astray does.
    private const int MostTicks = 100_000;

    private int Start => LeavesAtStart ? 1 : 0;

    /// <summary>
    /// Exact for every horizon and every parameter, also a = 1, where the published formula (a hypergeometric function over a − 1) breaks:
    /// ticks of the coming time are negative binomial with m + j (j ticks since the last purchase), and the n-th purchase still happens
    /// with the chance E(1−p)^(n−1). All terms are positive.
    /// </summary>
    public override double ExpectedIfAlive(BuyingSummary customer, double horizon) => ExpectedFrom(Prepare(customer.Repeats, customer.Age, horizon), customer);

    /// <inheritdoc/>
    internal override double[] Prepare(int repeats, double age, double horizon)
    {
        var byPhase = new double[Ticks];
        for (var phase = 0; phase < Ticks && horizon > 0; phase++) byPhase[phase] = ExpectedInPhase(repeats, age, phase, horizon);
        return byPhase;
    }

    /// <inheritdoc/>
    internal override double ExpectedFrom(double[] prepared, BuyingSummary customer)
    {
        if (Ticks == 1) return prepared[0];
        double m = R + (Ticks * (double)customer.Repeats), u = (customer.Age - customer.Recency) / (Alpha + customer.Age);
        double expected = 0, weights = 0, weight = 1;
        for (var phase = 0; phase < Ticks; phase++)
        {
            expected += weight * prepared[phase];
            weights += weight;
            weight *= (m + phase) / (phase + 1) * u;
        }
        return expected / weights;
    }

    /// <inheritdoc/>
    internal override double LogLikelihood(BuyingTable table, Span<double> gradient) => new BetaGeometricLikelihood(this, Start).Of(table, gradient);

    /// <summary>Without the logarithm of the odds: one logarithm and one exponential in place of five, for very many customers.</summary>
    internal override Vector<double> ChancesAlive(Vector<double> repeats, Vector<double> recency, Vector<double> age)
    {
        Vector<double> alpha = new(Alpha), stayed = repeats + new Vector<double>(Start), atAge = alpha + age;
        var m = new Vector<double>(R) + (repeats * Ticks);
        var odds = new Vector<double>(A) / (new Vector<double>(B - 1) + stayed) * Vector.Exp(m * Vector.Log(atAge / (alpha + recency)));
        if (Ticks > 1) odds /= NotDue(m, (age - recency) / atAge);
        return Vector.ConditionalSelect(Vector.Equals(stayed, Vector<double>.Zero), Vector<double>.One, Vector<double>.One / (Vector<double>.One + odds));
    }

    /// <inheritdoc/>
    internal override Vector<double> LogOddsOfHavingLeft(Vector<double> repeats, Vector<double> recency, Vector<double> age)
    {
        var alpha = new Vector<double>(Alpha);
        var m = new Vector<double>(R) + (repeats * Ticks);
        var stayed = repeats + new Vector<double>(Start);
        var odds = (m * (Vector.Log(alpha + age) - Vector.Log(alpha + recency))) + Vector.Log(new Vector<double>(A) / (new Vector<double>(B - 1) + stayed));
        if (Ticks > 1) odds -= Vector.Log(NotDue(m, (age - recency) / (alpha + age)));
        return Vector.ConditionalSelect(Vector.Equals(stayed, Vector<double>.Zero), new Vector<double>(double.NegativeInfinity), odds);
    }

    // Q: the chance that the next, k-th tick has not come yet.
    private Vector<double> NotDue(Vector<double> m, Vector<double> u)
    {
        Vector<double> q = Vector<double>.One, term = Vector<double>.One;
        for (var j = 1; j < Ticks; j++) q += term *= (m + new Vector<double>(j - 1)) * u / new Vector<double>(j);
        return q;
    }

    private double ExpectedInPhase(int repeats, double age, int phase, double horizon)
    {
        double m = R + (Ticks * (double)repeats) + phase, z = horizon / (Alpha + age + horizon), b = B + repeats + Start;
        double chance = 1, chances = 0, sum = 0, purchases = 0, stays = 1;
        int bought = 0, ticks = phase;
        for (var n = 0; n < MostTicks; n++, ticks++)
        {
            if (ticks == Ticks)
            {
                // The next purchase happens: counted with the chance of still being there.
                (ticks, purchases, bought) = (0, purchases + stays, bought + 1);
                stays *= (b + bought - 1) / (A + b + bought - 1);
            }
            chances += chance;
            sum += chance * purchases;
            var ratio = (m + n) / (n + 1) * z;
            chance *= ratio;
            if (ratio < 1 && chance * (purchases + 1) < sum * (1 - ratio) * 1e-14 + 1e-300) return sum / chances;
            if (chances < 1e200) continue;
            (chance, chances, sum) = (chance / chances, 1, sum / chances);
        }
        return sum / chances;
    }
}
