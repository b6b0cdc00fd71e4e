namespace Regard.Ingestion;

/// <summary>When an event happened, by our clock.</summary>
public static class EventClock
{
    /// <summary>
    /// The moment an event happened, corrected for the sender's clock as Segment's specification says: the time from happening to sending
    /// is the same by any clock, so it happened <c>sentAt − claimedAt</c> before it was received. Never later than it was received.
    /// </summary>
    /// <param name="claimedAt">When it happened by the sender's clock; null = not told, then it is taken as sent at once.</param>
    /// <param name="sentAt">When it was sent by the sender's clock; null = not told, then that clock is believed.</param>
    /// <param name="receivedAt">When it was received, by our clock.</param>
    public static Instant HappenedAt(Instant? claimedAt, Instant? sentAt, Instant receivedAt)
    {
        if (claimedAt is not { } claimed) return receivedAt;
        var at = sentAt is { } sent ? receivedAt - (sent - claimed) : claimed;
        return at > receivedAt ? receivedAt : at;
    }
}
