namespace Regard.Insight;

/// <summary>
/// Whether a model still says what happens: repeat purchases since it was fitted, of the customers it was fitted to, beside those it expected.
/// It has drifted when they differ by more than <see cref="Least"/> and by more than chance would (four standard deviations, a customer's
/// purchases being about twice as uneven as independent ones).
/// </summary>
/// <param name="Expected">Purchases expected since the fit.</param>
/// <param name="Real">Purchases there were.</param>
public readonly record struct Drift(double Expected, long Real)
{
    /// <summary>A difference of less than this share of the expected purchases is no reason to learn anew.</summary>
    public const double Least = 0.15;

    private const double Deviations = 4, Unevenness = 2;

    /// <summary>Real over expected purchases, less one; 0 when none were expected.</summary>
    public double Difference => Expected > 0 ? (Real / Expected) - 1 : 0;

    /// <summary>Whether the model is to be learned anew.</summary>
    public bool IsDrifted => Math.Abs(Difference) > Least && Math.Abs(Real - Expected) > Deviations * Math.Sqrt(Unevenness * Expected);

    /// <summary>What was expected up to a moment between two of which it is known, along the straight line between them.</summary>
    /// <param name="days">Days since the fit.</param>
    /// <param name="weeks">Expected purchases after 1, 2, 3 … weeks.</param>
    public static double ExpectedAfter(double days, IReadOnlyList<double> weeks)
    {
        if (weeks.Count == 0 || days <= 0) return 0;
        var week = (int)Math.Min(days / 7, weeks.Count - 1);
        double from = week == 0 ? 0 : weeks[week - 1], share = Math.Min(1, (days / 7) - week);
        return from + (share * (weeks[week] - from));
    }
}
