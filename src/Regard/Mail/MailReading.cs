namespace Regard.Mail;

/// <summary>What a mail is, and what it is about. It is a reading, not a proof: whoever acts on it asks who could have written it.</summary>
public sealed record MailReading
{
    /// <summary>What came in.</summary>
    public required MailKind Kind { get; init; }

    /// <summary>By which sign it was recognised, for staff.</summary>
    public required string Sign { get; init; }

    /// <summary>Of a bounce: what is said of each recipient. Empty = nobody is named.</summary>
    public IReadOnlyList<FailedRecipient> Recipients { get; init; } = [];

    /// <summary>Of a complaint: its type (RFC 5965: <c>abuse</c>, <c>opt-out</c>, <c>not-spam</c> …); null otherwise.</summary>
    public string? FeedbackType { get; init; }

    /// <summary>The Message-IDs of the mails that it is about or answers, without angle brackets, the surest first.</summary>
    public IReadOnlyList<string> About { get; init; } = [];

    /// <summary>To whom the mail was sent that it is about; empty = not said.</summary>
    public IReadOnlyList<string> AboutAddresses { get; init; } = [];

    /// <summary>Whether a complaint is the customer's own objection: not every feedback is one.</summary>
    public bool IsObjection => Kind == MailKind.Complaint && FeedbackType is not ("not-spam" or "auth-failure" or "dmarc" or "dkim" or "virus");
}
