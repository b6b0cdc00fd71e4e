namespace Regard.Orders;

/// <summary>Something that is sold.</summary>
internal sealed record Product
{
    public Guid Id { get; init; }

    /// <summary>The number that the shop gives it; compared letter by letter.</summary>
    public string Sku { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Category { get; init; }

    /// <summary>Who it is bought from; null = not known.</summary>
    public string? Supplier { get; init; }

    /// <summary>Its size as the shop writes it (<c>500 g</c>, <c>XL</c>); null = not known, or it has none.</summary>
    public string? Size { get; init; }

    public string Source { get; init; } = "";

    /// <summary>The product to buy in its place; null = none.</summary>
    public Guid? ReplacedBy { get; init; }

    /// <summary>The first day on which it is no longer sold; null = it is sold.</summary>
    public LocalDate? DiscontinuedOn { get; init; }

    public long Version { get; init; }
}

/// <summary>What is told about a product that may not be known yet.</summary>
internal sealed record ProductDraft(string Sku, string Name, string Source, string? Category = null)
{
    public string? Supplier { get; init; }

    public string? Size { get; init; }
}

/// <summary>What a piece costs from a moment on, until the next price.</summary>
internal sealed record ProductPrice
{
    public string Currency { get; init; } = "";

    public Instant ValidFrom { get; init; }

    public long PriceMinor { get; init; }

    public string Source { get; init; } = "";
}
