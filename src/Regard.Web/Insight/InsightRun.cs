using Regard.Storage;

namespace Regard.Insight;

/// <summary>How far a run has come.</summary>
public enum InsightState
{
    /// <summary>Asked for: whoever is free takes it.</summary>
    Asked,

    /// <summary>One node does what cannot be shared.</summary>
    Preparing,

    /// <summary>The nodes share what is left, part by part.</summary>
    Sharing,

    /// <summary>Done.</summary>
    Finished,

    /// <summary>It cannot be done; the explanation says why.</summary>
    Failed,

    /// <summary>Somebody stopped it. What was done until then is right and stays.</summary>
    Cancelled,
}

/// <summary>One computing of something about all customers, past or under way.</summary>
public sealed record InsightRun
{
    public Guid RunId { get; init; }

    /// <summary>What is computed: the name of an <see cref="InsightWork"/>.</summary>
    public string Kind { get; init; } = "";

    public InsightState State { get; init; }
    public Instant AskedAt { get; init; }
    public string AskedBy { get; init; } = "";
    public Instant? StartedAt { get; init; }
    public Instant? FinishedAt { get; init; }

    /// <summary>What is being done, for people.</summary>
    public string Stage { get; init; } = "";

    public long Done { get; init; }
    public long Total { get; init; }

    /// <summary>What came of it, or why it failed.</summary>
    public string? Explanation { get; init; }

    internal Json Summary { get; init; }

    public bool IsUnderWay => FinishedAt is null;

    /// <summary>From 0 to 100.</summary>
    public int Percent => Total > 0 ? (int)Math.Clamp(100 * Done / Total, 0, 100) : 0;
}

/// <summary>Customers of one part of a run: those whose ids lie above the one and up to the other.</summary>
public sealed record InsightPart
{
    public int Part { get; init; }
    public Guid AfterId { get; init; }
    public Guid UntilId { get; init; }
}
