namespace Regard.Customers;

/// <summary>One line of a list of customers.</summary>
internal sealed record CustomerSummary
{
    public Guid CustomerId { get; init; }

    public CustomerKind Kind { get; init; }

    public string Name { get; init; } = "";

    public string? Country { get; init; }

    public string? Language { get; init; }

    public Instant CreatedAt { get; init; }

    /// <summary>The first e-mail address; null = none.</summary>
    public string? Email { get; init; }

    public long Touchpoints { get; init; }

    public Instant? LastTouchpointAt { get; init; }

    /// <summary>By what a search found the customer; null in a list that is no search.</summary>
    public FoundBy? FoundBy { get; init; }
}
