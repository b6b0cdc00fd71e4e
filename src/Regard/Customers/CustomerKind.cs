namespace Regard.Customers;

/// <summary>What a customer is.</summary>
public enum CustomerKind
{
    /// <summary>One human being.</summary>
    Person,

    /// <summary>A company, household or other group that buys as one and is reached through its members.</summary>
    Account,
}
