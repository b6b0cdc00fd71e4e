namespace Regard.Channels;

/// <summary>A mail to one person, before it has a wire form.</summary>
internal sealed record MailMessage
{
    /// <summary>The sender as <c>Name &lt;address&gt;</c> or a bare address.</summary>
    public required string From { get; init; }

    public required string Subject { get; init; }

    /// <summary>Plain text; paragraphs are apart by an empty line. The HTML alternative is made from it.</summary>
    public required string Text { get; init; }

    /// <summary>The same for every attempt of one message, so that a receiver can see a repeat: the part before the <c>@</c>.</summary>
    public required string MessageId { get; init; }

    /// <summary>BCP 47; null = not said.</summary>
    public string? Language { get; init; }

    /// <summary>The address to which reports about it come back, and from which the mail server takes it; null = the sender's.</summary>
    public string? ReturnTo { get; init; }

    /// <summary>The address at which one can unsubscribe by mail (RFC 2369); null = there is none.</summary>
    public string? UnsubscribeAddress { get; init; }

    /// <summary>Where one click ends mails of this kind (RFC 8058); null = an answer to the customer's own request, which has none.</summary>
    public string? UnsubscribeLink { get; init; }

    /// <summary>Where the recipient sees and changes all of their wishes; null = it is not said.</summary>
    public string? WishesLink { get; init; }

    public required Instant Date { get; init; }
}

/// <summary>What is known after an attempt to hand a mail over.</summary>
internal enum SendOutcome
{
    /// <summary>The server took it.</summary>
    Accepted,

    /// <summary>The server refused it for good.</summary>
    Rejected,

    /// <summary>It was certainly not handed over, and may be tried again.</summary>
    NotSent,

    /// <summary>The whole mail was written, and no answer came: it may or may not arrive.</summary>
    Ambiguous,
}

/// <summary>The outcome with its explanation, which names no address.</summary>
/// <param name="Outcome">What is known.</param>
/// <param name="Explanation">For staff.</param>
/// <param name="IsAddressBad">The server says that there is no such mailbox or number.</param>
internal sealed record SendResult(SendOutcome Outcome, string Explanation, bool IsAddressBad = false)
{
    /// <summary>The provider's own id of the message; null = it has none.</summary>
    public string? ProviderRef { get; init; }

    /// <summary>The provider says that text messages do not arrive at the number; calls may.</summary>
    public bool IsTextless { get; init; }

    /// <summary>The provider says that the recipient told it to stop text messages: their own act.</summary>
    public bool IsStopped { get; init; }
}

/// <summary>A mail that could not be got as far as handing over.</summary>
internal sealed class MailFailure(SendResult result) : Exception(result.Explanation)
{
    public SendResult Result { get; } = result;
}
