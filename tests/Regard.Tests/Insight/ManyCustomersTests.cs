namespace Regard.Insight;

/// <summary>The fast ways say what the plain ones say.</summary>
[Trait("req", "L2")]
public sealed class ManyCustomersTests
{
    [Fact]
    public void scores_of_many_are_those_of_each()
    {
        var customers = Enumerable.Range(0, 20_003).Select(n => new BuyingSummary(n % 9, n % 9 == 0 ? 0 : 1 + (n % 17), 20 + (n % 23))).ToArray();
        var spendings = customers.Select((_, n) => new Spending(n % 9, 10 + (n % 5))).ToArray();
        var spend = new SpendModel(6.25, 3.74, 15.44);
        foreach (var model in new BuyingModel[] { new NbdModel(0.4, 12), new BetaGeometricModel(0.25, 4, 0.8, 2.5, 1, false), new BetaGeometricModel(0.6, 2.3, 1.1, 1.5, 3), new ParetoModel(0.5, 10, 0.6, 12) })
        {
            var scores = new LoyaltyScore[customers.Length];
            Scoring.Score(new Foresight(model, spend, 13), customers, spendings, scores);
            for (var i = 0; i < customers.Length; i += 997)
            {
                scores[i].ChanceAlive.ShouldBe(model.ChanceAlive(customers[i]), 1e-13);
                scores[i].Expected.ShouldBe(model.ExpectedPurchases(customers[i], 13), 1e-12);
                scores[i].Value.ShouldBe(scores[i].Expected * spend.Expected(spendings[i].Purchases, spendings[i].Mean), 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40_000)]
    public void purchases_in_any_order_give_the_summaries_of_those_in_order(int spread)
    {
        var dice = new Dice(9);
        var rows = Enumerable.Range(0, 100_000).Select(_ => (Customer: dice.Below(5000) * spread, Day: dice.Below(700))).ToArray();
        var expected = rows.GroupBy(r => r.Customer).OrderBy(g => g.Key).Select(g =>
        {
            int[] days = [.. g.Select(r => r.Day).Distinct().Order()];
            return (g.Key, new BuyingSummary(days.Length - 1, (days[^1] - days[0]) / 7.0, (700 - days[0]) / 7.0));
        }).ToArray();
        List<(int, BuyingSummary)> found = [];
        BuyingDays.InAnyOrder([.. rows.Select(r => r.Customer)], [.. rows.Select(r => r.Day)], 700, 7, (customer, summary) => found.Add((customer, summary)));
        found.Count.ShouldBe(expected.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var (customer, summary) = found[i];
            (customer, summary.Repeats).ShouldBe((expected[i].Key, expected[i].Item2.Repeats));
            summary.Recency.ShouldBe(expected[i].Item2.Recency, 1e-12);
            summary.Age.ShouldBe(expected[i].Item2.Age, 1e-12);
            summary.IsPossible.ShouldBeTrue();
        }
    }

    [Fact]
    public void purchases_of_cdnow_give_its_published_summaries()
    {
        List<int> customers = [], days = [];
        foreach (var (id, purchases) in Cdnow.Purchases())
            foreach (var (day, _) in purchases.Where(p => p.Day <= Cdnow.End))
            {
                customers.Add(id);
                days.Add(Period.DaysBetween(new LocalDate(1997, 1, 1), day));
            }
        List<BuyingSummary> found = [];
        BuyingDays.InOrder([.. customers], [.. days], Period.DaysBetween(new LocalDate(1997, 1, 1), Cdnow.End), 7, (_, summary) => found.Add(summary));
        var published = Cdnow.Rounded();
        found.Count.ShouldBe(2357);
        for (var i = 0; i < published.Length; i++)
        {
            found[i].Repeats.ShouldBe(published[i].Repeats);
            found[i].Recency.ShouldBe(published[i].Recency, 0.0051);
            found[i].Age.ShouldBe(published[i].Age, 0.0051);
        }
    }

    [Fact]
    public void purchases_out_of_order_or_after_the_last_day_are_refused()
    {
        Should.Throw<ArgumentException>(() => BuyingDays.InOrder([1, 1], [5, 4], 9, 1, (_, _) => { }));
        Should.Throw<ArgumentException>(() => BuyingDays.InOrder([1, 1], [5, 10], 9, 1, (_, _) => { }));
        Should.Throw<ArgumentException>(() => BuyingDays.InAnyOrder([-1], [5], 9, 1, (_, _) => { }));
    }

    [Fact]
    [Trait("req", "V3")]
    public void uneven_groups_are_dealt_as_fairly_as_even_ones()
    {
        // Under no difference p-values are even: about one in ten below a tenth, whichever way the cards are dealt.
        foreach (var share in new[] { 2, 3, 7, 12 })
        {
            var dice = new Dice((ulong)share);
            var low = 0;
            for (var n = 0; n < 300; n++)
            {
                double[] values = [.. Enumerable.Range(0, 150).Select(_ => (double)dice.Below(1000))];
                if (PermutationTest.PValue(values.AsSpan(0, 150 / share), values.AsSpan(150 / share), 199) <= 0.1) low++;
            }
            low.ShouldBeInRange(14, 48);
        }
    }
}
