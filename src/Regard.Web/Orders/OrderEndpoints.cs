using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Orders;

/// <summary>The API of orders and returns.</summary>
internal static class OrderEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var orders = routes.MapApi("orders");
        orders.MapGet("/", ListAsync).ForApi(Right.CustomersRead);
        orders.MapGet("/{source}/{number}", OpenAsync).ForApi(Right.CustomersRead);
        orders.MapPost("/", (ToldSale told, HttpContext http, ApiWriter api, IClock clock) => RecordAsync(told, isReturn: false, http, api, clock)).ForApi(Right.OrdersWrite);
        var returns = routes.MapApi("returns");
        returns.MapPost("/", (ToldSale told, HttpContext http, ApiWriter api, IClock clock) => RecordAsync(told, isReturn: true, http, api, clock)).ForApi(Right.OrdersWrite);
    }

    private static async Task<ApiPage<OrderHead>> ListAsync([FromQuery(Name = "customer_id")] Guid customerId, [AsParameters] PageQuery page, Database database, CancellationToken stop)
    {
        var after = page.Cursor(1)?[0];
        await using var work = await database.ReadAsync(stop);
        var current = await new Customers.CustomerStore(work).CurrentAsync(customerId) ?? throw ApiProblem.Absent("customer").Refusal();
        var rows = await new OrderHeadStore(work).PageAsync(current, Guid.TryParse(after, out var before) ? before : null, page.Take);
        return ApiPage<OrderHead>.Of(rows, page, row => [row.OrderId.ToString()]);
    }

    private static async Task<ApiAnswer<SalesDocument>> OpenAsync(string source, string number, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var stored = await new OrderStore(work).OpenAsync(source, number);
        return stored is null ? throw ApiProblem.Absent("order").Refusal() : ApiAnswer<SalesDocument>.Ok(stored.Document);
    }

    private static Task<ApiAnswer<SaleAnswer>> RecordAsync(ToldSale told, bool isReturn, HttpContext http, ApiWriter api, IClock clock)
    {
        told.Check().Refuse();
        return api.WriteAsync(http, async work =>
        {
            var now = clock.GetCurrentInstant();
            if (await told.Customer!.FindAsync(work, told.Source!, http.Actor(), now) is not { } customer) throw ApiProblem.Absent("customer").Refusal();
            var lines = told.Lines ?? [];
            var products = await new ProductStore(work).EnsureAsync([.. lines.Select(line => new ProductDraft(line.Sku!, line.Name ?? line.Sku!, told.Source!))], now);
            var document = told.Document(customer, isReturn, [.. lines.Select((line, i) => new OrderLine(i + 1, products[line.Sku!], line.Quantity, line.AmountMinor, line.Batch))]);
            var outcome = (await new OrderStore(work).RecordManyAsync([document], now))[0];
            if (outcome == RecordOutcome.OtherCustomer) throw ApiProblem.Conflict("This number is known as another customer's. A number belongs to one customer: send it with theirs, or another number.").Refusal();
            var answer = new SaleAnswer(customer, told.Source!, told.Number!, outcome);
            return outcome == RecordOutcome.New ? ApiAnswer<SaleAnswer>.Created($"/api/v1/orders/{told.Source}/{Uri.EscapeDataString(told.Number!)}", answer) : ApiAnswer<SaleAnswer>.Ok(answer);
        });
    }
}
