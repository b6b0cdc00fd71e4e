namespace Regard.Customers;

/// <summary>A part of the list of customers.</summary>
/// <param name="Next">The cursor of what follows; null at the end.</param>
public sealed record CustomerList(IReadOnlyList<CustomerListRow> Rows, string? Next);

/// <summary>One line of the list, and of its CSV.</summary>
public sealed record CustomerListRow
{
    public Guid CustomerId { get; init; }

    public CustomerKind Kind { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The first e-mail address; null = none.</summary>
    public string? Email { get; init; }

    public string? Country { get; init; }

    public string? Language { get; init; }

    public Instant CreatedAt { get; init; }

    public Instant? LastOrderAt { get; init; }

    public long OpenCases { get; init; }

    /// <summary>By what a search found the customer; null in a list that is no search.</summary>
    public FoundBy? FoundBy { get; init; }
}
