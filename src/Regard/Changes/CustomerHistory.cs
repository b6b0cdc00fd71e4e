namespace Regard.Changes;

/// <summary>What a customer bought in one currency, as far as a change needs to know it. Built from rollups, never from single lines.</summary>
public sealed record CustomerHistory
{
    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>ISO 4217 code of every amount here.</summary>
    public required string Currency { get; init; }

    /// <summary>The month (UTC) of the customer's first order in any currency.</summary>
    public required YearMonth FirstMonth { get; init; }

    /// <summary>Everything bought less everything returned in the twelve whole months, in minor units.</summary>
    public required long SpendMinor { get; init; }

    /// <summary>The same for the month that is still running.</summary>
    public required long SpendThisMonthMinor { get; init; }

    /// <summary>Purchases of the changed products and of their replacements, one entry per product and month. Others may be there and are not looked at.</summary>
    public required IReadOnlyList<ProductMonth> Months { get; init; }

    /// <summary>How many of the customer's cases are open.</summary>
    public int OpenProblems { get; init; }

    /// <summary>Whether the customer has been silent for longer than is usual for them; false also where nothing was computed about it.</summary>
    public bool IsSilent { get; init; }
}

/// <summary>What a customer bought of one product in one month (UTC), in the history's currency.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Month">The month.</param>
/// <param name="Quantity">Pieces bought less pieces returned in that month; negative when more came back.</param>
/// <param name="SpendMinor">Money paid less money given back.</param>
public readonly record struct ProductMonth(Guid ProductId, YearMonth Month, long Quantity, long SpendMinor);

/// <summary>The months in which "usual" is looked for: the twelve whole months before a day, or the running month for who is new in it.</summary>
public readonly record struct UsualMonths
{
    /// <summary>A history shorter than this many months is taken as this long, so that one large first order is not multiplied by twelve.</summary>
    public const int ShortestHistory = 3;

    private UsualMonths(YearMonth from, YearMonth until, int known)
    {
        From = from;
        Until = until;
        Known = known;
    }

    /// <summary>The first month looked at.</summary>
    public YearMonth From { get; }

    /// <summary>The last month looked at.</summary>
    public YearMonth Until { get; }

    /// <summary>How many months the usual volume rests on: 3 to 12.</summary>
    public int Known { get; }

    /// <summary>Whether the history was shorter than a year, so that what was bought is multiplied by 12 / <see cref="Known"/>.</summary>
    public bool IsScaled => Known < 12;

    /// <summary>The months for a customer whose first order was in <paramref name="first"/>.</summary>
    public static UsualMonths Of(YearMonth first, LocalDate today)
    {
        var current = today.ToYearMonth();
        var since = Number(current) - Number(first);
        return since <= 0
            ? new(current, current, ShortestHistory)
            : new(current.PlusMonths(-Math.Min(12, since)), current.PlusMonths(-1), Math.Clamp(since, ShortestHistory, 12));
    }

    /// <summary>Whether a month is looked at.</summary>
    public bool Contains(YearMonth month) => month >= From && month <= Until;

    /// <summary>An amount seen in these months as a year's amount, rounded half to even.</summary>
    public long AYear(decimal seen) => (long)Math.Round(seen * 12m / Known, 0, MidpointRounding.ToEven);

    private static int Number(YearMonth month) => (month.Year * 12) + month.Month;
}
