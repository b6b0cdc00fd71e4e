namespace Regard.Insight;

/// <summary>By what sales are told apart when it is asked what comes back. In the order in which one is preferred as the explanation when two explain alike.</summary>
public enum ReturnDimension
{
    /// <summary>One lot of one product.</summary>
    Batch,

    /// <summary>A product, whatever its batch.</summary>
    Product,

    /// <summary>Who the products are bought from.</summary>
    Supplier,

    /// <summary>The size of the products, as the shop writes it.</summary>
    Size,

    /// <summary>Who brought the order.</summary>
    Carrier,

    /// <summary>The customer's country.</summary>
    Region,
}

/// <summary>What is known of a sale when it is asked why it came back; null = not known.</summary>
public sealed record SoldKind(Guid ProductId, string? Batch = null, string? Supplier = null, string? Size = null, string? Carrier = null, string? Region = null)
{
    /// <summary>Like is compared with like: a kettle with kitchen ware and not with tea. Null = with everything whose category is not known.</summary>
    public string? Category { get; init; }
}

/// <summary>Sales of one kind, and what of them came back.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Sold">Order lines.</param>
/// <param name="Returned">Of these lines.</param>
/// <param name="CostMinor">What the returns cost, minor units of one currency.</param>
public readonly record struct SoldCell(SoldKind Kind, int Sold, int Returned, long CostMinor = 0);

/// <summary>A batch, product, supplier, size, carrier or region.</summary>
/// <param name="Dimension">Which of these.</param>
/// <param name="Key">Its id or name; of a batch the product's id, a colon and the batch.</param>
public readonly record struct ReturnThing(ReturnDimension Dimension, string Key)
{
    /// <summary>What a sale is in one dimension; null = not known.</summary>
    public static ReturnThing? Of(ReturnDimension dimension, SoldKind kind) => dimension switch
    {
        ReturnDimension.Product => new(dimension, kind.ProductId.ToString()),
        ReturnDimension.Batch => kind.Batch is { } batch ? new(dimension, $"{kind.ProductId}:{batch}") : null,
        ReturnDimension.Supplier => Named(dimension, kind.Supplier),
        ReturnDimension.Size => Named(dimension, kind.Size),
        ReturnDimension.Carrier => Named(dimension, kind.Carrier),
        _ => Named(dimension, kind.Region),
    };

    /// <summary>Whether a sale is of it.</summary>
    public bool Holds(SoldKind kind) => Of(Dimension, kind) == this;

    /// <summary>The written form: <c>batch:0199…:K-2607</c>.</summary>
    public override string ToString() => $"{Words.Of(Dimension)}:{Key}";

    /// <summary>What a written form stands for; null = nothing.</summary>
    public static ReturnThing? Read(string? text) =>
        text?.IndexOf(':', StringComparison.Ordinal) is { } colon and > 0 && colon + 1 < text.Length && Words.Read<ReturnDimension>(text[..colon]) is { } dimension
            && (dimension > ReturnDimension.Product || Guid.TryParse(text.AsSpan(colon + 1, Math.Min(36, text.Length - colon - 1)), out _))
            ? new ReturnThing(dimension, text[(colon + 1)..])
            : null;

    /// <summary>The product of a product or of a batch; null of anything else.</summary>
    public Guid? ProductId => Dimension <= ReturnDimension.Product && Guid.TryParse(Key.AsSpan(0, Math.Min(36, Key.Length)), out var id) ? id : null;

    /// <summary>The batch of a batch; null of anything else.</summary>
    public string? Batch => Dimension == ReturnDimension.Batch && Key.Length > 37 ? Key[37..] : null;

    private static ReturnThing? Named(ReturnDimension dimension, string? name) => name is null ? null : new(dimension, name);
}
