namespace Regard.Customers;

/// <summary>What became of a draft.</summary>
/// <param name="Id">The customer the draft is about.</param>
/// <param name="IsNew">Whether nobody was known by any of its identities.</param>
public sealed record RecordedCustomer(Guid Id, bool IsNew)
{
    /// <summary>Other customers who hold an identity that this one names too: perhaps the same person, for somebody to look at. Nothing was merged.</summary>
    public IReadOnlyList<Guid> PossibleDuplicates { get; init; } = [];

    /// <summary>Identities in no readable form, which were not kept.</summary>
    public IReadOnlyList<IdentityDraft> Unreadable { get; init; } = [];
}
