namespace Regard.Contact;

/// <summary>What somebody wants to contact a customer about. A request permits nothing and has no field that could.</summary>
public sealed record ContactRequest
{
    /// <summary>The customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>Why.</summary>
    public required Purpose Purpose { get; init; }

    /// <summary>
    /// What it is about, as <c>kind:id</c> (<c>order:…</c>, <c>case:…</c>, <c>change:…</c>). A service contact must name the customer's
    /// own request, order or case.
    /// </summary>
    public required string About { get; init; }

    /// <summary>The one step that this contact is: whatever is asked twice under one step for one customer happens once at most.</summary>
    public required string Step { get; init; }

    /// <summary>The acceptable channels, the best first; empty = the best way, as the customer wishes.</summary>
    public IReadOnlyList<Channel> Channels { get => Order.ToList(); init => Order = ChannelOrder.Of(value); }

    /// <summary>Not before this; null = as soon as it is permitted.</summary>
    public Instant? Earliest { get; init; }

    /// <summary>After this it is useless: what is not permitted until then is refused, and becomes visible work.</summary>
    public required Instant LatestUseful { get; init; }

    /// <summary>For a legal contact: the ground, for example <c>product recall, GPSR art. 35</c>; null otherwise.</summary>
    public string? LegalGround { get; init; }

    internal ChannelOrder Order { get; private init; }
}
