using Regard.Storage;

namespace Regard.Orders;

/// <summary>The catalogue: products, what they cost when, and what replaces them.</summary>
internal sealed class ProductStore(UnitOfWork work)
{
    private const string Columns = "product_id as id, sku, name, category, supplier, size, source, replaced_by, discontinued_on, version";

    private static readonly Bulk<(Guid Id, ProductDraft Draft, Instant Now)> Products = new(
        "product", "sku",
        Column<(Guid Id, ProductDraft Draft, Instant Now)>.Id("product_id", row => row.Id),
        Column<(Guid Id, ProductDraft Draft, Instant Now)>.Text("sku", row => row.Draft.Sku),
        Column<(Guid Id, ProductDraft Draft, Instant Now)>.Text("name", row => row.Draft.Name),
        Column<(Guid Id, ProductDraft Draft, Instant Now)>.Text("category", row => row.Draft.Category),
        Column<(Guid Id, ProductDraft Draft, Instant Now)>.Text("supplier", row => row.Draft.Supplier),
        Column<(Guid Id, ProductDraft Draft, Instant Now)>.Text("size", row => row.Draft.Size),
        Column<(Guid Id, ProductDraft Draft, Instant Now)>.Text("source", row => row.Draft.Source),
        Column<(Guid Id, ProductDraft Draft, Instant Now)>.At("created_at", row => row.Now),
        Column<(Guid Id, ProductDraft Draft, Instant Now)>.At("updated_at", row => row.Now));

    /// <summary>The product with this number; made when it is not known. A known product keeps its name.</summary>
    public async Task<Guid> EnsureAsync(ProductDraft draft, Instant now) => (await EnsureAsync([draft], now))[draft.Sku];

    /// <summary>The same for many; answers the id of each sku. Of two drafts with one sku the first counts.</summary>
    public async Task<IReadOnlyDictionary<string, Guid>> EnsureAsync(IReadOnlyCollection<ProductDraft> drafts, Instant now)
    {
        var ids = await KnownAsync(drafts.Select(draft => draft.Sku));
        var missing = drafts.Where(draft => !ids.ContainsKey(draft.Sku)).DistinctBy(draft => draft.Sku, StringComparer.Ordinal).OrderBy(draft => draft.Sku, StringComparer.Ordinal).ToList();
        if (missing.Count == 0) return ids;
        await Products.InsertNewAsync(work, [.. missing.Select(draft => (Ids.New(now), draft, now))]);
        // Another unit of work may have been first with some of them: what stands is read again.
        foreach (var (sku, id) in await KnownAsync(missing.Select(draft => draft.Sku))) ids[sku] = id;
        return ids;
    }

    public Task<long> CountAsync() => work.ScalarAsync<long>("select count(*) from product");

    public Task<Product?> FindAsync(string sku) => work.FirstAsync<Product>($"select {Columns} from product where sku = @sku", new { sku });

    public Task<Product?> OpenAsync(Guid id) => work.FirstAsync<Product>($"select {Columns} from product where product_id = @id", new { id });

    public Task<List<Product>> OpenAsync(IEnumerable<Guid> ids) =>
        work.ListAsync<Product>($"select {Columns} from product where {work.InIds("product_id", "@ids")} order by sku", new { ids = new IdList(ids) });

    /// <summary>Products in the order of their sku, after one; with words only those whose sku begins or whose name has these, in whatever case.</summary>
    public Task<List<Product>> PageAsync(string? words, string? afterSku, int size) => work.ListAsync<Product>($"""
        select {Columns} from product where sku > @after {(string.IsNullOrWhiteSpace(words) ? "" : "and (lower(sku) like @begins escape '!' or lower(name) like @holds escape '!')")}
        order by sku limit @size
        """, new { after = afterSku ?? "", begins = Escaped(words) + "%", holds = $"%{Escaped(words)}%", size });

    private static string Escaped(string? words) =>
        (words ?? "").Trim().ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    /// <summary>Writes what a product is called and what stands in its place. Answers whether the version was the one expected (null: any).</summary>
    public async Task<bool> PutAsync(Product product, long? expectedVersion, Instant now) => await work.ExecuteAsync("""
        update product set name = @Name, category = @Category, supplier = @Supplier, size = @Size, replaced_by = @ReplacedBy, discontinued_on = @DiscontinuedOn, updated_at = @now, version = version + 1
        where product_id = @Id and version = coalesce(@expectedVersion, version)
        """, new { product.Id, product.Name, product.Category, product.Supplier, product.Size, product.ReplacedBy, product.DiscontinuedOn, expectedVersion, now }) == 1;

    /// <summary>Records a price from a moment on; told again for the same moment, the later word counts.</summary>
    public Task RecordPriceAsync(Guid productId, ProductPrice price) => work.ExecuteAsync("""
        insert into product_price (product_id, currency, valid_from, price_minor, source) values (@productId, @Currency, @ValidFrom, @PriceMinor, @Source)
        on conflict (product_id, currency, valid_from) do update set price_minor = excluded.price_minor, source = excluded.source
        """, new { productId, price.Currency, price.ValidFrom, price.PriceMinor, price.Source });

    /// <summary>All prices, newest first.</summary>
    public Task<List<ProductPrice>> PricesAsync(Guid productId) => work.ListAsync<ProductPrice>(
        "select currency, valid_from, price_minor, source from product_price where product_id = @productId order by valid_from desc, currency", new { productId });

    /// <summary>What a piece cost at a moment, in minor units; null when no price is known for it.</summary>
    public Task<long?> PriceAsync(Guid productId, string currency, Instant at) => work.ScalarAsync<long?>("""
        select price_minor from product_price where product_id = @productId and currency = @currency and valid_from <= @at
        order by valid_from desc limit 1
        """, new { productId, currency, at });

    /// <summary>The ids of those of these skus that are known.</summary>
    public async Task<Dictionary<string, Guid>> KnownAsync(IEnumerable<string> skus) =>
        (await work.ListAsync<Product>($"select product_id as id, sku from product where {work.InWords("sku", "@skus")}", new { skus = new WordList(skus.Distinct(StringComparer.Ordinal)) }))
            .ToDictionary(product => product.Sku, product => product.Id, StringComparer.Ordinal);
}
