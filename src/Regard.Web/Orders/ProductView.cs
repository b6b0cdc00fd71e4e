namespace Regard.Orders;

/// <summary>A product's page: everything it shows.</summary>
public sealed record ProductView
{
    public Guid ProductId { get; init; }
    public string Sku { get; init; } = "";
    public string Name { get; init; } = "";
    public string? Category { get; init; }
    public string? Supplier { get; init; }
    public string? Size { get; init; }
    public long Version { get; init; }
    public LocalDate? DiscontinuedOn { get; init; }
    public string? ReplacementSku { get; init; }
    public Guid? ReplacementId { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<(Instant From, Money Price, string Source)> Prices { get; init; } = [];
    public IReadOnlyList<ProductSalesMonth> Months { get; init; } = [];
    public IReadOnlyList<ProductBuyer> Buyers { get; init; } = [];
    public bool MayWrite { get; init; }

    /// <summary>Whether the viewer may know who the buyers are.</summary>
    public bool MaySeeCustomers { get; init; }
}
