namespace Regard.Changes;

[Trait("req", "C2")]
public sealed class ImpactTests
{
    private static readonly LocalDate Today = new(2026, 11, 22);
    private static readonly Guid Mug = Ids.Of(Instant.FromUnixTimeSeconds(1), "product", "mug");
    private static readonly Guid Lamp = Ids.Of(Instant.FromUnixTimeSeconds(2), "product", "lamp");
    private static readonly Guid Vase = Ids.Of(Instant.FromUnixTimeSeconds(3), "product", "vase");

    private static Change Rise(long before = 100, long after = 108, string currency = "GBP") => new()
    {
        Id = Vase,
        Kind = ChangeKind.Price,
        Title = "Mugs cost more",
        Reason = "Clay costs more.",
        EffectiveOn = new(2027, 1, 1),
        Currency = currency,
        Products = [new ProductChange(Mug, "MUG", "Mug") { OldPriceMinor = before, NewPriceMinor = after }],
    };

    private static Change Gone(Guid? replacement = null) => new()
    {
        Id = Vase,
        Kind = ChangeKind.Discontinued,
        Title = "No more mugs",
        Reason = "The potter retires.",
        EffectiveOn = new(2027, 1, 1),
        Currency = Change.AnyCurrency,
        Products = [new ProductChange(Mug, "MUG", "Mug") { ReplacementId = replacement }],
    };

    /// <summary>Two mugs a month at one pound, and as much again of other things.</summary>
    private static CustomerHistory Regular(int months = 12, int problems = 0) => new()
    {
        CustomerId = Lamp,
        Currency = "GBP",
        FirstMonth = new YearMonth(2026, 11).PlusMonths(-months),
        SpendMinor = 400L * months,
        SpendThisMonthMinor = 0,
        Months = [.. Enumerable.Range(1, months).Select(n => new ProductMonth(Mug, new YearMonth(2026, 11).PlusMonths(-n), 2, 200))],
        OpenProblems = problems,
    };

    [Fact]
    public void every_component_follows_from_the_customers_own_purchases()
    {
        var impact = Impact.Of(Regular(), Rise(), Today)!;
        impact.SpendMinor.ShouldBe(4800);
        impact.AffectedSpendMinor.ShouldBe(2400);
        impact.ExtraCostMinor.ShouldBe(192);
        impact.Components.ShareOfSpend.ShouldBe(0.5);
        impact.Components.RelativeRise.ShouldBe(0.08);
        impact.Components.Regularity.ShouldBe(1);
        impact.Components.Replacement.ShouldBe(Replacement.NotNeeded);
        impact.Components.IsScaled.ShouldBeFalse();
        impact.Components.Products.Single().Quantity.ShouldBe(24);
        impact.ChanceOfLeaving.ShouldBe(1 / (1 + Math.Exp(4 - 1 - 0.64 - 0.8)), 1e-12);
        impact.ExpectedLossMinor.ShouldBe((long)Math.Round(impact.ChanceOfLeaving * (2400 + (0.5 * 2400))));
        impact.Components.RuleVersion.ShouldBe(StatedPrior.Version);
    }

    [Fact]
    public void a_history_of_half_a_year_is_scaled_and_says_so()
    {
        var impact = Impact.Of(Regular(months: 6), Rise(), Today)!;
        impact.AffectedSpendMinor.ShouldBe(2400);
        impact.Components.MonthsKnown.ShouldBe(6);
        impact.Components.IsScaled.ShouldBeTrue();
    }

    [Fact]
    public void one_large_first_order_is_not_multiplied_by_twelve()
    {
        var newcomer = Regular(months: 1) with { Months = [new(Mug, new(2026, 10), 100, 10_000)], SpendMinor = 10_000 };
        var impact = Impact.Of(newcomer, Rise(), Today)!;
        impact.AffectedSpendMinor.ShouldBe(40_000);
        impact.Components.MonthsKnown.ShouldBe(UsualMonths.ShortestHistory);
    }

    [Fact]
    public void who_is_new_this_month_is_affected_too()
    {
        var newcomer = Regular() with { FirstMonth = new(2026, 11), Months = [new(Mug, new(2026, 11), 3, 300)], SpendMinor = 0, SpendThisMonthMinor = 600 };
        var impact = Impact.Of(newcomer, Rise(), Today)!;
        impact.AffectedSpendMinor.ShouldBe(1200);
        impact.Components.ShareOfSpend.ShouldBe(0.5);
    }

