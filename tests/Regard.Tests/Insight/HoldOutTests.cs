using System.Globalization;

namespace Regard.Insight;

/// <summary>Which way of foretelling is used is decided by the shop's own past.</summary>
[Trait("req", "L2")]
public sealed class HoldOutTests
{
    private static KnownCustomer[] CdnowHeldOut() =>
        [.. Cdnow.Purchases().Select(c => new KnownCustomer(Cdnow.Summary(c.Days, Cdnow.End), c.Days.Count(d => d.Day > Cdnow.End)))];

    [Fact]
    [Trait("req", "L3")]
    public void bg_ranks_the_silent_customers_of_cdnow_worse_than_a_coin_and_is_not_asked_about_them()
    {
        var report = HoldOut.Try(CdnowHeldOut(), 39);
        var bg = report.Tried.Single(t => t.Name == "BG/NBD");
        Math.Round(bg.AliveAuc, 2).ShouldBe(0.32, 1e-9);
        bg.ExpectedAuc.ShouldBeGreaterThan(0.7);
        report.ForSilence.AliveAuc.ShouldBeGreaterThan(0.6);
        report.Explanation.ShouldContain(s => s.Text(CultureInfo.InvariantCulture) == "BG/NBD ranks silent customers worse than a coin would (32 %): it holds everybody who bought once to be there for ever.");
    }

    [Fact]
    public void the_report_on_cdnow_says_what_an_analyst_asks()
    {
        var report = HoldOut.Try(CdnowHeldOut(), 39);
        report.Tried.Count.ShouldBe(7);
        foreach (var one in report.Tried)
        {
            one.Calibration.Sum(g => g.Customers).ShouldBe(2357);
            one.Calibration.Select(g => g.Expected).SequenceEqual(one.Calibration.Select(g => g.Expected).Order()).ShouldBeTrue();
        }
        var pareto = report.Tried.Single(t => t.Name == "Pareto/NBD");
        pareto.Bias.ShouldBeInRange(-0.15, 0.05);
        report.ForPurchases.Error.ShouldBeLessThan(report.Tried.Single(t => t.Name == "NBD").Error);
        report.ForPurchases.Calibration[^1].Real.ShouldBeGreaterThan(report.ForPurchases.Calibration[0].Real * 5);
    }

    [Fact]
    [Trait("req", "L3")]
    public void where_a_long_silence_is_all_there_is_to_know_the_plain_rule_is_used()
    {
        // Everybody buys every ten days; who has been silent for more than thirty is gone, whatever else is known of them.
        var customers = Enumerable.Range(0, 600).Select(n =>
        {
            int silence = n % 60, x = 2 + (n / 60 % 9);
            return new KnownCustomer(new BuyingSummary(x, 10 * x, (10 * x) + silence), silence <= 30 ? 9 : 0);
        }).ToArray();
        var report = HoldOut.Try(customers, 90);
        report.Tried[^1].Rule!.Silence.ShouldBe(30);
        report.Tried[^1].AliveAuc.ShouldBe(1);
        report.ForSilence.AliveAuc.ShouldBe(1);
        report.ForSilence.Rule.ShouldNotBeNull();
    }

    [Fact]
    public void a_rule_learned_from_nobody_takes_everybody_for_gone_who_is_silent()
    {
        HiatusRule.Learn([]).Silence.ShouldBe(0);
        HiatusRule.Learn([new KnownCustomer(new BuyingSummary(1, 5, 9), 0)]).IsActive(new BuyingSummary(1, 5, 9)).ShouldBeFalse();
    }

    [Fact]
    public void ties_count_half_and_one_sided_outcomes_have_no_auc()
    {
        Ranking.Auc([1, 1, 2, 0], [true, false, true, false]).ShouldBe(3.5 / 4);
        Ranking.Auc([1, 2], [true, true]).ShouldBe(double.NaN);
    }

    [Fact]
    [Trait("req", "L3")]
    public void a_silence_is_unusual_for_the_one_and_not_for_the_other()
    {
        var model = new BetaGeometricModel(0.5, 40, 0.9, 1.6);
        var weekly = LoyaltyStory.Of(model, new BuyingSummary(50, 350, 440), 90);
        var yearly = LoyaltyStory.Of(model, new BuyingSummary(2, 700, 790), 90);
        weekly.IsUnusuallySilent.ShouldBeTrue();
        yearly.IsUnusuallySilent.ShouldBeFalse();
        weekly.Told.Text(CultureInfo.InvariantCulture).ShouldStartWith("Bought about every 7 days and has been silent for 90: so long a silence comes to less than 0.1 % of customers");
        yearly.Told.Text(CultureInfo.InvariantCulture).ShouldStartWith("Buys about every 350 days and was last here 90 days ago, which is nothing unusual for them;");
        LoyaltyStory.Of(model, new BuyingSummary(0, 0, 30), 90).Told.Text(CultureInfo.InvariantCulture).ShouldStartWith("Bought once, 30 days ago;");
        // With a rhythm a silence of the same length is the more unusual.
        LoyaltyStory.Of(new BetaGeometricModel(0.5, 13, 0.9, 1.6, 3), new BuyingSummary(10, 300, 360), 90).ChanceOfSilence
            .ShouldBeLessThan(LoyaltyStory.Of(model, new BuyingSummary(10, 300, 360), 90).ChanceOfSilence);
    }
}
