namespace Regard.Insight;

/// <summary>The published answers to the digits that were printed, and values that mpmath computed with 30 digits from the papers' formulas.</summary>
[Trait("req", "L2")]
public sealed class BuyingModelTests
{
    private static readonly BuyingModel Bg = new BetaGeometricModel(0.25, 4, 0.8, 2.5, LeavesAtStart: false), Mbg = new BetaGeometricModel(0.25, 4, 0.8, 2.5);
    private static readonly BuyingSummary Customer1516 = new(26, 216 / 7.0, 31);

    [Theory]
    [InlineData(BuyingModelKind.BgNbd, -9582.4, 0.243, 4.414, 0.793, 2.426)]
    [InlineData(BuyingModelKind.ParetoNbd, -9595.0, 0.553, 10.578, 0.606, 11.669)]
    [InlineData(BuyingModelKind.MbgNbd, -9582.1, 0.525, 6.183, 0.891, 1.614)]
    [InlineData(BuyingModelKind.Nbd, -9763.7, 0.385, 12.072)]
    public void the_published_parameters_of_cdnow_are_found(BuyingModelKind kind, double likelihood, params double[] published)
    {
        var fit = BuyingFit.Of(kind, BuyingTable.Of(Cdnow.Customers()));
        Math.Round(fit.LogLikelihood, 1).ShouldBe(likelihood, 1e-9);
        fit.Model.Parameters.Select(p => Math.Round(p, 3)).ShouldBe(published, 1e-9);
        fit.Trouble.ShouldBe(FitTrouble.None);
        fit.GradientNorm.ShouldBeLessThan(1e-6);
        fit.StandardErrors.ShouldAllBe(e => e > 0);
    }

    [Fact]
    public void mbg_was_published_for_weeks_with_two_decimals() =>
        Math.Round(BuyingFit.Of(BuyingModelKind.MbgNbd, BuyingTable.Of(Cdnow.Rounded())).LogLikelihood, 2).ShouldBe(-9582.13, 1e-9);

    [Fact]
    public void the_published_spread_of_spending_is_found()
    {
        var fit = SpendFit.Of(Cdnow.Spendings());
        (Math.Round(fit.Model.P, 2), Math.Round(fit.Model.Q, 2), Math.Round(fit.Model.V, 2)).ShouldBe((6.25, 3.74, 15.44));
        fit.IsFound.ShouldBeTrue();
        fit.Correlation.ShouldBeInRange(0.1, 0.12);
        fit.Model.Expected(0, 0).ShouldBe(fit.Model.Mean);
        fit.Model.Expected(1e9, 20).ShouldBe(20, 1e-6);
    }

    [Fact]
    public void the_published_customer_1516_is_foreseen()
    {
        // Published from the printed parameters: with all digits of the fit the first is 25.757.
        BuyingModel bg = new BetaGeometricModel(0.243, 4.414, 0.793, 2.426, LeavesAtStart: false), pareto = new ParetoModel(0.553, 10.578, 0.606, 11.669);
        Math.Round(bg.ExpectedPurchases(Customer1516, 52), 3).ShouldBe(25.756, 1e-9);
        // The search that printed 25.456 stopped a little before the peak: 25.457 from the printed parameters, 25.455 from the exact ones.
        pareto.ExpectedPurchases(Customer1516, 52).ShouldBe(25.456, 0.0015);
        BuyingFit.Of(BuyingModelKind.ParetoNbd, BuyingTable.Of(Cdnow.Customers())).Model.ExpectedPurchases(Customer1516, 52).ShouldBe(25.456, 0.0015);
        Math.Round(bg.ChanceAlive(Customer1516), 5).ShouldBe(0.96885, 1e-9);
        Math.Round(pareto.ChanceAlive(Customer1516), 5).ShouldBe(0.99787, 1e-9);
    }

    [Fact]
    public void two_hundred_purchases_and_none_are_both_counted_right()
    {
        Mbg.LogLikelihood(new BuyingSummary(200, 38, 40)).ShouldBe(100.7869, 5e-5);
        Bg.LogLikelihood(new BuyingSummary(200, 38, 40)).ShouldBe(100.795693, 5e-7);
        Mbg.LogLikelihood(new BuyingSummary(0, 0, 40)).ShouldBe(-0.41792826, 5e-9);
        Bg.LogLikelihood(new BuyingSummary(0, 0, 40)).ShouldBe(-0.59947382, 5e-9);
        Mbg.LogLikelihood(new BuyingSummary(5000, 38, 40)).ShouldBeGreaterThan(1000);
        Mbg.ChanceAlive(new BuyingSummary(5000, 1, 40)).ShouldBe(0);
    }

    [Theory]
    [InlineData(0.553, 10.578, 0.606, 11.669, 26, 30.857, 31, -39.131624745691, 0.997872034928)]
    [InlineData(0.5, 100, 0.9, 0.1, 3, 1, 40, -15.501983710281, 0.0141628023955)]
    [InlineData(2, 0.01, 0.3, 50, 5, 10, 40, -23.631364279386, 0.0067381704322)]
    [InlineData(0.25, 4, 0.8, 2.5, 200, 38, 40, 102.1500134886, 0.0205637169784)]
    [InlineData(1.5, 7, 0.4, 7, 0, 0, 100, -1.5372828831338, 0.0261511367478)]
    [InlineData(0.25, 4, 0.8, 2.5, 200, 1, 40, 530.5833864488908, 1.76543559284e-188)]
    public void pareto_keeps_its_digits_where_the_hypergeometric_difference_cancels(double r, double alpha, double s, double beta, int x, double recency, double age, double likelihood, double alive)
    {
        var customer = new BuyingSummary(x, recency, age);
        var model = new ParetoModel(r, alpha, s, beta);
        model.LogLikelihood(customer).ShouldBe(likelihood, Math.Abs(likelihood) * 2e-13);
        model.ChanceAlive(customer).ShouldBe(alive, alive * 1e-9);
    }

