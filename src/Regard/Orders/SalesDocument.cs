namespace Regard.Orders;

/// <summary>What a shop wrote down about one customer in one go: an order or a return, with its lines and fees.</summary>
public abstract record SalesDocument
{
    /// <summary>Whose it is: a profile that was not merged into another.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The system that gave the number: <c>online-retail</c>, <c>shopify</c>, the name of an API key's shop.</summary>
    public required string Source { get; init; }

    /// <summary>Its number in that system. Orders and returns are numbered apart; within each, source and number name it for ever.</summary>
    public required string Number { get; init; }

    /// <summary>When it happened.</summary>
    public required Instant At { get; init; }

    /// <summary>ISO 4217, of all amounts in it.</summary>
    public required string Currency { get; init; }

    /// <summary>The products in it; may be empty when only fees were charged or given back.</summary>
    public IReadOnlyList<OrderLine> Lines { get; init; } = [];

    /// <summary>What was charged or given beside the products.</summary>
    public IReadOnlyList<FeeRecord> Fees { get; init; } = [];

    /// <summary>What the lines add up to, in minor units, without fees.</summary>
    public long Total
    {
        get
        {
            long total = 0;
            foreach (var line in Lines) total += line.AmountMinor;
            return total;
        }
    }
}

/// <summary>Something was bought. Quantities and amounts are not negative; a free item has the amount 0.</summary>
public sealed record OrderRecord : SalesDocument
{
    /// <summary>Where it was bought: <c>web</c>, <c>store</c>, <c>phone</c> …; null = not known.</summary>
    public string? Channel { get; init; }

    /// <summary>Who brought it: <c>dhl</c>, <c>royal-mail</c> …; null = not known (yet): a later telling may add it.</summary>
    public string? Carrier { get; init; }
}

/// <summary>Something came back. Quantities are the pieces that came back and amounts the money given back, so neither is negative.</summary>
public sealed record ReturnRecord : SalesDocument
{
    /// <summary>Why, in the customer's or the shop's words; null = not told.</summary>
    public string? Reason { get; init; }

    /// <summary>The number of the order that it is about, of the same source; null = not told, then it is looked for.</summary>
    public string? OrderNumber { get; init; }
}

/// <summary>A product in an order or a return.</summary>
/// <param name="LineNo">Its place in the document; lines and fees of one document share the numbering.</param>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">Pieces, at least 1.</param>
/// <param name="AmountMinor">For the whole line, in minor units, after discounts on the line.</param>
/// <param name="Batch">The lot it was made in; null = not known.</param>
public sealed record OrderLine(int LineNo, Guid ProductId, long Quantity, long AmountMinor, string? Batch = null);

/// <summary>Money beside the products.</summary>
/// <param name="LineNo">Its place in the document; lines and fees of one document share the numbering.</param>
/// <param name="Kind">What it was for.</param>
/// <param name="AmountMinor">Positive: charged to the customer; negative: in the customer's favour.</param>
/// <param name="Description">As the customer met it, for example <c>POSTAGE</c>.</param>
public sealed record FeeRecord(int LineNo, FeeKind Kind, long AmountMinor, string Description);

/// <summary>What a fee was for.</summary>
public enum FeeKind
{
    /// <summary>Carriage of goods.</summary>
    Postage,

    /// <summary>A reduction of the whole order.</summary>
    Discount,

    /// <summary>An amount that somebody entered by hand.</summary>
    Manual,

    /// <summary>A bank's or card's charge.</summary>
    Bank,

    /// <summary>A share that goes to a third party.</summary>
    Commission,

    /// <summary>Anything else, tax that is listed apart included.</summary>
    Other,
}

/// <summary>What recording a document came to.</summary>
public enum RecordOutcome
{
    /// <summary>It was not known before and is recorded.</summary>
    New,

    /// <summary>It was known with exactly these contents: nothing was written.</summary>
    Unchanged,

    /// <summary>It was known with other contents: these replace them, and the timeline says so.</summary>
    Updated,

    /// <summary>Its number is known as another customer's: nothing was written.</summary>
    OtherCustomer,
}
