using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Regard.Access;
using Regard.Imports;
using Regard.Kit;

namespace Regard.Orders;

public sealed class OrderApiTests
{
    private static object Order(string number, int pieces = 2) => new
    {
        source = "till",
        number,
        at = "2026-05-01T10:00:00Z",
        currency = "EUR",
        customer = new { email = "ana@example.org", name = "Ana" },
        lines = new[] { new { sku = "A1", name = "Pot", quantity = pieces, amount_minor = pieces * 500 } },
        fees = new[] { new { kind = "postage", amount_minor = 490 } },
    };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task orders_and_returns_told_by_another_system_are_counted_once(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var till = await server.WithKeyAsync(Right.OrdersWrite, Right.CustomersRead);
        (await till.PostAsJsonAsync("/api/v1/orders/", Order("1"))).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await till.PostAsJsonAsync("/api/v1/orders/", Order("1"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var changed = await till.PostAsJsonAsync("/api/v1/orders/", Order("1", 3));
        var answer = await changed.Content.ReadFromJsonAsync<JsonElement>();
        answer.GetProperty("outcome").GetString().ShouldBe("updated");
        var customer = answer.GetProperty("customer_id").GetString();
        using var back = await till.PostAsJsonAsync("/api/v1/returns/", new
        {
            source = "till",
            number = "R1",
            at = "2026-05-09T10:00:00Z",
            currency = "EUR",
            customer = new { id = customer },
            order_number = "1",
            reason = "chipped",
            lines = new[] { new { sku = "A1", quantity = 1, amount_minor = 500 } },
        });
        back.StatusCode.ShouldBe(HttpStatusCode.Created);
        var listed = await till.GetFromJsonAsync<JsonElement>($"/api/v1/orders/?customer_id={customer}");
        listed.GetProperty("items").EnumerateArray().Single().GetProperty("total_minor").GetInt64().ShouldBe(1500);
        (await till.GetFromJsonAsync<JsonElement>("/api/v1/orders/till/1")).GetProperty("lines").GetArrayLength().ShouldBe(1);
        (await till.PostAsJsonAsync("/api/v1/orders/", new { source = "till", number = "2" })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await server.Data.DifferencesAsync()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_product_is_written_at_the_version_that_was_read_and_keeps_its_prices(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var pim = await server.WithKeyAsync(Right.ProductsRead, Right.ProductsWrite);
        async Task<HttpStatusCode> Put(string version, string name)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/products/A1") { Content = JsonContent.Create(new { name }) };
            request.Headers.TryAddWithoutValidation("If-Match", version);
            using var answer = await pim.SendAsync(request);
            return answer.StatusCode;
        }
        (await Put("*", "Pot")).ShouldBe(HttpStatusCode.Created);
        (await Put("\"2\"", "Blue pot")).ShouldBe(HttpStatusCode.OK);
        (await Put("\"2\"", "Red pot")).ShouldBe(HttpStatusCode.PreconditionFailed);
        (await pim.PostAsJsonAsync("/api/v1/products/A1/prices", new { currency = "EUR", valid_from = "2026-01-01T00:00:00Z", price_minor = 500 })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await pim.GetFromJsonAsync<JsonElement>("/api/v1/products/A1/prices")).GetArrayLength().ShouldBe(1);
        (await pim.GetFromJsonAsync<JsonElement>("/api/v1/products/?search=blue")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await pim.GetFromJsonAsync<JsonElement>("/api/v1/products/?search=100%25")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_uploaded_file_is_imported_and_its_report_and_rejected_lines_are_there(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var key = await server.WithKeyAsync(Right.ImportsRun);
        const string file = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n1,22423,CAKESTAND,2,2011-06-01 10:00:00,12.75,17850.0,EIRE\n2,22423,?,x,2011-06-01 10:00:00,12.75,17850.0,EIRE\n";
        using var form = new MultipartFormDataContent { { new StringContent("orders"), "Kind" }, { new StringContent("online-retail"), "Format" }, { new StringContent(file), "file", "shop.csv" } };
        using var taken = await key.PostAsync(new Uri("/api/v1/imports/", UriKind.Relative), form);
        taken.StatusCode.ShouldBe(HttpStatusCode.Created, await taken.Content.ReadAsStringAsync());
        (await server.Services.GetRequiredService<ImportDesk>().RunNextAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        var run = await key.GetFromJsonAsync<JsonElement>(taken.Headers.Location);
        run.GetProperty("state").GetString().ShouldBe("finished");
        run.GetProperty("counts").GetProperty("rejected").GetProperty("unreadable quantity").GetInt64().ShouldBe(1);
        var manager = await server.SignInAsync(Role.Manager);
        using var page = await manager.GetAsync(new Uri("/settings/imports", UriKind.Relative));
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("shop.csv");
        html.ShouldContain("unreadable quantity");
        using var rejects = await manager.GetAsync(new Uri($"/settings/imports/{run.GetProperty("id").GetString()}/rejects", UriKind.Relative));
        (await rejects.Content.ReadAsStringAsync()).ShouldContain("3,unreadable quantity,");
    }
}
