namespace Regard.Insight;

/// <summary>What the last look at returns said of one thing; rates and bounds from 0 to 1.</summary>
public sealed record ReturnRateRow
{
    /// <summary>batch, product, supplier, size, carrier or region.</summary>
    public string Dimension { get; init; } = "";

    /// <summary>The thing's own key; see <see cref="ReturnThing"/>.</summary>
    public string Thing { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Order lines.</summary>
    public long Sold { get; init; }

    /// <summary>Of these lines.</summary>
    public long Returned { get; init; }

    /// <summary>Returns, were it like the others.</summary>
    public double Expected { get; init; }

    /// <summary>As it came back, before any shrinking.</summary>
    public double Plain => Sold == 0 ? 0 : (double)Returned / Sold;

    /// <summary>Shrunken.</summary>
    public double Rate { get; init; }
    public double Low { get; init; }
    public double High { get; init; }

    /// <summary>The chance of so many by luck, adjusted for all that was looked at.</summary>
    public double Adjusted { get; init; }

    public string Currency { get; init; } = "";
    public long CostMinor { get; init; }

    /// <summary>Of the cost, what is beyond the usual.</summary>
    public long ExcessMinor { get; init; }
    public bool StandsOut { get; init; }

    /// <summary>The finding that explains what is unusual about it, for people.</summary>
    public string? Because { get; init; }
}
