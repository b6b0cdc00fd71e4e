namespace Regard.Customers;

/// <summary>Something about a customer that matters to them, with who said so and when.</summary>
public sealed record CustomerFact
{
    /// <summary>Id of this record.</summary>
    public Guid FactId { get; init; }

    /// <summary>For example <c>size</c>, <c>allergy</c>, <c>delivery</c>, <c>buying_criterion</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>The fact in words. Personal data: never logged.</summary>
    public required string Content { get; init; }

    /// <summary>How it is known.</summary>
    public FactBasis Basis { get; init; }

    /// <summary>Who said or saw it: <c>customer</c>, or an actor's reference.</summary>
    public required string SaidBy { get; init; }

    /// <summary>When it was said or seen.</summary>
    public Instant SaidAt { get; init; }

    /// <summary>The reference of the actor who wrote it down.</summary>
    public string RecordedBy { get; init; } = "";

    /// <summary>When it was written down.</summary>
    public Instant RecordedAt { get; init; }

    /// <summary>Since when it no longer holds; null = it holds.</summary>
    public Instant? RetractedAt { get; init; }
}

/// <summary>How a fact about a customer is known.</summary>
public enum FactBasis
{
    /// <summary>The customer said so.</summary>
    Told,

    /// <summary>Somebody or something saw it in what the customer did.</summary>
    Observed,

    /// <summary>It came from another system.</summary>
    Imported,
}
