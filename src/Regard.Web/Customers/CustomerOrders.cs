namespace Regard.Customers;

/// <summary>What a customer bought and gave back, as the page shows it.</summary>
public sealed record CustomerOrders
{
    /// <summary>How many orders one part shows.</summary>
    public const int Size = 10;

    /// <summary>One for each currency in which they ever bought.</summary>
    public IReadOnlyList<OrderSum> Sums { get; init; } = [];

    /// <summary>The last 24 months with sales, the oldest first.</summary>
    public IReadOnlyList<SalesMonth> Months { get; init; } = [];

    /// <summary>Newest first.</summary>
    public IReadOnlyList<OrderView> Orders { get; init; } = [];

    /// <summary>Returns of what was bought before the records begin, newest first.</summary>
    public IReadOnlyList<ReturnView> LooseReturns { get; init; } = [];

    /// <summary>Null = these are the newest orders.</summary>
    public Guid? Before { get; init; }

    public bool HasMore { get; init; }
}

public sealed record OrderSum
{
    public string Currency { get; init; } = "";
    public long Orders { get; init; }
    public long SpendMinor { get; init; }
    public long Returns { get; init; }
    public long ReturnedMinor { get; init; }
    public long FeesMinor { get; init; }
    public Instant? LastOrderAt { get; init; }
}

public sealed record SalesMonth
{
    /// <summary>Year * 100 + month.</summary>
    public int Month { get; init; }
    public string Currency { get; init; } = "";
    public long SpendMinor { get; init; }
    public long ReturnedMinor { get; init; }
}

/// <summary>An order with what belongs to it.</summary>
public sealed record OrderView
{
    public Guid OrderId { get; init; }
    public Instant At { get; init; }
    public string Number { get; init; } = "";
    public string Currency { get; init; } = "";
    public long TotalMinor { get; init; }
    public string Status { get; init; } = "";
    public string? Channel { get; init; }
    public IReadOnlyList<LineView> Lines { get; init; } = [];
    public IReadOnlyList<ReturnView> Returns { get; init; } = [];
    public IReadOnlyList<FeeView> Fees { get; init; } = [];

    /// <summary>It was wholly taken back within a day: a mistake, not a purchase.</summary>
    public bool IsVoided => Status == "voided";
}

public sealed record LineView
{
    public Guid OrderId { get; init; }
    public int LineNo { get; init; }
    public string Sku { get; init; } = "";
    public string Name { get; init; } = "";
    public long Quantity { get; init; }
    public long AmountMinor { get; init; }
    public string? Batch { get; init; }
}

public sealed record ReturnView
{
    public Guid? OrderId { get; init; }
    public Instant At { get; init; }
    public string Name { get; init; } = "";
    public long Quantity { get; init; }
    public long AmountMinor { get; init; }
    public string Currency { get; init; } = "";
    public string? Reason { get; init; }
}

public sealed record FeeView
{
    public Guid? OrderId { get; init; }
    public string Description { get; init; } = "";
    public long AmountMinor { get; init; }
    public string Currency { get; init; } = "";
}
