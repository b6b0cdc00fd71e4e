namespace Regard.Changes;

/// <summary>What changes for customers.</summary>
public enum ChangeKind
{
    /// <summary>Products cost something else from a day on.</summary>
    Price,

    /// <summary>Products can no longer be bought from a day on.</summary>
    Discontinued,
}

/// <summary>How far a registered change has come.</summary>
public enum ChangeState
{
    /// <summary>Known to the staff; no customer was told.</summary>
    Registered,

    /// <summary>At least one care plan for it was started.</summary>
    Planned,

    /// <summary>It will not happen: nobody is told any more, and what was still to be sent is cancelled.</summary>
    Withdrawn,
}

/// <summary>A coming change to products or prices, as customers will be told of it.</summary>
public sealed record Change
{
    /// <summary>The change's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What kind of change it is.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>A few words for lists and for the subject of a mail.</summary>
    public required string Title { get; init; }

    /// <summary>Why, in plain words: customers read exactly this text.</summary>
    public required string Reason { get; init; }

    /// <summary>The first day on which the change holds.</summary>
    public required LocalDate EffectiveOn { get; init; }

    /// <summary>
    /// ISO 4217 code of the prices; who buys in another currency is not affected by them. <see cref="AnyCurrency"/> for a change without
    /// prices, which affects buyers in every currency.
    /// </summary>
    public required string Currency { get; init; }

    /// <summary>The products that change; at least one, each once.</summary>
    public required IReadOnlyList<ProductChange> Products { get; init; }

    /// <summary>ISO 4217's own code for "no currency".</summary>
    public const string AnyCurrency = "XXX";

    /// <summary>Whether purchases in a currency are touched by this change.</summary>
    public bool Touches(string currency) => Currency == AnyCurrency || string.Equals(Currency, currency, StringComparison.Ordinal);
}

/// <summary>What changes about one product.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Sku">The shop's number for it.</param>
/// <param name="Name">How customers know it.</param>
public sealed record ProductChange(Guid ProductId, string Sku, string Name)
{
    /// <summary>The price until the day, in minor units, above zero; null when nothing about the price changes.</summary>
    public long? OldPriceMinor { get; init; }

    /// <summary>The price from the day on, in minor units; null when nothing about the price changes.</summary>
    public long? NewPriceMinor { get; init; }

    /// <summary>The product to buy in place of a discontinued one; null when there is none.</summary>
    public Guid? ReplacementId { get; init; }

    /// <summary>The replacement's name; null when there is none.</summary>
    public string? ReplacementName { get; init; }
}
