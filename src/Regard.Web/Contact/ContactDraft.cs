namespace Regard.Contact;

/// <summary>What is to be said, for whichever channel the gate chooses.</summary>
internal sealed record ContactDraft
{
    public const string SecretPlace = "{secret}";

    /// <summary>The subject of a mail and of a message in the portal.</summary>
    public required string Subject { get; init; }

    /// <summary>The text, plain, paragraphs apart by an empty line.</summary>
    public required string Text { get; init; }

    /// <summary>The text in one or two sentences, for a text message or a call by a machine; null = there is none, and the whole text is used.</summary>
    public string? Short { get; init; }

    /// <summary>
    /// What only the recipient may read, such as a link that signs in; null = nothing. It stands where the text says <see cref="SecretPlace"/>,
    /// is kept beside the text, and is forgotten once the message was handed over or is of no use any more.
    /// </summary>
    public string? Secret { get; init; }

    /// <summary>Which wording it was written from, with its version; null = somebody wrote it freely.</summary>
    public string? Wording { get; init; }

    /// <summary>The title of a call task; null = the subject.</summary>
    public string? TaskTitle { get; init; }

    /// <summary>How long a call or visit is expected to take.</summary>
    public int Minutes { get; init; } = 10;

    /// <summary>What is said by a channel.</summary>
    public string For(Channel channel) => channel is Channel.Sms or Channel.Voice ? Short ?? Text : Text;

    /// <summary>Who is to call or visit; null = whoever takes it.</summary>
    public Guid? AssignedTo { get; init; }
}

/// <summary>What the desk answers to whoever asked.</summary>
internal sealed record ContactAnswer
{
    /// <summary>Whom it is about: the profile in which the one that was asked for lives on.</summary>
    public Guid CustomerId { get; init; }

    public required VerdictKind Verdict { get; init; }

    public Channel? Channel { get; init; }

    /// <summary>When deferred: not before this.</summary>
    public Instant? NotBefore { get; init; }

    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>The reasons in sentences, with the customer's own words.</summary>
    public IReadOnlyList<string> Why => [.. Reasons.Select(reason => reason.ToStaff()).Distinct()];

    /// <summary>The entry of the ledger; null for a preview.</summary>
    public Guid? DecisionId { get; init; }

    /// <summary>The message that will be sent, when it is one.</summary>
    public Guid? OutboxId { get; init; }

    /// <summary>The task that was opened, when a person must do it.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>The message or the task, by which <c>GET /api/v1/contacts/{id}</c> tells what became of it; null = there is neither.</summary>
    public Guid? ContactId => OutboxId ?? TaskId;

    /// <summary>Of a text message: in how many parts it is sent, and paid for; null otherwise.</summary>
    public int? TextParts { get; init; }

    /// <summary>This step was asked for before: the answer says what became of it, and nothing new was done.</summary>
    public bool IsRepeat { get; init; }

    public static ContactAnswer Of(Guid customerId, ContactVerdict verdict) => new()
    {
        CustomerId = customerId,
        Verdict = verdict.Kind,
        Channel = verdict.Channel,
        NotBefore = verdict.Until,
        Reasons = verdict.Reasons,
    };
}
