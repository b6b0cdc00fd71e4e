namespace Regard.Customers;

/// <summary>What the page of a customer's record shows beside the head.</summary>
public sealed record CustomerRecord
{
    /// <summary>Facts that hold no more, the latest first.</summary>
    public IReadOnlyList<CustomerFact> Retracted { get; init; } = [];

    public IReadOnlyList<MergeView> Merges { get; init; } = [];

    public IReadOnlyList<AccountMember> Members { get; init; } = [];

    /// <summary>The names of members and of absorbed profiles.</summary>
    public IReadOnlyDictionary<Guid, string> Names { get; init; } = new Dictionary<Guid, string>();

    public IReadOnlyList<PossibleDouble> Doubles { get; init; } = [];

    /// <summary>Where letters reach them, the one that is written to first.</summary>
    public IReadOnlyList<PostalAddress> Addresses { get; init; } = [];

    public string NameOf(Guid id) => Names.GetValueOrDefault(id, "Unnamed");
}

/// <summary>A profile that was merged into this one.</summary>
public sealed record MergeView
{
    public Guid MergeId { get; init; }
    public Guid AbsorbedId { get; init; }
    public string Reason { get; init; } = "";
    public Instant MergedAt { get; init; }

    /// <summary>Null = it holds.</summary>
    public Instant? UndoneAt { get; init; }
}

/// <summary>Another profile that may be the same customer.</summary>
public sealed record PossibleDouble
{
    public Guid CustomerId { get; init; }
    public string Name { get; init; } = "";

    /// <summary>The address or number that both have; null = only the name.</summary>
    public string? Shared { get; init; }
}
