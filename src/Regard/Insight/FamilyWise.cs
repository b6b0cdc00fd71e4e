namespace Regard.Insight;

/// <summary>
/// Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979): the chance that anything at
/// all with an adjusted value of at most 0.05 is there by luck is at most one in twenty, whatever the questions have to do with each other.
/// Stricter than <see cref="FalseDiscovery"/>: for accusations.
/// </summary>
public static class FamilyWise
{
    /// <summary>The adjusted p-value of each, in the order given; never smaller than the p-value itself, at most 1.</summary>
    /// <param name="values">From 0 to 1.</param>
    public static double[] Adjust(IReadOnlyList<double> values)
    {
        var adjusted = new double[values.Count];
        var most = 0.0;
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        for (var i = 0; i < order.Length; i++)
        {
            most = Math.Max(most, Math.Min(1, values[order[i]] * (order.Length - i)));
            adjusted[order[i]] = most;
        }
        return adjusted;
    }
}
