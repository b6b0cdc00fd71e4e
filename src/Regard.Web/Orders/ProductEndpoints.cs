using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Orders;

/// <summary>What a caller writes about a product; what is absent is not known (and taken away when it was).</summary>
internal sealed record ToldProduct(string? Name, string? Category, string? Source, string? ReplacedBySku, LocalDate? DiscontinuedOn)
{
    /// <summary>Who it is bought from.</summary>
    public string? Supplier { get; init; }

    public string? Size { get; init; }
}

/// <summary>What a piece costs from a moment on.</summary>
internal sealed record ToldPrice(string? Currency, Instant? ValidFrom, long? PriceMinor, string? Source);

/// <summary>The API of the catalogue.</summary>
internal static class ProductEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var products = routes.MapApi("products");
        products.MapGet("/", ListAsync).ForApi(Right.ProductsRead);
        products.MapGet("/{sku}", OpenAsync).ForApi(Right.ProductsRead);
        products.MapPut("/{sku}", PutAsync).NeedsVersion().ForApi(Right.ProductsWrite);
        products.MapGet("/{sku}/prices", PricesAsync).ForApi(Right.ProductsRead);
        products.MapPost("/{sku}/prices", RecordPriceAsync).ForApi(Right.ProductsWrite);
    }

    private static async Task<ApiPage<Product>> ListAsync([FromQuery] string? search, [AsParameters] PageQuery page, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var rows = await new ProductStore(work).PageAsync(search, page.Cursor(1)?[0], page.Take);
        return ApiPage<Product>.Of(rows, page, row => [row.Sku]);
    }

    private static async Task<ApiAnswer<Product>> OpenAsync(string sku, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var product = await MustAsync(work, sku);
        return ApiAnswer<Product>.Ok(product, product.Version);
    }

    private static Task<ApiAnswer<Product>> PutAsync(string sku, ToldProduct told, HttpContext http, ApiWriter api, IClock clock)
    {
        var faults = new Faults();
        faults.When(string.IsNullOrWhiteSpace(told.Name) || told.Name.Length > 500, "/name", "is required, at most 500 letters");
        faults.When(string.Equals(told.ReplacedBySku, sku, StringComparison.Ordinal), "/replaced_by_sku", "is the product itself");
        faults.When(told.Supplier?.Length > 200, "/supplier", "has more than 200 letters");
        faults.When(told.Size?.Length > 100, "/size", "has more than 100 letters");
        faults.Refuse();
        return api.WriteAsync(http, async work =>
        {
            var store = new ProductStore(work);
            var (now, expected) = (clock.GetCurrentInstant(), http.ExpectedVersion());
            var known = await store.FindAsync(sku);
            var isNew = known is null && expected is null;
            if (isNew)
            {
                await store.EnsureAsync(new ProductDraft(sku, told.Name!, told.Source ?? "api", told.Category) { Supplier = told.Supplier, Size = told.Size }, now);
                known = await store.FindAsync(sku);
            }
            if (known is null) throw ApiProblem.Absent("product").Refusal();
            var replacement = told.ReplacedBySku is { } other ? await MustAsync(work, other) : null;
            var written = known with { Name = told.Name!, Category = told.Category, Supplier = told.Supplier, Size = told.Size, ReplacedBy = replacement?.Id, DiscontinuedOn = told.DiscontinuedOn };
            if (!await store.PutAsync(written, expected, now)) throw ApiProblem.Stale().Refusal();
            var answer = written with { Version = known.Version + 1 };
            return isNew ? ApiAnswer<Product>.Created($"/api/v1/products/{Uri.EscapeDataString(sku)}", answer, answer.Version) : ApiAnswer<Product>.Ok(answer, answer.Version);
        });
    }

    private static async Task<ApiAnswer<IReadOnlyList<ProductPrice>>> PricesAsync(string sku, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var product = await MustAsync(work, sku);
        return ApiAnswer<IReadOnlyList<ProductPrice>>.Ok(await new ProductStore(work).PricesAsync(product.Id));
    }

    private static Task<ApiAnswer<ProductPrice>> RecordPriceAsync(string sku, ToldPrice told, HttpContext http, ApiWriter api)
    {
        var faults = new Faults();
        faults.When(told.Currency is not { Length: 3 } || !told.Currency.All(char.IsAsciiLetterUpper), "/currency", "is required: an ISO 4217 code in capitals");
        faults.When(told.ValidFrom is null, "/valid_from", "is required");
        faults.When(told.PriceMinor is null or < 0, "/price_minor", "is required and not negative");
        faults.Refuse();
        return api.WriteAsync(http, async work =>
        {
            var product = await MustAsync(work, sku);
            var price = new ProductPrice { Currency = told.Currency!, ValidFrom = told.ValidFrom!.Value, PriceMinor = told.PriceMinor!.Value, Source = told.Source ?? "api" };
            await new ProductStore(work).RecordPriceAsync(product.Id, price);
            return ApiAnswer<ProductPrice>.Created($"/api/v1/products/{Uri.EscapeDataString(sku)}/prices", price);
        });
    }

    private static async Task<Product> MustAsync(UnitOfWork work, string sku) => await new ProductStore(work).FindAsync(sku) ?? throw ApiProblem.Absent("product").Refusal();
}
