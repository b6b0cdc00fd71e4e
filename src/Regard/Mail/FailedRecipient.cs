namespace Regard.Mail;

/// <summary>What a mail server said of one recipient.</summary>
public sealed record FailedRecipient
{
    /// <summary>The address as the report names it; empty = it names none. It may be another than the one that was written to.</summary>
    public required string Address { get; init; }

    /// <summary>The address that was written to, when the report says so; null = it does not.</summary>
    public string? OriginalAddress { get; init; }

    /// <summary>Whether the server says that trying again is of no use (class 5). False also for a mail that waits.</summary>
    public required bool IsPermanent { get; init; }

    /// <summary>Whether the server has not given up yet.</summary>
    public bool IsDelayed { get; init; }

    /// <summary>The enhanced status (RFC 3463), for example <c>5.1.1</c>; null = none was said.</summary>
    public string? Status { get; init; }

    /// <summary>Why.</summary>
    public required BounceReason Reason { get; init; }

    /// <summary>The server's words, shortened. May hold addresses: never logged.</summary>
    public string Diagnostic { get; init; } = "";

    /// <summary>
    /// Whether nobody will ever be reached there: for good, and because of the address itself. A full mailbox, a filter's refusal or a host
    /// that does not answer is not that, whatever class it comes with.
    /// </summary>
    public bool IsAddressDead => IsPermanent && Reason is BounceReason.NoMailbox or BounceReason.NoHost or BounceReason.Disabled or BounceReason.Moved;
}
