namespace Regard.Insight;

/// <summary>A pair (product and reason, drug and complaint) and how many reports name both.</summary>
/// <param name="Product">Index of the product.</param>
/// <param name="Reason">Index of the reason.</param>
/// <param name="Reports">Different reports with both, 1 or more.</param>
/// <param name="Expected">As many as there would be if products and reasons had nothing to do with each other, above 0.</param>
public readonly record struct PairCount(int Product, int Reason, int Reports, double Expected)
{
    /// <summary>Reports over expected, before any shrinking: huge for rare pairs by chance alone.</summary>
    public double Ratio => Reports / Expected;
}

/// <summary>Counts pairs over reports as DuMouchel, "Bayesian data mining in large frequency tables", The American Statistician 53 (1999).</summary>
public static class SignalTable
{
    /// <summary>
    /// Every pair that a report names, with expected = reports of the product × reports of the reason / all reports. A report that names
    /// a pair twice counts once.
    /// </summary>
    /// <param name="named">(report, product, reason), any order; products and reasons are small indices from 0.</param>
    public static IReadOnlyList<PairCount> Of(IEnumerable<(long Report, int Product, int Reason)> named)
    {
        var rows = named.Distinct().ToList();
        var products = rows.Select(r => (r.Report, r.Product)).Distinct().CountBy(r => r.Product).ToDictionary();
        var reasons = rows.Select(r => (r.Report, r.Reason)).Distinct().CountBy(r => r.Reason).ToDictionary();
        double all = rows.Select(r => r.Report).Distinct().Count();
        return
        [
            .. rows.CountBy(r => (r.Product, r.Reason)).OrderBy(p => p.Key)
                .Select(p => new PairCount(p.Key.Product, p.Key.Reason, p.Value, (double)products[p.Key.Product] * reasons[p.Key.Reason] / all)),
        ];
    }

    /// <summary>The same where every report names one product and one reason, and reports that say the same are counted already.</summary>
    /// <param name="counts">Each pair once, with at least one report.</param>
    public static IReadOnlyList<PairCount> OfCounts(IReadOnlyCollection<(int Product, int Reason, int Reports)> counts)
    {
        var products = counts.GroupBy(c => c.Product).ToDictionary(g => g.Key, g => g.Sum(c => (double)c.Reports));
        var reasons = counts.GroupBy(c => c.Reason).ToDictionary(g => g.Key, g => g.Sum(c => (double)c.Reports));
        var all = products.Values.Sum();
        return [.. counts.OrderBy(c => (c.Product, c.Reason)).Select(c => new PairCount(c.Product, c.Reason, c.Reports, products[c.Product] * reasons[c.Reason] / all))];
    }
}
