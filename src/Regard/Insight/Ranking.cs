namespace Regard.Insight;

/// <summary>How well a score tells those to whom something happened from the others.</summary>
internal static class Ranking
{
    /// <summary>
    /// Area under the ROC curve: the chance that one to whom it happened scores higher than one to whom it did not, ties counted half (Mann
    /// and Whitney's U over the number of pairs). NaN when it happened to all or to none, or a score is NaN.
    /// </summary>
    public static double Auc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> happened)
    {
        foreach (var score in scores)
            if (double.IsNaN(score)) return double.NaN;
        var order = scores.ToArray();
        var flags = happened.ToArray();
        Array.Sort(order, flags);
        double below = 0, won = 0, yes = 0;
        for (int i = 0, next; i < order.Length; i = next)
        {
            int yesHere = 0, noHere = 0;
            for (next = i; next < order.Length && order[next] == order[i]; next++)
                if (flags[next]) yesHere++;
                else noHere++;
            won += yesHere * (below + (noHere / 2.0));
            below += noHere;
            yes += yesHere;
        }
        return yes > 0 && below > 0 ? won / (yes * below) : double.NaN;
    }
}
