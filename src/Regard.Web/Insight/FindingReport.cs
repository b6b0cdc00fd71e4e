namespace Regard.Insight;

/// <summary>What the last look said of a finding.</summary>
internal sealed record FindingReport
{
    /// <summary>The sentence's words, with the name of each figure in braces.</summary>
    public required string Words { get; init; }

    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Of returns: what it is about; see <see cref="ReturnThing.Read"/>.</summary>
    public string? Thing { get; init; }

    /// <summary>Of returns: the reason that is told of it, when that was what stood out.</summary>
    public string? Reason { get; init; }

    /// <summary>Of returns: the chance of a return were it like the others, and as it was found.</summary>
    public double Usual { get; init; }

    public double Found { get; init; }

    /// <summary>Of returns: when the rate changed.</summary>
    public IReadOnlyList<ChangePoint> Changes { get; init; } = [];

    /// <summary>Of parity: the group, and in what it is served differently.</summary>
    public ParityGrouping? Grouping { get; init; }

    public string? Group { get; init; }

    public IReadOnlyList<ParityDifference> Differences { get; init; } = [];

    /// <summary>What watching says since the cause was said to be fixed; null = it is not watched, or there was no look since.</summary>
    public WatchReport? Watch { get; init; }

    public Sentence Sentence => new(Words, [.. Figures]);
}

/// <summary>In what a group is served differently.</summary>
/// <param name="Difference">A factor of a time, points of a share.</param>
internal sealed record ParityDifference(ParityMeasure Measure, double Typical, double TypicalOthers, double Difference, double Low, double High);

/// <summary>What watching says.</summary>
/// <param name="Seen">Lines sold or cases opened since.</param>
/// <param name="Bad">Of the lines, came back; of cases 0.</param>
internal sealed record WatchReport(WatchVerdict Verdict, long Seen, long Bad);

/// <summary>Something that a look found.</summary>
internal sealed record FindingDraft(string Kind, string Subject, string Title, FindingReport Report)
{
    public long? CostMinor { get; init; }

    public string? Currency { get; init; }
}