    [Fact]
    public void what_was_bought_longer_ago_than_a_year_does_not_count()
    {
        Impact.Of(Regular() with { Months = [new(Mug, new(2025, 10), 100, 10_000)] }, Rise(), Today).ShouldBeNull();
        Impact.Of(Regular() with { Months = [new(Mug, new(2025, 11), 100, 10_000)] }, Rise(), Today).ShouldNotBeNull();
    }

    [Fact]
    public void what_was_all_given_back_does_not_count() =>
        Impact.Of(Regular() with { Months = [new(Mug, new(2026, 5), 10, 1000), new(Mug, new(2026, 6), -10, -1000)] }, Rise(), Today).ShouldBeNull();

    [Fact]
    public void who_buys_in_another_currency_is_not_affected_by_a_price_but_is_by_a_discontinued_product()
    {
        var inEuro = Regular() with { Currency = "EUR" };
        Impact.Of(inEuro, Rise(), Today).ShouldBeNull();
        Impact.Of(inEuro, Gone(), Today)!.Currency.ShouldBe("EUR");
    }

    [Fact]
    public void a_lower_price_puts_nobody_at_risk()
    {
        var impact = Impact.Of(Regular(problems: 3), Rise(after: 90), Today)!;
        impact.ExtraCostMinor.ShouldBe(-240);
        impact.ChanceOfLeaving.ShouldBe(0);
        impact.ExpectedLossMinor.ShouldBe(0);
    }

    [Fact]
    public void no_replacement_is_worse_than_one_and_one_that_is_known_is_best()
    {
        var knows = Regular() with { Months = [.. Regular().Months, new(Lamp, new(2026, 9), 1, 500)] };
        var (none, offered, known) = (Impact.Of(Regular(), Gone(), Today)!, Impact.Of(Regular(), Gone(Lamp), Today)!, Impact.Of(knows, Gone(Lamp), Today)!);
        none.Components.Replacement.ShouldBe(Replacement.None);
        offered.Components.Replacement.ShouldBe(Replacement.Offered);
        known.Components.Replacement.ShouldBe(Replacement.AlreadyBought);
        none.ChanceOfLeaving.ShouldBeGreaterThan(offered.ChanceOfLeaving);
        offered.ChanceOfLeaving.ShouldBeGreaterThan(known.ChanceOfLeaving);
        none.ExtraCostMinor.ShouldBe(0);
    }

    [Fact]
    public void a_wholesale_buyers_own_price_rises_at_the_same_rate()
    {
        var wholesale = Regular() with { Months = [.. Regular().Months.Select(m => m with { SpendMinor = m.SpendMinor / 2 })] };
        Impact.Of(wholesale, Rise(), Today)!.ExtraCostMinor.ShouldBe(96);
    }

    [Fact]
    [Trait("req", "C3")]
    public void the_chance_rises_with_every_component()
    {
        double[] parts = [0, 0.01, 0.1, 0.5, 0.9, 1];
        foreach (var (share, rise, regularity) in from s in parts from r in parts from g in parts select (s, r, g))
        {
            foreach (var problems in Enumerable.Range(0, 4))
            {
                foreach (var replacement in Enum.GetValues<Replacement>())
                {
                    var chance = StatedPrior.Chance(share, rise, regularity, problems, replacement);
                    chance.ShouldBeInRange(0.0001, 0.99999);
                    StatedPrior.Chance(share + 0.1, rise, regularity, problems, replacement).ShouldBeGreaterThanOrEqualTo(chance);
                    StatedPrior.Chance(share, rise + 0.1, regularity, problems, replacement).ShouldBeGreaterThanOrEqualTo(chance);
                    StatedPrior.Chance(share, rise, regularity + 0.1, problems, replacement).ShouldBeGreaterThanOrEqualTo(chance);
                    StatedPrior.Chance(share, rise, regularity, problems + 1, replacement).ShouldBeGreaterThanOrEqualTo(chance);
                    if (replacement < Replacement.None) StatedPrior.Chance(share, rise, regularity, problems, replacement + 1).ShouldBeGreaterThan(chance);
                }
            }
        }
    }

    [Fact]
    public void the_published_examples_hold()
    {
        StatedPrior.Chance(0.25, 0.08, 1, 0, Replacement.NotNeeded).ShouldBe(0.11, 0.005);
        StatedPrior.Chance(0.5, 0, 1, 0, Replacement.None).ShouldBe(0.55, 0.005);
    }
}
