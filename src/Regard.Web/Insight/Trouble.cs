namespace Regard.Insight;

/// <summary>What kind of trouble a customer had with us.</summary>
public enum TroubleKind
{
    /// <summary>A parcel came late.</summary>
    LateDelivery,

    /// <summary>They told us of a problem.</summary>
    Case,

    /// <summary>Something came back.</summary>
    Return,

    /// <summary>A product that they buy became dearer.</summary>
    PriceRise,
}

/// <summary>Something that may have made a customer leave, or that they forgave.</summary>
public sealed record Trouble
{
    public Guid CustomerId { get; init; }
    public TroubleKind Kind { get; init; }
    public Instant At { get; init; }

    /// <summary>When it was put right; null = it was not, or there was nothing to put right.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>What it was, for staff.</summary>
    public string What { get; init; } = "";

    /// <summary>The record that says so.</summary>
    public Guid RecordId { get; init; }

    /// <summary>Whether a case still waits.</summary>
    public bool IsOpen => Kind == TroubleKind.Case && EndedAt is null;

    /// <summary>The page of the record.</summary>
    public string Href => Kind switch
    {
        TroubleKind.Case => $"/cases/{CustomerId}/{RecordId}",
        TroubleKind.Return => $"/customers/{CustomerId}/orders",
        TroubleKind.PriceRise => $"/products/{RecordId}",
        _ => $"/customers/{CustomerId}?kind=late_delivery",
    };

    /// <summary>The first of these purchases after it; null = there is none: it is not forgiven (yet).</summary>
    /// <param name="days">Days with a purchase, rising.</param>
    internal int? ForgivenOn(IReadOnlyList<int> days)
    {
        var end = Buyer.Day(EndedAt ?? At);
        return days.Where(day => day > end).Select(day => (int?)day).FirstOrDefault();
    }
}
