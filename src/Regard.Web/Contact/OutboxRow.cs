namespace Regard.Contact;

/// <summary>A message on its way out.</summary>
public sealed record OutboxRow
{
    public Guid CustomerId { get; init; }
    public Guid OutboxId { get; init; }
    public Guid DecisionId { get; init; }
    public string State { get; init; } = "";
    public string Purpose { get; init; } = "";
    public string Channel { get; init; } = "";
    public string Address { get; init; } = "";
    public Instant NotBefore { get; init; }
    public Instant LatestUseful { get; init; }
    public string Subject { get; init; } = "";
    public string Content { get; init; } = "";

    /// <summary>What stands in the content's place for it; null = nothing, or it is forgotten. Read only by whoever sends it.</summary>
    public string? Secret { get; init; }
    public string About { get; init; } = "";

    /// <summary>From which wording it was written; null = somebody wrote it freely. Read only by whoever sends it.</summary>
    public string? Wording { get; init; }
    public string Step { get; init; } = "";
    public string MessageId { get; init; } = "";
    public int Attempts { get; init; }
    public string? ClaimedBy { get; init; }
    public Instant? ClaimedUntil { get; init; }
    public Instant? ReservedAt { get; init; }
    public Instant? FinishedAt { get; init; }
    public string? Explanation { get; init; }
    public Instant CreatedAt { get; init; }
    public string? AddressKey { get; init; }
    public string? Language { get; init; }
}

/// <summary>A message that this worker alone may hand over, until its permit ends, as long as the customer's wishes stay at this version.</summary>
internal sealed record ClaimedContact(OutboxRow Row, ContactPermit Permit, long StateVersion, string Worker);
