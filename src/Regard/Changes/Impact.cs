namespace Regard.Changes;

/// <summary>What a change means for one customer, measured on their own purchases; every part of the judgement is shown.</summary>
public sealed record Impact
{
    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>ISO 4217 code of every amount here.</summary>
    public required string Currency { get; init; }

    /// <summary>The customer's usual spend of a year, minor units.</summary>
    public required long SpendMinor { get; init; }

    /// <summary>The part of it that goes to the changed products.</summary>
    public required long AffectedSpendMinor { get; init; }

    /// <summary>What the change costs them more in a year at their usual volume; negative when it becomes cheaper; 0 when discontinued.</summary>
    public required long ExtraCostMinor { get; init; }

    /// <summary>The parts from which the chance follows.</summary>
    public required ImpactComponents Components { get; init; }

    /// <summary>Chance of buying less or leaving because of the change: 0 (a change in their favour) to below 1. See <see cref="StatedPrior"/>.</summary>
    public required double ChanceOfLeaving { get; init; }

    /// <summary>
    /// Spend of a year that the shop must expect to lose: chance × (affected spend + share of spend × the rest of the spend). Who reacts
    /// takes the affected products elsewhere, and the more these weigh, the more of the rest goes with them.
    /// </summary>
    public required long ExpectedLossMinor { get; init; }

    /// <summary>
    /// Measures a change. Null = not affected: none of the products was bought (and kept) in the usual months, in a currency that the
    /// change touches.
    /// </summary>
    /// <param name="history">The customer's purchases in one currency.</param>
    /// <param name="change">The change.</param>
    /// <param name="today">The day from which "the last twelve months" are counted back, in UTC.</param>
    public static Impact? Of(CustomerHistory history, Change change, LocalDate today)
    {
        if (!change.Touches(history.Currency)) return null;
        var months = UsualMonths.Of(history.FirstMonth, today);
        var products = change.Products.Select(product => ProductImpact.Of(product, history, months)).OfType<ProductImpact>().ToList();
        if (products.Count == 0) return null;
        var affected = products.Sum(p => p.SpendMinor);
        var seen = months.From == today.ToYearMonth() ? history.SpendThisMonthMinor : history.SpendMinor;
        var spend = Math.Max(affected, months.AYear(seen));
        var extra = products.Sum(p => p.ExtraCostMinor);
        var components = Weigh(history, months, products) with
        {
            ShareOfSpend = spend == 0 ? 0 : (double)affected / spend,
            RelativeRise = affected == 0 ? 0 : Math.Max(0, (double)extra / affected),
        };
        var chance = change.Kind == ChangeKind.Price && extra <= 0 ? 0 : components.Chance();
        return new Impact
        {
            CustomerId = history.CustomerId,
            Currency = history.Currency,
            SpendMinor = spend,
            AffectedSpendMinor = affected,
            ExtraCostMinor = extra,
            Components = components,
            ChanceOfLeaving = chance,
            ExpectedLossMinor = (long)Math.Round(chance * (affected + (components.ShareOfSpend * (spend - affected))), MidpointRounding.ToEven),
        };
    }

    private static ImpactComponents Weigh(CustomerHistory history, UsualMonths months, List<ProductImpact> products)
    {
        var ids = products.Select(p => p.ProductId).ToHashSet();
        var bought = history.Months.Where(m => m.Quantity > 0 && ids.Contains(m.ProductId) && months.Contains(m.Month)).Select(m => m.Month).Distinct().Count();
        return new ImpactComponents
        {
            MonthsBought = bought,
            MonthsKnown = months.Known,
            Replacement = products.Max(p => p.Replacement),
            OpenProblems = history.OpenProblems,
            IsSilent = history.IsSilent,
            Products = products,
            RuleVersion = StatedPrior.Version,
        };
    }
}
