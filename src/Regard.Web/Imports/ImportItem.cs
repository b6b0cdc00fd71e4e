using Regard.Contact;
using Regard.Customers;
using Regard.Orders;

namespace Regard.Imports;

/// <summary>Something that a file tells, read but not yet recorded.</summary>
/// <param name="Place">Where the file tells it.</param>
internal abstract record ImportItem(ImportPlace Place);

/// <summary>The lines of a file that tell one thing.</summary>
/// <param name="Line">The first of them, counted from 1 with the header.</param>
/// <param name="Lines">How many they are.</param>
/// <param name="Text">The first line as it stands.</param>
internal readonly record struct ImportPlace(long Line, int Lines, string Text);

/// <summary>An order or a return of a customer.</summary>
internal sealed record ImportedSale(ImportPlace Place, CustomerDraft Customer, SalesDocument Document, IReadOnlyList<ImportedLine> Lines) : ImportItem(Place);

/// <summary>A product in a sale; the sale's own lines are made of these when the products' ids are known.</summary>
internal sealed record ImportedLine(int LineNo, string Sku, string Name, long Quantity, long AmountMinor, string? Batch = null);

/// <summary>A line sold or taken back, of which nobody knows to whom.</summary>
internal sealed record ImportedNobody(ImportPlace Place, string Source, string Number, Instant At, string Currency, ImportedLine Sold) : ImportItem(Place);

/// <summary>A customer.</summary>
internal sealed record ImportedCustomer(ImportPlace Place, CustomerDraft Customer) : ImportItem(Place);

/// <summary>A product, perhaps with a price.</summary>
internal sealed record ImportedProduct(ImportPlace Place, ProductDraft Product, ProductPrice? Price) : ImportItem(Place)
{
    public LocalDate? DiscontinuedOn { get; init; }

    public string? ReplacedBySku { get; init; }
}

/// <summary>What a customer said about being contacted.</summary>
/// <param name="StatementId">By what it is known again in its source.</param>
internal sealed record ImportedWish(ImportPlace Place, CustomerDraft Customer, Wish Wish, string Source, string StatementId) : ImportItem(Place)
{
    /// <summary>When it was said; null = nobody knows, which counts as now.</summary>
    public Instant? SaidAt { get; init; }

    public string? Words { get; init; }

    /// <summary>Whether a customer nobody knows is made, or the line rejected.</summary>
    public bool MakesCustomers { get; init; }

    /// <summary>A no to marketing that comes with each order: kept only where it says something new.</summary>
    public bool IsToldWithEveryOrder { get; init; }
}

/// <summary>A line that is not recorded.</summary>
/// <param name="Reason">One of a few, so that they can be counted; holds nothing of the line.</param>
internal sealed record Reject(ImportPlace Place, string Reason);

/// <summary>A part of a file: recorded in one transaction.</summary>
internal sealed class ImportChunk
{
    public List<ImportItem> Items { get; } = [];

    public List<Reject> Rejects { get; } = [];

    /// <summary>What the file tells beside the records and is deliberately left out, and how often.</summary>
    public SortedDictionary<string, long> Ignored { get; } = new(StringComparer.Ordinal);

    public int Lines { get; set; }

    public void Ignore(string what) => Ignored[what] = Ignored.GetValueOrDefault(what) + 1;
}
