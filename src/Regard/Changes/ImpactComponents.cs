namespace Regard.Changes;

/// <summary>The parts of an <see cref="Impact"/>, as staff see them.</summary>
public sealed record ImpactComponents
{
    /// <summary>The changed products' share of the customer's spend, 0 to 1.</summary>
    public double ShareOfSpend { get; init; }

    /// <summary>Extra cost by affected spend; 0 when nothing becomes dearer. 0.08 = eight per cent.</summary>
    public double RelativeRise { get; init; }

    /// <summary>In how many of the known months at least one of the products was bought.</summary>
    public required int MonthsBought { get; init; }

    /// <summary>On how many months all this rests, 3 to 12; below 12 every amount was scaled up to a year.</summary>
    public required int MonthsKnown { get; init; }

    /// <summary>The worst case among the products the customer loses.</summary>
    public required Replacement Replacement { get; init; }

    /// <summary>How many of the customer's cases are open.</summary>
    public required int OpenProblems { get; init; }

    /// <summary>Whether the customer's silence was unusual for them already before the change; records of older rules say false.</summary>
    public bool IsSilent { get; init; }

    /// <summary>The products that this customer buys, each with its own figures.</summary>
    public required IReadOnlyList<ProductImpact> Products { get; init; }

    /// <summary>Which published rule gave the chance.</summary>
    public required string RuleVersion { get; init; }

    /// <summary>How regularly the products are bought, 0 to 1.</summary>
    public double Regularity => Math.Min(1, (double)MonthsBought / MonthsKnown);

    /// <summary>Whether the customer's history is shorter than a year, so that the amounts are an estimate.</summary>
    public bool IsScaled => MonthsKnown < 12;

    /// <summary>The chance that follows from these parts alone.</summary>
    public double Chance()
    {
        var chance = StatedPrior.Chance(ShareOfSpend, RelativeRise, Regularity, OpenProblems, Replacement);
        return IsSilent ? StatedPrior.WhenSilent(chance) : chance;
    }
}

/// <summary>What a change to one product means for one customer, in a usual year.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">Pieces of a year.</param>
/// <param name="SpendMinor">Money for them at the customer's own present prices: who has a discount keeps it.</param>
/// <param name="ExtraCostMinor">What they cost more after the change: spend × (new price − old price) / old price.</param>
/// <param name="Replacement">What there is to buy instead.</param>
public sealed record ProductImpact(Guid ProductId, long Quantity, long SpendMinor, long ExtraCostMinor, Replacement Replacement)
{
    /// <summary>Null when the customer bought none, or gave all of it back.</summary>
    internal static ProductImpact? Of(ProductChange product, CustomerHistory history, UsualMonths months)
    {
        var (quantity, spend) = Bought(product.ProductId, history, months);
        if (quantity <= 0) return null;
        var paid = Math.Max(0, spend);
        var extra = product is { OldPriceMinor: > 0 and var before, NewPriceMinor: { } after } ? (decimal)paid * (after - before) / before : 0;
        return new ProductImpact(product.ProductId, months.AYear(quantity), months.AYear(paid), months.AYear(extra), ReplacementOf(product, history, months));
    }

    private static Replacement ReplacementOf(ProductChange product, CustomerHistory history, UsualMonths months)
    {
        if (product.NewPriceMinor is not null) return Replacement.NotNeeded;
        if (product.ReplacementId is not { } id) return Replacement.None;
        return Bought(id, history, months).Quantity > 0 ? Replacement.AlreadyBought : Replacement.Offered;
    }

    private static (long Quantity, long Spend) Bought(Guid productId, CustomerHistory history, UsualMonths months)
    {
        long quantity = 0, spend = 0;
        foreach (var month in history.Months)
        {
            if (month.ProductId != productId || !months.Contains(month.Month)) continue;
            quantity += month.Quantity;
            spend += month.SpendMinor;
        }
        return (quantity, spend);
    }
}
