using FsCheck;
using FsCheck.Fluent;

namespace Regard.Changes;

[Trait("req", "C2")]
public sealed class ImpactLaws
{
    private static readonly LocalDate Today = new(2026, 11, 22);
    private static readonly Guid[] Products = [.. Enumerable.Range(1, 6).Select(n => Ids.Of(Instant.FromUnixTimeSeconds(n), "product", $"{n}"))];

    private static readonly Gen<CustomerHistory> Histories =
        from months in (
            from product in Gen.Choose(0, 4)
            from ago in Gen.Choose(0, 14)
            from quantity in Gen.Choose(-5, 40)
            from price in Gen.Choose(0, 500)
            select new ProductMonth(Products[product], new YearMonth(2026, 11).PlusMonths(-ago), quantity, (long)quantity * price)).ListOf()
        from rest in Gen.Choose(0, 100_000)
        from since in Gen.Choose(0, 20)
        from problems in Gen.Choose(0, 5)
        select new CustomerHistory
        {
            CustomerId = Products[0],
            Currency = "GBP",
            FirstMonth = new YearMonth(2026, 11).PlusMonths(-since),
            SpendMinor = months.Where(m => m.Month < new YearMonth(2026, 11)).Sum(m => m.SpendMinor) + rest,
            SpendThisMonthMinor = months.Where(m => m.Month == new YearMonth(2026, 11)).Sum(m => m.SpendMinor),
            Months = [.. months],
            OpenProblems = problems,
        };

    private static Change Price(params int[] which) => new()
    {
        Id = Products[0],
        Kind = ChangeKind.Price,
        Title = "t",
        Reason = "r",
        EffectiveOn = Today.PlusDays(60),
        Currency = "GBP",
        Products = [.. which.Select(n => new ProductChange(Products[n], $"{n}", $"{n}") { OldPriceMinor = 100, NewPriceMinor = 110 + n })],
    };

    [Fact]
    public void a_product_the_customer_never_bought_changes_nothing() => Holds(history =>
        Shown(Impact.Of(history, Price(0, 1), Today)) == Shown(Impact.Of(history, Price(0, 1, 5), Today)));

    [Fact]
    public void shares_and_chances_stay_within_their_bounds() => Holds(history => Impact.Of(history, Price(0, 1, 2), Today) is not { } impact
        || (impact.Components.ShareOfSpend is >= 0 and <= 1 && impact.Components.Regularity is >= 0 and <= 1 && impact.ChanceOfLeaving is >= 0 and < 1
            && impact.ExpectedLossMinor >= 0 && impact.ExpectedLossMinor <= impact.SpendMinor && impact.AffectedSpendMinor <= impact.SpendMinor));

    [Fact]
    public void a_higher_rise_never_costs_the_shop_less() => Holds(history =>
    {
        var lower = Impact.Of(history, Price(1), Today);
        var higher = Impact.Of(history, Price(1) with { Products = [new(Products[1], "1", "1") { OldPriceMinor = 100, NewPriceMinor = 150 }] }, Today);
        return (lower is null) == (higher is null) && (lower?.ExpectedLossMinor ?? 0) <= (higher?.ExpectedLossMinor ?? 0);
    });

    [Fact]
    public void an_open_problem_never_lowers_the_loss() => Holds(history =>
        (Impact.Of(history, Price(0), Today)?.ExpectedLossMinor ?? 0) <= (Impact.Of(history with { OpenProblems = history.OpenProblems + 1 }, Price(0), Today)?.ExpectedLossMinor ?? 0));

    [Fact]
    [Trait("req", "C3")]
    public void an_unusual_silence_never_lowers_the_loss_and_never_makes_it_certain() => Holds(history =>
        Impact.Of(history with { IsSilent = false }, Price(0), Today) is not { } usual || Impact.Of(history with { IsSilent = true }, Price(0), Today) is not { } silent
        || (usual.ExpectedLossMinor <= silent.ExpectedLossMinor && usual.ChanceOfLeaving <= silent.ChanceOfLeaving && silent.ChanceOfLeaving < 1));

    private static string Shown(Impact? impact) => impact is null
        ? "not affected"
        : $"{impact with { Components = impact.Components with { Products = [] } }} {string.Join(";", impact.Components.Products)}".Replace("System.Object[]", "", StringComparison.Ordinal);

    private static void Holds(Func<CustomerHistory, bool> law) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Histories.ToArbitrary(), law));
}
