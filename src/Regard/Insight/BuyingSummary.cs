namespace Regard.Insight;

/// <summary>
/// All that the models of a customer base ask about one customer: how often they came back, when last, and for how long they are known.
/// Several purchases of one day count as one. Unit of time: any, the same for all (days, or weeks as in the literature).
/// </summary>
/// <param name="Repeats">Purchases after the first (x in the literature), 0 or more.</param>
/// <param name="Recency">Time from the first purchase to the last (t_x): 0 when there was no repeat; at most <paramref name="Age"/>.</param>
/// <param name="Age">Time from the first purchase to the moment of looking (T), 0 or more.</param>
/// <param name="LogGaps">Sum of the natural logarithms of the times between purchases; only a model with regularity above 1 looks at it.</param>
public readonly record struct BuyingSummary(int Repeats, double Recency, double Age, double LogGaps = 0)
{
    /// <summary>A customer at their very first purchase: what the models expect of anybody new.</summary>
    public static readonly BuyingSummary Newcomer;

    /// <summary>Whether the numbers can be those of a customer: 0 ≤ recency ≤ age, and recency 0 exactly when nothing was repeated.</summary>
    public bool IsPossible => Repeats >= 0 && Recency >= 0 && Recency <= Age && double.IsFinite(Age) && (Repeats == 0) == (Recency == 0);
}
