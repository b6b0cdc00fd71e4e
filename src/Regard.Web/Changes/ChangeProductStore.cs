using Regard.Storage;

namespace Regard.Changes;

/// <summary>The catalogue as the register of changes needs it: products with the price that holds now.</summary>
internal sealed class ChangeProductStore(UnitOfWork work)
{
    /// <summary>Products by their numbers; unknown ones are left out.</summary>
    public async Task<List<PricedProduct>> BySkuAsync(IEnumerable<string> skus, Instant now) => await PriceAsync(
        await work.ListAsync<PricedProduct>($"select p.product_id, p.sku, p.name, p.discontinued_on, r.sku as replaced_by_sku from product p left join product r on r.product_id = p.replaced_by where {work.InWords("p.sku", "@skus")}", new { skus = new WordList(skus) }), now);

    /// <summary>Products whose number or name begins with, or name holds, a text; at most 20.</summary>
    public async Task<List<PricedProduct>> SearchAsync(string text, Instant now)
    {
        var like = text.Trim().ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        if (like.Length == 0) return [];
        var found = await work.ListAsync<PricedProduct>(
            """
            select product_id, sku, name, discontinued_on from product
            where lower(sku) like @start escape '\' or lower(name) like @within escape '\'
            order by case when lower(sku) like @start escape '\' then 0 else 1 end, name, sku limit 20
            """,
            new { start = like + "%", within = "%" + like + "%" });
        return await PriceAsync(found, now);
    }

    /// <summary>The products that brought the most money in the twelve whole months before a day, by money; in the currency that brought most.</summary>
    public async Task<List<PricedProduct>> BestsellersAsync(int count, LocalDate asOf, Instant now)
    {
        var (from, until) = Months.Year(asOf);
        var best = await work.ListAsync<PricedProduct>(
            """
            /* all customers: what the shop sells best */
            select p.product_id, p.sku, p.name, p.discontinued_on from product p join (
              select product_id, sum(spend_minor - returned_minor) as net from product_month where month between @from and @until group by product_id
            ) m on m.product_id = p.product_id
            order by m.net desc, p.sku limit @count
            """,
            new { from, until, count });
        return await PriceAsync(best, now);
    }

    // The listed price that holds now; a catalogue without prices has what customers paid on average in the last months with sales.
    private async Task<List<PricedProduct>> PriceAsync(List<PricedProduct> products, Instant now)
    {
        var ids = new IdList(products.Select(p => p.ProductId));
        var listed = await work.ListAsync<PriceRow>(
            $"select product_id, currency, price_minor from product_price where {work.InIds("product_id", "@ids")} and valid_from <= @now order by valid_from desc", new { ids, now });
        var paid = await work.ListAsync<PriceRow>(
            $"""
            /* all customers: what they paid on average */
            select product_id, currency, cast(sum(spend_minor) as bigint) as spend, cast(sum(quantity) as bigint) as quantity
            from product_month where {work.InIds("product_id", "@ids")} and quantity > 0 group by product_id, currency order by 3 desc
            """,
            new { ids });
        foreach (var row in paid.Where(r => r.Quantity > 0)) row.PriceMinor = (long)Math.Round((decimal)row.Spend / row.Quantity, MidpointRounding.ToEven);
        var known = listed.Concat(paid).ToLookup(row => row.ProductId);
        return [.. products.Select(p => p with { Prices = [.. known[p.ProductId].DistinctBy(r => r.Currency).Select(r => new Money(r.PriceMinor, r.Currency))] })];
    }

    private sealed record PriceRow
    {
        public Guid ProductId { get; init; }
        public string Currency { get; init; } = "";
        public long PriceMinor { get; set; }
        public long Spend { get; init; }
        public long Quantity { get; init; }
    }
}

/// <summary>A product with its present prices, one for each currency; the one that matters most first.</summary>
public sealed record PricedProduct
{
    public Guid ProductId { get; init; }
    public string Sku { get; init; } = "";
    public string Name { get; init; } = "";
    public LocalDate? DiscontinuedOn { get; init; }

    /// <summary>The number of the product that the catalogue names in its place; null = none, or not asked for.</summary>
    public string? ReplacedBySku { get; init; }
    public IReadOnlyList<Money> Prices { get; init; } = [];
}
