namespace Regard.Insight;

/// <summary>What the business says about its own: what does not matter, and what a return costs beside the money that is given back.</summary>
public sealed record InsightSettings
{
    /// <summary>Until the business says otherwise.</summary>
    public static readonly InsightSettings Usual = new();

    /// <summary>A time that is longer by less than this share is the same; above 0, at most 2.</summary>
    public double TimeMargin { get; init; } = ParityMargins.Usual.Time;

    /// <summary>Shares that differ by less are the same; above 0, at most 0.5.</summary>
    public double ShareMargin { get; init; } = ParityMargins.Usual.Share;

    /// <summary>What handling a returned line costs (taking in, checking, restocking, postage), minor units of <see cref="HandlingCurrency"/>; 0 = not counted.</summary>
    public long HandlingMinor { get; init; }

    /// <summary>ISO 4217; returns in other currencies are counted without handling.</summary>
    public string HandlingCurrency { get; init; } = "EUR";

    public ParityMargins Margins => new(TimeMargin, ShareMargin);
}
