using Regard.Kit;

namespace Regard.Insight;

/// <summary>The published answers of openEBGM on the complaints that the FDA holds about foods and supplements.</summary>
[Trait("req", "M11")]
public sealed class SignalTests
{
    [Fact]
    public void the_published_prior_and_the_top_pair_of_caers_are_found()
    {
        var (pairs, names) = Caers();
        pairs.Count.ShouldBe(17_189);
        var squashed = Weighted.Squash(Weighted.Squash(pairs.Select(p => new Weighted(p.Reports, p.Expected, 1)), 1, 50, 100), 2, 10, 50);
        var prior = SignalPrior.Fit(squashed).ShouldNotBeNull();
        var top = pairs.Where(p => p.Reports > 1).Select(prior.Score).MaxBy(s => s.Ebgm);
        names[(top.Pair.Product, top.Pair.Reason)].ShouldBe(("REUMOFAN PLUS", "WEIGHT INCREASED"));
        // The published search ended at 3.25379, 0.00006 from the peak: all others agree in every printed digit.
        prior.Alpha1.ShouldBe(3.2538, 1e-4);
        (Math.Round(prior.Beta1, 4), Math.Round(prior.Alpha2, 4), Math.Round(prior.Beta2, 4), Math.Round(prior.Share, 5)).ShouldBe((0.3999, 2.0261, 1.9081, 0.06535));
        // Published as 15.68 by a bisection to two decimals; mpmath with the published prior says 15.6857.
        (Math.Round(top.Ebgm, 2), Math.Round(top.High, 2)).ShouldBe((23.26, 33.48));
        top.Low.ShouldBe(15.68, 0.0075);
    }

    [Fact]
    public void the_whole_table_says_nearly_the_same_as_the_squashed_one()
    {
        var (pairs, _) = Caers();
        var prior = SignalPrior.Fit(Weighted.Of(pairs)).ShouldNotBeNull();
        var top = pairs.Select(prior.Score).MaxBy(s => s.Ebgm);
        top.Ebgm.ShouldBe(23.26, 0.1);
    }

    [Fact]
    public void one_report_is_no_signal_however_rare_its_product_and_its_reason()
    {
        var prior = new SignalPrior(3.2538, 0.3999, 2.0261, 1.9081, 0.06535);
        var lone = prior.Score(new PairCount(0, 0, 1, 1 / 3356.0));
        lone.Pair.Ratio.ShouldBe(3356, 1e-9);
        lone.Ebgm.ShouldBeLessThan(3);
        lone.Low.ShouldBeLessThan(2);
        prior.Score(new PairCount(0, 0, 200, 10)).Ebgm.ShouldBe(20, 1);
    }

    [Fact]
    public void a_table_without_spread_has_no_prior_to_learn_and_says_so()
    {
        SignalPrior.Fit([.. Enumerable.Range(1, 3).Select(n => new Weighted(n, n, 1))]).ShouldBeNull();
        SignalTable.Of([(1, 0, 0), (1, 0, 0), (2, 0, 1), (3, 1, 1)]).ShouldBe([new PairCount(0, 0, 1, 2.0 / 3), new PairCount(0, 1, 1, 4.0 / 3), new PairCount(1, 1, 1, 2.0 / 3)]);
    }

    private static (IReadOnlyList<PairCount> Pairs, Dictionary<(int, int), (string, string)> Names) Caers()
    {
        Dictionary<string, int> products = [], reasons = [];
        Dictionary<(int, int), (string, string)> names = [];
        List<(long, int, int)> named = [];
        foreach (var line in SharedData.Lines("caers/caers.csv.gz").Skip(1))
        {
            var parts = line.Split(",\"");
            string product = parts[1].TrimEnd('"'), reason = parts[2].TrimEnd('"');
            if (!products.TryGetValue(product, out var p)) products[product] = p = products.Count;
            if (!reasons.TryGetValue(reason, out var r)) reasons[reason] = r = reasons.Count;
            names[(p, r)] = (product, reason);
            named.Add((long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), p, r));
        }
        return (SignalTable.Of(named), names);
    }
}
