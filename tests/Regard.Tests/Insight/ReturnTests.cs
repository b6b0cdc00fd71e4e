using Regard.Kit;

namespace Regard.Insight;

/// <summary>What comes back beyond chance, and nothing else, is said.</summary>
[Trait("req", "M11")]
public sealed class ReturnTests
{
    private static readonly LocalDate Monday = new(2026, 1, 5);

    [Fact]
    public void a_bad_batch_among_ordinary_ones_is_found_and_the_small_ones_are_not_accused()
    {
        // Ordinary things come back in about 4 of 100; thing 0 in 33; thing 1 was sold twice and came back once.
        ReturnCount[] counts = [new(Id(0), 120, 40, 400_000), new(Id(1), 2, 1), .. Enumerable.Range(2, 60).Select(n => new ReturnCount(Id(n), 100 + (n * 7), 3 + (n % 5) + (n * 7 / 25)))];
        var (usual, each) = ReturnRates.Of(counts);
        usual.Usual.ShouldBeInRange(0.03, 0.065);
        each.Where(r => r.StandsOut).ShouldHaveSingleItem().Count.Key.ShouldBe(Id(0));
        each[0].Low.ShouldBeGreaterThan(0.2);
        each[0].ExcessCostMinor.ShouldBeInRange(300_000, 380_000);
        each[1].Rate.ShouldBeLessThan(0.15);
    }

    [Fact]
    public void things_that_are_all_alike_are_accused_no_more_often_than_was_promised()
    {
        var dice = new Dice(4);
        var accused = 0;
        for (var shop = 0; shop < 25; shop++)
        {
            var counts = Enumerable.Range(0, 40).Select(n => new ReturnCount(Id(n), 200, Enumerable.Range(0, 200).Count(_ => (dice.Next() >> 11) < 0.05 * (1UL << 53)))).ToArray();
            if (ReturnRates.Of(counts).Each.Any(r => r.StandsOut)) accused++;
        }
        accused.ShouldBeLessThan(5);
    }

    [Fact]
    public void shops_without_returns_or_with_nothing_else_are_no_trouble()
    {
        ReturnRates.Of([]).Each.ShouldBeEmpty();
        ReturnRates.Of([new(Id(0), 10, 0), new(Id(1), 5, 0)]).Each.ShouldAllBe(r => !r.StandsOut && r.Rate < 0.1);
        ReturnRates.Of([new(Id(0), 10, 10), new(Id(1), 5, 5)]).Each.ShouldAllBe(r => !r.StandsOut && r.Rate > 0.5);
        ReturnRates.Of([new(Id(0), 0, 0)]).Each.ShouldBeEmpty();
    }

    [Fact, Trait("pace", "long")]
    public void two_absurd_outliers_in_online_retail_change_no_other_finding()
    {
        var (whole, tamed) = OnlineRetail();
        whole.Single(c => c.Name == "23843").Count.Returned.ShouldBe(1);
        var (with, without) = (Found(whole), Found(tamed));
        with.Count.ShouldBeGreaterThan(5);
        with.Except(without).Concat(without.Except(with)).ShouldBeEmpty();
        with.ShouldNotContain("23843");
        with.ShouldNotContain("23166");
    }

    [Fact]
    public void the_week_in_which_the_rate_rose_and_the_week_in_which_it_fell_are_named()
    {
        var periods = Enumerable.Range(0, 60).Select(n => new PeriodCount(Monday.PlusWeeks(n), 80 + (n % 7), n is >= 26 and < 35 ? 20 + (n % 3) : 3 + (n % 3))).ToArray();
        var found = ChangePoint.Find(periods);
        found.Select(c => c.On).ShouldBe([Monday.PlusWeeks(26), Monday.PlusWeeks(35)]);
        found.ShouldAllBe(c => c.PValue <= 0.01 && c.LogLikelihoodRatio > 20);
        found[0].After.ShouldBeGreaterThan(3 * found[0].Before);
        ChangePoint.Find([.. periods.Where((_, n) => n is < 26 or >= 35)]).ShouldBeEmpty();
        ChangePoint.Find([]).ShouldBeEmpty();
    }

    [Fact]
    public void false_discovery_is_adjusted_as_benjamini_and_hochberg_say() =>
        FalseDiscovery.Adjust([0.01, 0.04, 0.03, 0.005, 0.9]).ShouldBe([0.025, 0.05, 0.05, 0.025, 0.9], 1e-12);

    [Fact]
    public void a_family_of_questions_is_adjusted_as_holm_says() =>
        FamilyWise.Adjust([0.01, 0.04, 0.03, 0.005]).ShouldBe([0.03, 0.06, 0.06, 0.02], 1e-12);

    [Fact]
    public void surveillance_warns_soon_after_a_change_for_the_worse_and_seldom_without_one()
    {
        var chart = RiskCusum.For(2, 0.05, 2000);
        chart.RunLength(0.05).ShouldBe(2000, 20);
        // The chain against real runs.
        var (quiet, dice) = (0L, new Dice(7));
        for (var run = 0; run < 400; run++) quiet += Run(chart, 0.05, 0.05, ref dice);
        (quiet / 400.0).ShouldBeInRange(1700, 2300);
        var soon = 0L;
        for (var run = 0; run < 400; run++) soon += Run(chart, 0.05, 0.2, ref dice);
        (soon / 400.0).ShouldBeLessThan(60);
    }

    private static int Run(RiskCusum chart, double risk, double real, ref Dice dice)
    {
        var sum = 0.0;
        for (var n = 1; ; n++)
        {
            sum = chart.Next(sum, risk, (dice.Next() >> 11) < real * (1UL << 53));
            if (chart.IsAlarm(sum)) return n;
        }
    }

    private static List<string> Found(List<(string Name, ReturnCount Count)> counts)
    {
        var names = counts.ToDictionary(c => c.Count.Key, c => c.Name);
        return [.. ReturnRates.Of(counts.Select(c => c.Count)).Each.Where(r => r.StandsOut).Select(r => names[r.Count.Key]).Order(StringComparer.Ordinal)];
    }

    // Lines sold and lines returned of each article. The two outliers: 80,995 paper birds and 74,215 jars, each bought and returned by one customer.
    private static (List<(string Name, ReturnCount Count)> Whole, List<(string Name, ReturnCount Count)> Tamed) OnlineRetail()
    {
        Dictionary<string, (int Sold, int Returned)> whole = [], tamed = [];
        foreach (var line in SharedData.Lines("onlineretail/online_retail.csv.gz").Skip(1))
        {
            var code = line.Split(',', 3);
            if (code.Length < 3) continue;
            var isReturn = code[0].StartsWith('C');
            Add(whole);
            if (!code[2].Contains("80995,", StringComparison.Ordinal) && !code[2].Contains("74215,", StringComparison.Ordinal)) Add(tamed);

            void Add(Dictionary<string, (int Sold, int Returned)> counts)
            {
                var (sold, returned) = counts.GetValueOrDefault(code[1]);
                counts[code[1]] = isReturn ? (sold, returned + 1) : (sold + 1, returned);
            }
        }
        return (Counts(whole), Counts(tamed));
    }

    private static List<(string Name, ReturnCount Count)> Counts(Dictionary<string, (int Sold, int Returned)> counts) =>
        [.. counts.Where(c => c.Value.Sold > 0).OrderBy(c => c.Key, StringComparer.Ordinal).Select((c, n) => (c.Key, new ReturnCount(Id(n), c.Value.Sold, Math.Min(c.Value.Sold, c.Value.Returned))))];

    private static Guid Id(int n) => new($"00000000-0000-7000-8000-{n:x12}");
}
