using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Orders;

/// <summary>The staff's pages about products.</summary>
internal static class ProductPageEndpoints
{
    private const int PageSize = 25;
    private const int MonthsShown = 36;
    private const int BuyersShown = 10;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/products", ListAsync).ForStaff(Right.ProductsRead);
        routes.MapGet("/products.csv", ExportAsync).ForStaff(Right.ProductsRead);
        routes.MapGet("/products/{id:guid}", ShowAsync).ForStaff(Right.ProductsRead);
        routes.MapPost("/products/{id:guid}", EndAsync).ForStaff(Right.ProductsWrite);
        routes.MapPost("/products/{id:guid}/prices", PriceAsync).ForStaff(Right.ProductsWrite);
    }

    private static async Task<IResult> ListAsync([AsParameters] ProductListQuery query, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var rows = await new ProductListStore(work).PageAsync(query, PageSize + 1);
        var next = rows.Count > PageSize ? query.Beyond(rows[PageSize - 1]).Href : null;
        return new RazorComponentResult<ProductListPage>(new { Query = query, Rows = rows.Take(PageSize).ToList(), Next = next });
    }

    private static async Task ExportAsync(HttpContext http, [AsParameters] ProductListQuery query, Database database)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<ProductListRow>(http, "products.csv", (last, size) => new ProductListStore(work).PageAsync(last is null ? query : query.Beyond(last), size));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Guid id, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var (store, sales, actor) = (new ProductStore(work), new ProductSalesStore(work), http.Actor());
        if (await store.OpenAsync(id) is not { } product) return Faces.Missing();
        var maySeeCustomers = actor.May(Right.CustomersRead);
        return new RazorComponentResult<ProductPage>(new
        {
            View = new ProductView
            {
                ProductId = id,
                Sku = product.Sku,
                Name = product.Name,
                Category = product.Category,
                Version = product.Version,
                DiscontinuedOn = product.DiscontinuedOn,
                ReplacementId = product.ReplacedBy,
                ReplacementSku = product.ReplacedBy is { } other ? (await store.OpenAsync(other))?.Sku : null,
                Supplier = product.Supplier,
                Size = product.Size,
                Prices = [.. (await store.PricesAsync(id)).Select(price => (price.ValidFrom, new Money(price.PriceMinor, price.Currency), price.Source))],
                Months = await sales.MonthsAsync(id, MonthsShown),
                Buyers = maySeeCustomers ? await sales.BuyersAsync(id, BuyersShown) : [],
                MayWrite = actor.May(Right.ProductsWrite),
                MaySeeCustomers = maySeeCustomers,
            },
        });
    }

    private static async Task<IResult> EndAsync(HttpContext http, Guid id, [FromForm] EndForm? form, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        var store = new ProductStore(work);
        if (await store.OpenAsync(id) is not { } product) return Faces.Missing();
        var number = form?.Replacement?.Trim() ?? "";
        var replacement = number.Length == 0 ? null : await store.FindAsync(number);
        var day = IsoDay.Read(form?.DiscontinuedOn);
        if (number.Length > 0 && replacement is null) return Refuse(http, id, "Nothing was saved: no product has the number of the replacement.");
        if (replacement?.Id == id) return Refuse(http, id, "Nothing was saved: a product cannot stand in its own place.");
        if (day is null && !string.IsNullOrWhiteSpace(form?.DiscontinuedOn)) return Refuse(http, id, "Nothing was saved: the day cannot be read. Write it as 2027-01-31.");
        if (!await store.PutAsync(product with { DiscontinuedOn = day, ReplacedBy = replacement?.Id }, form?.Version, clock.GetCurrentInstant()))
            return Refuse(http, id, "Nothing was saved: somebody else changed this product in the meantime. Look at it again and repeat your change.");
        await work.CommitAsync();
        Flash.Say(http, "Saved. Customers who buy it are told when a change is registered and its plan started.");
        return SeeOther.To($"/products/{id}");
    }

    private static async Task<IResult> PriceAsync(HttpContext http, Guid id, [FromForm] PriceForm? form, Database database)
    {
        var currency = form?.Currency?.Trim().ToUpperInvariant() ?? "";
        var isRead = decimal.TryParse(form?.Price?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price);
        if (!isRead || price > 1_000_000_000 || currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper) || IsoDay.Read(form?.From) is not { } from)
            return Refuse(http, id, "Nothing was recorded: a price such as 12.50, a currency of three letters and a day are needed.");
        await using var work = await database.WriteAsync(http.RequestAborted);
        var store = new ProductStore(work);
        if (await store.OpenAsync(id) is null) return Faces.Missing();
        var at = from.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
        await store.RecordPriceAsync(id, new ProductPrice { Currency = currency, PriceMinor = Money.OfMajor(price, currency).Minor, ValidFrom = at, Source = "staff" });
        await work.CommitAsync();
        Flash.Say(http, "The price is recorded.");
        return SeeOther.To($"/products/{id}");
    }

    private static IResult Refuse(HttpContext http, Guid id, string why)
    {
        Flash.Say(http, why, Tone.Danger);
        return SeeOther.To($"/products/{id}");
    }

    internal sealed record EndForm
    {
        public string? DiscontinuedOn { get; init; }
        public string? Replacement { get; init; }
        public long? Version { get; init; }
    }

    internal sealed record PriceForm
    {
        public string? Price { get; init; }
        public string? Currency { get; init; }
        public string? From { get; init; }
    }
}
