namespace Regard.Timeline;

/// <summary>Who turned to whom.</summary>
public enum Direction
{
    /// <summary>The customer to us.</summary>
    In,

    /// <summary>We to the customer.</summary>
    Out,

    /// <summary>Nobody in particular: a delivery's progress, a page seen.</summary>
    None,
}
