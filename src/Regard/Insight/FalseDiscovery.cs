namespace Regard.Insight;

/// <summary>
/// Benjamini and Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995): of all that is reported with an adjusted value of at
/// most 0.05, about one in twenty is chance, however many questions were asked. Holds for independent questions and those that rise together.
/// </summary>
public static class FalseDiscovery
{
    /// <summary>The adjusted p-value of each, in the order given; never smaller than the p-value itself, at most 1.</summary>
    /// <param name="values">From 0 to 1.</param>
    public static double[] Adjust(IReadOnlyList<double> values)
    {
        var adjusted = new double[values.Count];
        var least = 1.0;
        int[] order = [.. Enumerable.Range(0, values.Count).OrderByDescending(i => values[i])];
        for (var i = 0; i < order.Length; i++)
        {
            least = Math.Min(least, values[order[i]] * values.Count / (values.Count - i));
            adjusted[order[i]] = least;
        }
        return adjusted;
    }
}
