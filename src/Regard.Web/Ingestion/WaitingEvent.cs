namespace Regard.Ingestion;

/// <summary>An event in the inbox that is to become facts.</summary>
internal sealed record WaitingEvent
{
    public string MessageId { get; init; } = "";

    public string Source { get; init; } = "";

    public Instant ReceivedAt { get; init; }

    public string? Person { get; init; }

    public string Type { get; init; } = "";

    public Instant? SentAt { get; init; }

    public string Body { get; init; } = "";

    public int Attempts { get; init; }
}

/// <summary>What became of an event.</summary>
/// <param name="State">done, held, quarantined, or received: to be tried again later.</param>
/// <param name="Reason">Why, unless it is done.</param>
internal sealed record EventOutcome(WaitingEvent Event, string State, string? Reason = null)
{
    /// <summary>An event that fails so often is for people to look at.</summary>
    private const int MaxAttempts = 6;

    public static EventOutcome Done(WaitingEvent e) => new(e, "done");

    public static EventOutcome Held(WaitingEvent e) => new(e, "held", "nobody_known");

    public static EventOutcome Bad(WaitingEvent e, string reason) => new(e, "quarantined", reason);

    /// <summary>To be tried again: what it needs may still come, or the fault may pass.</summary>
    public static EventOutcome Later(WaitingEvent e, string reason) => new(e, e.Attempts + 1 >= MaxAttempts ? "quarantined" : "received", reason);

    /// <summary>When an event that failed is tried again: after 5 s, 20 s, 80 s, 5 min, 21 min.</summary>
    public static Instant Again(WaitingEvent e, Instant now) => now + Duration.FromSeconds(5 * Math.Pow(4, e.Attempts));
}
