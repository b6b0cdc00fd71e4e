using Regard.Access;
using Regard.Customers;
using Regard.Orders;
using Regard.Storage;

namespace Regard.Imports;

/// <summary>Records a chunk of a file in a unit of work: customers and products first, then what rests on them.</summary>
internal sealed class ImportWriter(Actor by)
{
    // A product is never deleted and keeps its sku: what was found once is found.
    private readonly Dictionary<string, Guid> _products = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Guid> _justFound = new(StringComparer.Ordinal);
    private readonly List<Reject> _rejects = [];

    /// <summary>What the chunk that was written last holds and is not recorded.</summary>
    public IReadOnlyList<Reject> Rejects => _rejects;

    /// <summary>Writes the chunk; answers what became of it. May be called again with the same chunk when the unit of work was not committed.</summary>
    public async Task<ImportCounts> WriteAsync(UnitOfWork work, ImportChunk chunk, Instant now)
    {
        var counts = new ImportCounts { Read = chunk.Lines };
        await ErasedRows.LeaveOutAsync(work, chunk);
        _justFound.Clear();
        _rejects.Clear();
        _rejects.AddRange(chunk.Rejects);
        await FindProductsAsync(work, chunk, counts, now);
        await WriteCustomersAsync(work, chunk, counts, now);
        await WriteSalesAsync(work, chunk, counts, now);
        await WriteNobodyAsync(work, chunk, counts, now);
        await WriteProductsAsync(work, chunk, counts, now);
        await new WishWriter(work, by).WriteAsync(chunk, _rejects, counts, now);
        foreach (var (what, count) in chunk.Ignored) counts.Ignore(what, count);
        foreach (var reject in _rejects) counts.Reject(reject.Reason, reject.Place.Lines);
        return counts;
    }

    /// <summary>Says that what was written last stands.</summary>
    public void Keep()
    {
        foreach (var (sku, id) in _justFound) _products[sku] = id;
    }

    private Guid Product(string sku) => _products.TryGetValue(sku, out var id) ? id : _justFound[sku];

    private async Task FindProductsAsync(UnitOfWork work, ImportChunk chunk, ImportCounts counts, Instant now)
    {
        var missing = new Dictionary<string, ProductDraft>(StringComparer.Ordinal);
        void Need(string source, ImportedLine line)
        {
            if (_products.ContainsKey(line.Sku)) return;
            if (!missing.TryGetValue(line.Sku, out var known) || known.Name == line.Sku)
                missing[line.Sku] = new ProductDraft(line.Sku, line.Name.Length > 0 ? line.Name : line.Sku, source);
        }
        foreach (var item in chunk.Items)
        {
            if (item is ImportedSale sale)
            {
                foreach (var line in sale.Lines) Need(sale.Document.Source, line);
            }
            else if (item is ImportedNobody nobody)
            {
                Need(nobody.Source, nobody.Sold);
            }
        }
        if (missing.Count == 0) return;
        var store = new ProductStore(work);
        var before = await store.CountAsync();
        foreach (var (sku, id) in await store.EnsureAsync(missing.Values, now)) _justFound[sku] = id;
        counts.Made("products", await store.CountAsync() - before);
    }

    private async Task WriteCustomersAsync(UnitOfWork work, ImportChunk chunk, ImportCounts counts, Instant now)
    {
        foreach (var item in chunk.Items.OfType<ImportedCustomer>())
        {
            var recorded = await new CustomerStore(work).RecordAsync(item.Customer, by, now);
            if (recorded.IsNew) counts.New += item.Place.Lines;
            else counts.Unchanged += item.Place.Lines;
            counts.Made("customers", recorded.IsNew ? 1 : 0);
        }
    }

    private async Task WriteSalesAsync(UnitOfWork work, ImportChunk chunk, ImportCounts counts, Instant now)
    {
        var sales = chunk.Items.OfType<ImportedSale>().ToList();
        if (sales.Count == 0) return;
        var customers = await new CustomerBatchStore(work).RecordAsync([.. sales.Select(sale => sale.Customer)], by, now);
        counts.Made("customers", customers.Count(customer => customer.IsNew));
        var documents = sales.Select((sale, index) => (SalesDocument)(sale.Document with
        {
            CustomerId = customers[index].Id,
            Lines = [.. sale.Lines.Select(line => new OrderLine(line.LineNo, Product(line.Sku), line.Quantity, line.AmountMinor, line.Batch))],
        })).ToList();
        var outcomes = await new OrderStore(work).RecordManyAsync(documents, now);
        await new PaidPriceStore(work).RecordAsync(documents.Where((_, i) => outcomes[i] == RecordOutcome.New).OfType<OrderRecord>());
        for (var i = 0; i < sales.Count; i++)
        {
            var lines = sales[i].Place.Lines;
            if (outcomes[i] == RecordOutcome.OtherCustomer)
            {
                _rejects.Add(new Reject(sales[i].Place, "number of another customer's order"));
                continue;
            }
            if (outcomes[i] == RecordOutcome.New) counts.New += lines;
            else if (outcomes[i] == RecordOutcome.Updated) counts.Updated += lines;
            else counts.Unchanged += lines;
            if (outcomes[i] == RecordOutcome.New) counts.Made(What(documents[i]), 1);
        }
    }

    private static string What(SalesDocument document) =>
        document.Lines.Count == 0 ? "documents of fees only" : document is ReturnRecord ? "returns" : "orders";

    private async Task WriteNobodyAsync(UnitOfWork work, ImportChunk chunk, ImportCounts counts, Instant now)
    {
        var lines = chunk.Items.OfType<ImportedNobody>().Select(item => new UnattributedLine(item, Product(item.Sold.Sku), now)).ToList();
        var added = await new UnattributedLineStore(work).RecordAsync(lines);
        counts.New += added;
        counts.Unchanged += lines.Count - added;
        counts.Made("lines without a customer", added);
    }

    private static async Task WriteProductsAsync(UnitOfWork work, ImportChunk chunk, ImportCounts counts, Instant now)
    {
        var store = new ProductStore(work);
        var items = chunk.Items.OfType<ImportedProduct>().ToList();
        var known = (await store.KnownAsync(items.Select(item => item.Product.Sku))).Keys.ToHashSet(StringComparer.Ordinal);
        var ids = await store.EnsureAsync([.. items.Select(item => item.Product)], now);
        foreach (var item in items)
        {
            var replacement = item.ReplacedBySku is { } sku ? await store.EnsureAsync(new ProductDraft(sku, sku, item.Product.Source), now) : (Guid?)null;
            var id = ids[item.Product.Sku];
            var was = (await store.OpenAsync(id))!;
            var isNew = known.Add(item.Product.Sku);
            var told = was with
            {
                Name = item.Product.Name,
                Category = item.Product.Category ?? was.Category,
                Supplier = item.Product.Supplier ?? was.Supplier,
                Size = item.Product.Size ?? was.Size,
                DiscontinuedOn = item.DiscontinuedOn ?? was.DiscontinuedOn,
                ReplacedBy = replacement ?? was.ReplacedBy,
            };
            var isChanged = told != was && await store.PutAsync(told, null, now);
            if (item.Price is { } price && await store.PriceAsync(id, price.Currency, price.ValidFrom) != price.PriceMinor)
            {
                await store.RecordPriceAsync(id, price);
                isChanged = true;
            }
            if (isNew) counts.New++;
            else if (isChanged) counts.Updated++;
            else counts.Unchanged++;
            counts.Made("products", isNew ? 1 : 0);
        }
    }
}
