namespace Regard.Bench.Kit;

/// <summary>One line of the table: a number, the anchor that was measured in the same run beside it, and whether the reach was met.</summary>
internal sealed record BenchRow
{
    public required string Name { get; init; }

    public required double Value { get; init; }

    /// <summary>The unit of <see cref="Value"/> and of <see cref="AnchorValue"/> alike, for example <c>lines/s</c> or <c>ms</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>What the anchor is, in words; null = the row has none.</summary>
    public string? Anchor { get; init; }

    /// <summary>The anchor's number; null = the row has none.</summary>
    public double? AnchorValue { get; init; }

    /// <summary>Value over anchor; null = the row has no anchor.</summary>
    public double? Ratio => AnchorValue is > 0 ? Value / AnchorValue : null;

    /// <summary>CPU seconds that the measured program spent on one round of the value (not the anchor).</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>The machine's load average over one minute when the row was finished: how noisy the numbers are. Null = the system does not tell.</summary>
    public required double? Load { get; init; }

    public required Reach Reach { get; init; }

    public bool IsMet => Reach.IsMet(this);
}

/// <summary>What a row should reach, in words and as a test.</summary>
internal sealed record Reach(string Words, Func<BenchRow, bool> IsMet)
{
    /// <summary>The row is for the record: it should reach nothing in particular.</summary>
    public static readonly Reach None = new("–", _ => true);

    public static Reach RatioAtLeast(double least) => new($"≥ {least:0.##}×", row => row.Ratio >= least);

    public static Reach RatioAtMost(double most) => new($"≤ {most:0.##}×", row => row.Ratio <= most);

    public static Reach AtLeast(double least) => new($"≥ {least:#,0.##}", row => row.Value >= least);

    public static Reach AtMost(double most) => new($"≤ {most:#,0.##}", row => row.Value <= most);

    public Reach And(Reach other) => new($"{Words} and {other.Words}", row => IsMet(row) && other.IsMet(row));
}
