namespace Regard.Contact;

/// <summary>The three answers of the gate.</summary>
public enum VerdictKind
{
    /// <summary>It must not happen.</summary>
    Refused,

    /// <summary>It may happen later.</summary>
    Deferred,

    /// <summary>It may happen now.</summary>
    Permitted,
}

/// <summary>What the gate answered, always with its reasons. One that was not made by the gate refuses.</summary>
public readonly struct ContactVerdict
{
    private static readonly IReadOnlyList<Reason> NoReasons = [];

    private readonly ContactRequest? _request;
    private readonly string? _address;
    private readonly IReadOnlyList<Reason>? _reasons;
    private readonly Channel _channel;

    private ContactVerdict(VerdictKind kind, ContactRequest request, IReadOnlyList<Reason> reasons)
    {
        (Kind, _request, _reasons) = (kind, request, reasons);
    }

    internal ContactVerdict(ContactRequest request, Channel channel, string address, Instant? until, IReadOnlyList<Reason> reasons)
        : this(until is null ? VerdictKind.Permitted : VerdictKind.Deferred, request, reasons)
    {
        (_channel, _address, Until) = (channel, address, until);
    }

    internal ContactVerdict(ContactRequest request, IReadOnlyList<Reason> reasons) : this(VerdictKind.Refused, request, reasons)
    {
    }

    /// <summary>The answer.</summary>
    public VerdictKind Kind { get; }

    /// <summary>The channel that may be used now or later; null when refused.</summary>
    public Channel? Channel => Kind == VerdictKind.Refused ? null : _channel;

    /// <summary>The first moment at which it may happen, when deferred; null otherwise. It must be asked again then.</summary>
    public Instant? Until { get; }

    /// <summary>Where that channel reaches the customer; null when refused. Personal data: never logged.</summary>
    public string? Address => Kind == VerdictKind.Refused ? null : _address;

    /// <summary>Why; at least one from the gate.</summary>
    public IReadOnlyList<Reason> Reasons => _reasons ?? NoReasons;

    /// <summary>The permission that this verdict gives.</summary>
    /// <param name="decisionId">The entry of the ledger that keeps this verdict.</param>
    /// <param name="expiresAt">When it ends.</param>
    /// <exception cref="InvalidOperationException">The verdict does not permit.</exception>
    public ContactPermit ToPermit(Guid decisionId, Instant expiresAt) => Kind == VerdictKind.Permitted
        ? new ContactPermit(_request!, _channel, _address!, decisionId, expiresAt)
        : throw new InvalidOperationException("Only a verdict that permits gives a permit.");
}
