namespace Regard.Timeline;

/// <summary>Which touchpoints to look at; null everywhere = all of them.</summary>
public sealed record TimelineFilter
{
    /// <summary>Only of this department.</summary>
    public Department? Department { get; init; }

    /// <summary>Only of this kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Not before this moment.</summary>
    public Instant? From { get; init; }

    /// <summary>Before this moment.</summary>
    public Instant? Until { get; init; }

    /// <summary>Only those whose summary holds this text, in whatever case.</summary>
    public string? Text { get; init; }
}
