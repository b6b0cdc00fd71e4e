namespace Regard.Insight;

/// <summary>The page of returns: everything it shows.</summary>
public sealed record ReturnsView
{
    public required ReturnRateQuery Query { get; init; }
    public required IReadOnlyList<ReturnRateRow> Rows { get; init; }
    public string? Next { get; init; }

    /// <summary>Findings that wait or are watched, and what is gone since a month.</summary>
    public required IReadOnlyList<FindingRow> Findings { get; init; }

    /// <summary>The whole shop's weeks whose returns have come.</summary>
    public required IReadOnlyList<WeekRow> Weeks { get; init; }

    /// <summary>The last runs.</summary>
    public required IReadOnlyList<InsightRun> Runs { get; init; }
    public required IReadOnlyDictionary<Guid, string> Staff { get; init; }
    public bool MayRun { get; init; }
    public required Instant Now { get; init; }
}

/// <summary>A page of order lines: everything it shows.</summary>
public sealed record ReturnLinesView
{
    public required ReturnLineQuery Query { get; init; }
    public required IReadOnlyList<ReturnLineRow> Rows { get; init; }
    public string? Next { get; init; }

    /// <summary>What they are of, for people.</summary>
    public required string Name { get; init; }

    /// <summary>Lines of nobody known, which count and have no order.</summary>
    public (long Sold, long Returned) OfNobody { get; init; }
    public bool MayExport { get; init; }
}

/// <summary>A finding's page: everything it shows.</summary>
public sealed record FindingView
{
    public required FindingRow Row { get; init; }
    public required IReadOnlyList<FindingEvent> History { get; init; }

    /// <summary>Of returns: the weeks of the product or thing.</summary>
    public IReadOnlyList<WeekRow> Weeks { get; init; } = [];
    public required IReadOnlyDictionary<Guid, string> Staff { get; init; }

    /// <summary>Who may be given it; empty = the viewer may only take it.</summary>
    public IReadOnlyList<(Guid Id, string Name)> People { get; init; } = [];
    public Guid? Me { get; init; }
    public bool MayWork { get; init; }
    public required Instant Now { get; init; }
}