    [Theory]
    [InlineData(0.243, 4.414, 0.793, 2.426, 26, 31, 52, false, 26.584559702378)]
    [InlineData(0.525, 6.183, 0.891, 1.614, 26, 31, 52, true, 24.859946641438)]
    [InlineData(0.525, 6.183, 0.891, 1.614, 0, 38.86, 1000, true, 3.7926191143846)]
    [InlineData(0.25, 4, 1.0000001, 2.5, 200, 40, 52, true, 156.99184258846)]
    [InlineData(3, 0.5, 2.5, 0.4, 40, 120, 3000, false, 27.72936869382)]
    public void any_horizon_is_foreseen_as_the_hypergeometric_formula_says(double r, double alpha, double a, double b, int x, double age, double horizon, bool mbg, double expected) =>
        new BetaGeometricModel(r, alpha, a, b, 1, mbg).ExpectedIfAlive(new BuyingSummary(x, x == 0 ? 0 : 1, age), horizon).ShouldBe(expected, expected * 1e-11);

    [Fact]
    public void what_comes_later_is_worth_less()
    {
        var model = new BetaGeometricModel(0.525, 6.183, 0.891, 1.614);
        (model.DiscountedPurchases(Customer1516, 520, 0.002) / model.ChanceAlive(Customer1516)).ShouldBe(64.72288338, 1e-6);
        model.DiscountedPurchases(Customer1516, 520, 0).ShouldBe(model.ExpectedPurchases(Customer1516, 520), 1e-9);
    }

    [Fact]
    public void a_rhythm_is_counted_in_ticks()
    {
        // Nobody leaves, and two ticks make a purchase: the renewal function of Erlang-2 gaps is known, t·λ/2 ∓ (1 − e^(−2λt))/4, mixed over Gamma rates.
        var model = new BetaGeometricModel(0.7, 3, 1e-13, 1, 2);
        double Mixed(double m, double alpha, double t, int sign) => (m * t / alpha / 2) + (sign * (1 - Math.Pow(alpha / (alpha + (2 * t)), m)) / 4);
        model.ExpectedIfAlive(BuyingSummary.Newcomer, 5).ShouldBe(Mixed(0.7, 3, 5, -1), 1e-9);
        double m = 0.7 + 6, u = 2.0 / 6, expected = (Mixed(m, 6, 5, -1) + (m * u * Mixed(m + 1, 6, 5, 1))) / (1 + (m * u));
        model.ExpectedIfAlive(new BuyingSummary(3, 1, 3), 5).ShouldBe(expected, 1e-9);
    }

    [Fact]
    public void bg_never_sees_a_one_time_buyer_leave()
    {
        Bg.ChanceAlive(new BuyingSummary(0, 0, 10_000)).ShouldBe(1);
        Mbg.ChanceAlive(new BuyingSummary(0, 0, 10_000)).ShouldBeLessThan(0.4);
    }

    [Fact]
    public void even_gaps_are_recognised_and_chance_gaps_are_not_taken_for_them()
    {
        var cdnow = BuyingTable.Of(Cdnow.Customers());
        BuyingFit.Of(BuyingModelKind.MbgCnbd, cdnow).LogLikelihood.ShouldBeLessThan(BuyingFit.Of(BuyingModelKind.MbgNbd, cdnow).LogLikelihood);
        // Gaps of 28 or 32 days, and everybody stops at some time.
        var even = BuyingTable.Of([.. Enumerable.Range(0, 400).Select(n => new BuyingSummary(n % 9, n % 9 * 30, 300, n % 9 * (Math.Log(28) + Math.Log(32)) / 2))]);
        var fit = BuyingFit.Of(BuyingModelKind.MbgCnbd, even);
        fit.Model.Regularity.ShouldBeGreaterThan(3);
        fit.LogLikelihood.ShouldBeGreaterThan(BuyingFit.Of(BuyingModelKind.MbgNbd, even).LogLikelihood + 100);
    }

    [Fact]
    public void where_nobody_leaves_the_fit_says_so()
    {
        // Bought evenly until today, whoever they are.
        var table = BuyingTable.Of([.. Enumerable.Range(0, 500).Select(n => new BuyingSummary(1 + (n % 20), 300 - (n % 3), 301))]);
        foreach (var kind in new[] { BuyingModelKind.BgNbd, BuyingModelKind.MbgNbd, BuyingModelKind.ParetoNbd })
            BuyingFit.Of(kind, table).Trouble.ShouldBe(FitTrouble.NobodyLeaves, $"{kind}");
    }

    [Fact]
    public void what_cannot_be_a_customer_is_refused()
    {
        foreach (var customer in new BuyingSummary[] { new(1, 5, 4), new(0, 1, 4), new(2, 0, 4), new(-1, 0, 4), new(1, double.NaN, 4), new(1, 1, double.PositiveInfinity) })
            Should.Throw<ArgumentException>(() => BuyingTable.Of([customer]));
        Should.Throw<ArgumentException>(() => BuyingTable.Of([]));
    }
}
