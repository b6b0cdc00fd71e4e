using Regard.Channels;

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

    /// <summary>The provider's own id of a text or call; null = it has none.</summary>
    public string? ProviderRef { get; init; }

    /// <summary>What the provider has said last of a text or call; null = nothing.</summary>
    public string? Delivery { get; init; }

    /// <summary>When the customer opened a message in the portal first; null = not yet.</summary>
    public Instant? ReadAt { get; init; }
}

/// <summary>A message that this worker alone may hand over, until its permit ends, as long as the customer's wishes stay at this version.</summary>
internal sealed record ClaimedContact(OutboxRow Row, ContactPermit Permit, long StateVersion, string Worker);

/// <summary>A message after an attempt to send it.</summary>
/// <param name="Row">The message as it was claimed.</param>
/// <param name="Worker">Who had claimed it.</param>
/// <param name="Result">What is known of the attempt.</param>
internal sealed record SentContact(OutboxRow Row, string Worker, SendResult Result);

/// <summary>A message after an attempt, and what follows from it.</summary>
/// <param name="Row">The message as it was claimed.</param>
/// <param name="Worker">Who had claimed it.</param>
/// <param name="Result">What is known of the attempt.</param>
/// <param name="After">What becomes of it.</param>
internal sealed record FinishedContact(OutboxRow Row, string Worker, SendResult Result, AfterSending After);
