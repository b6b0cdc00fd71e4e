namespace Regard.Customers;

/// <summary>A person through whom an account is reached.</summary>
public sealed record AccountMember
{
    /// <summary>The account.</summary>
    public Guid AccountId { get; init; }

    /// <summary>The person: a customer of their own, with wishes of their own.</summary>
    public Guid PersonId { get; init; }

    /// <summary>What the person does there, in words: <c>buyer</c>, <c>bookkeeping</c>.</summary>
    public string Role { get; init; } = "";

    /// <summary>Whether this person is asked first.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>The name of the other side, as shown in lists. Personal data: never logged.</summary>
    public string Name { get; init; } = "";
}
