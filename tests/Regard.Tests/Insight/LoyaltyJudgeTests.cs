namespace Regard.Insight;

/// <summary>Who judges, when the models are learned anew, and what the plots show.</summary>
[Trait("req", "L2")]
public sealed class LoyaltyJudgeTests
{
    private static readonly BetaGeometricModel Mbg = new(0.6, 40, 0.9, 1.6);

    [Fact]
    [Trait("req", "L3")]
    public void the_day_on_which_somebody_becomes_a_leaver_is_known_at_their_last_purchase()
    {
        var judge = LoyaltyJudge.Of(Mbg);
        foreach (var customer in new BuyingSummary[] { new(40, 400, 400), new(3, 300, 300), new(12, 90, 90) })
        {
            var day = judge.LeavesAfter(customer)!.Value;
            bool IsLeaving(int silence) => LoyaltyStory.Of(judge, customer with { Age = customer.Recency + silence }, 90).IsLeaving;
            IsLeaving(day - 1).ShouldBeFalse();
            IsLeaving(day).ShouldBeTrue();
            // Whenever it is looked at, it is the same day.
            judge.LeavesAfter(customer with { Age = customer.Recency + 7 }).ShouldBe(day);
        }
        judge.LeavesAfter(new BuyingSummary(0, 0, 10)).ShouldBeNull();
        judge.LeavesAfter(new BuyingSummary(40, 400, 400))!.Value.ShouldBeLessThan(judge.LeavesAfter(new BuyingSummary(3, 300, 300))!.Value);
    }

    [Fact]
    public void what_a_year_is_worth_does_not_change_while_somebody_is_silent_and_what_is_expected_does()
    {
        var judge = LoyaltyJudge.Of(Mbg) with { Spend = new Dictionary<string, SpendModel> { ["EUR"] = new(6, 4, 15) } };
        BuyingSummary early = new(10, 200, 200), late = new(10, 200, 500);
        judge.YearValue(early, "EUR", new Spending(11, 40)).ShouldBe(judge.YearValue(late, "EUR", new Spending(11, 40)));
        judge.Expected(late, 365).ShouldBeLessThan(judge.Expected(early, 365) / 2);
        // In a currency of which nothing was learned their own mean counts, and without purchases nothing.
        (judge.ExpectedSpend("GBP", new Spending(3, 25)), judge.ExpectedSpend("GBP", default)).ShouldBe((25, 0));
    }

    [Fact]
    public void a_rhythm_without_leaving_is_the_limit_of_one_with_it()
    {
        // Each has a rate of their own and keeps it until now, with gaps of two days more or less.
        var table = BuyingTable.Of([.. Enumerable.Range(0, 400).Select(n => (Times: 1 + (n % 9), Gap: 15 + (n % 7 * 12))).Select((c, n) => new BuyingSummary(
            c.Times, c.Times * c.Gap, (c.Times * c.Gap) + (n % c.Gap), c.Times * (Math.Log(c.Gap - 2) + Math.Log(c.Gap + 2)) / 2))]);
        var plain = BuyingFit.Of(BuyingModelKind.Cnbd, table, 1);
        plain.LogLikelihood.ShouldBe(BuyingFit.Of(BuyingModelKind.Nbd, table).LogLikelihood, 1e-6);
        var rhythm = BuyingFit.Of(BuyingModelKind.Cnbd, table);
        rhythm.LogLikelihood.ShouldBeGreaterThan(plain.LogLikelihood + 100);
        (rhythm.Trouble, rhythm.GradientNorm < 1e-6).ShouldBe((FitTrouble.None, true));
    }

    [Theory]
    [InlineData(1000, 1000, false)]
    [InlineData(1000, 1120, false)]
    [InlineData(1000, 1300, true)]
    [InlineData(1000, 700, true)]
    [InlineData(12, 20, false)]
    [InlineData(0, 0, false)]
    public void models_are_learned_anew_when_more_or_less_comes_than_chance_allows(double expected, long real, bool isDrifted) => new Drift(expected, real).IsDrifted.ShouldBe(isDrifted);

    [Fact]
    public void between_two_weeks_the_expected_purchases_grow_evenly()
    {
        double[] weeks = [70, 130, 180];
        (Drift.ExpectedAfter(0, weeks), Drift.ExpectedAfter(3.5, weeks), Drift.ExpectedAfter(7, weeks), Drift.ExpectedAfter(10.5, weeks), Drift.ExpectedAfter(90, weeks)).ShouldBe((0, 35, 70, 100, 180));
    }

    [Fact]
    public void customers_gathered_one_by_one_are_those_of_a_list()
    {
        var customers = Enumerable.Range(0, 5000).Select(n => new BuyingSummary(n % 7, n % 7 == 0 ? 0 : 1 + (n % 13), 20 + (n % 11), n % 3)).ToArray();
        var tally = new BuyingTally();
        foreach (var customer in customers) tally.Add(customer);
        (tally.Customers, tally.Rows).ShouldBe((5000, BuyingTable.Of(customers).Rows));
        new CnbdModel(0.6, 9, 2).LogLikelihood(tally.ToTable()).ShouldBe(new CnbdModel(0.6, 9, 2).LogLikelihood(BuyingTable.Of(customers)), 1e-9);
        Should.Throw<InvalidOperationException>(() => new BuyingTally().ToTable());
        Should.Throw<ArgumentException>(() => tally.Add(new BuyingSummary(1, 5, 4)));
    }

    [Fact]
    public void the_plots_of_a_true_model_meet_what_they_show()
    {
        // Whoever is drawn from a model comes back as often as it expects.
        foreach (var model in new BuyingModel[] { Mbg, new NbdModel(0.5, 30), new CnbdModel(0.7, 12, 3), new ParetoModel(0.6, 30, 0.7, 90) })
        {
            var shares = Simulation.Repeats(model, [(200, 1)], 400);
            shares.Sum().ShouldBe(1, 1e-9);
            shares.Select((share, n) => share * n).Sum().ShouldBe(model.ExpectedPurchases(BuyingSummary.Newcomer, 200), model.ExpectedPurchases(BuyingSummary.Newcomer, 200) * 0.06, $"{model.Kind}");
        }
        var weeks = Tracking.Weeks(Mbg, [100, 0, 50, 0, 0, 0, 0, 0]);
        weeks.Sum().ShouldBe((100 * Mbg.ExpectedPurchases(BuyingSummary.Newcomer, 7 * 7.5)) + (50 * Mbg.ExpectedPurchases(BuyingSummary.Newcomer, 7 * 5.5)), 1e-9);
    }
}
