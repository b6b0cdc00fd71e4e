namespace Regard.Customers;

/// <summary>One thing by which a customer is recognised or reached, as recorded.</summary>
public sealed record Identity
{
    /// <summary>Id of this record.</summary>
    public Guid IdentityId { get; init; }

    /// <summary>What it is.</summary>
    public IdentityKind Kind { get; init; }

    /// <summary>Normal form. Personal data: never logged.</summary>
    public string Value { get; init; } = "";

    /// <summary>Where it was learned.</summary>
    public string Source { get; init; } = "";

    /// <summary>When it was learned.</summary>
    public Instant RecordedAt { get; init; }

    /// <summary>When the customer proved that it is theirs; null = never.</summary>
    public Instant? ConfirmedAt { get; init; }

    /// <summary>Since when mail or calls to it fail; null = they do not. A fact about the address, never a wish.</summary>
    public Instant? UndeliverableSince { get; init; }

    /// <summary>When a mail there was last reported as unwanted; null = never, or they were asked since. What a machine says, never a wish.</summary>
    public Instant? ComplainedAt { get; init; }

    /// <summary>Since when text messages do not arrive at the number, though calls may; null = they do, as far as we know. A fact, never a wish.</summary>
    public Instant? TextFailedAt { get; init; }

    /// <summary>Whether nothing stands against using it.</summary>
    public bool IsSound => UndeliverableSince is null && ComplainedAt is null;
}
