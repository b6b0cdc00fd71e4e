using System.Net;
using Regard.Access;
using Regard.Changes;
using Regard.Kit;

namespace Regard.Orders;

public sealed class ProductPagesTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task products_are_found_sorted_paged_and_taken_as_a_file(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ChangeShop.Now);
        var shop = await ChangeShop.OpenAsync(server.Data);
        await shop.BuyerAsync("Anna", 20);
        await using (var work = await server.Data.WriteAsync())
        {
            await new ProductStore(work).EnsureAsync([.. Enumerable.Range(0, 60).Select(n => new ProductDraft($"P{n:00}", n % 2 == 0 ? "Pot" : "Pan 100%", "test"))], ChangeShop.Now);
            await work.CommitAsync();
        }
        using var agent = await server.SignInAsync(Role.Agent);
        foreach (var sort in new[] { "number", "name", "pieces" })
        {
            var (seen, path) = (new List<string>(), $"/products?sort={sort}");
            while (path is not null && seen.Count < 200)
            {
                var page = await agent.GetStringAsync(path);
                seen.AddRange(System.Text.RegularExpressions.Regex.Matches(page, "href=\"/products/([0-9a-f-]{36})\"").Select(match => match.Groups[1].Value));
                var next = System.Text.RegularExpressions.Regex.Match(page, "rel=\"next\" href=\"([^\"]+)\"");
                path = next.Success ? WebUtility.HtmlDecode(next.Groups[1].Value) : null;
            }
            seen.Count.ShouldBe(63, sort);
            seen.Distinct().Count().ShouldBe(63, sort);
            if (sort == "pieces") seen[0].ShouldBe(shop.Mug.ToString());
        }
        (await agent.GetStringAsync("/products?q=100%25")).ShouldNotContain(">Pot<");
        (await agent.GetStringAsync("/products?q=nothing")).ShouldContain("No product was found");
        (await agent.GetAsync("/products?sort=nonsense&after=x_y&show=what")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await agent.GetStringAsync("/products.csv?q=pan")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(31);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_product_shows_its_sales_and_buyers_and_takes_prices_and_an_end(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ChangeShop.Now);
        var shop = await ChangeShop.OpenAsync(server.Data);
        var anna = await shop.BuyerAsync("Anna", 20);
        using var manager = await server.SignInAsync(Role.Manager);
        var path = $"/products/{shop.Mug}";
        var page = await manager.GetStringAsync(path);
        page.ShouldContain($"/customers/{anna}");
        page.ShouldContain("2026-10");
        (await manager.PostFormAsync($"{path}/prices", ("Price", "6,25"), ("Currency", "gbp"), ("From", "2026-12-01"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await manager.PostFormAsync($"{path}/prices", ("Price", "cheap"), ("Currency", "GBP"), ("From", "2026-12-01"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await manager.PostFormAsync(path, ("DiscontinuedOn", "2027-01-31"), ("Replacement", "LAMP"), ("Version", "1"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await manager.PostFormAsync(path, ("DiscontinuedOn", ""), ("Replacement", ""), ("Version", "1"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        page = await manager.GetStringAsync(path);
        page.ShouldContain("value=\"6.25\"");
        page.ShouldContain("somebody else changed this product");
        page.ShouldContain("from 2027-01-31");
        page.ShouldContain($"/products/{shop.Lamp}");
        await using var work = await server.Data.ReadAsync();
        (await new ProductStore(work).PricesAsync(shop.Mug)).Count.ShouldBe(2);
        using var agent = await server.SignInAsync(Role.Agent);
        (await agent.GetStringAsync(path)).ShouldNotContain("Record the price");
        (await agent.PostFormAsync($"{path}/prices", ("Price", "1"), ("Currency", "GBP"), ("From", "2026-12-01"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
