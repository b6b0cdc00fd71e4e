using Microsoft.Playwright;
using Regard.Access;
using Regard.Customers;
using Regard.Kit;

namespace Regard.Faces;

/// <summary>The demo shop, filled and served once for all tests of a class.</summary>
public sealed class DemoVisit : IAsyncLifetime
{
    private ShopServer? _shop;

    internal ShopServer Shop => _shop!;

    public async ValueTask InitializeAsync()
    {
        if (File.Exists("/usr/bin/chromium") || Environment.GetEnvironmentVariable("REGARD_CHROMIUM") is not null) _shop = await ShopServer.StartAsync("sqlite", isDemo: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null) await _shop.DisposeAsync();
    }

    internal Task<Visitor> ComeAsync(Chromium chromium, BrowserNewContextOptions? options = null)
    {
        _ = chromium.Browser;
        return Visitor.ComeAsync(chromium, Shop, Role.Administrator, options);
    }

    /// <summary>The staff's pages, those about a customer with Maria Gruber's.</summary>
    internal async Task<IReadOnlyList<string>> PathsAsync()
    {
        var maria = $"/customers/{await FindAsync("Maria Gruber")}";
        return
        [
            "/customers", "/customers?q=maria+grubr", "/customers?q=zzzzzz", "/customers?country=AT&sort=order", "/customers/new", maria, $"{maria}/orders", $"{maria}/preferences", $"{maria}/record", "/settings/staff", "/settings/keys",
            "/settings/audit", "/products", "/products?q=zzzzzz", $"/products/{await ProductAsync()}",
        ];
    }

    private async Task<Guid> ProductAsync()
    {
        await using var work = await Shop.Database.ReadAsync(CancellationToken.None);
        return (await new Regard.Orders.ProductListStore(work).PageAsync(new Regard.Orders.ProductListQuery { Sort = "pieces" }, 1))[0].ProductId;
    }

    internal async Task<Guid> FindAsync(string name)
    {
        await using var work = await Shop.Database.ReadAsync(CancellationToken.None);
        return (await new SearchStore(work).FindAsync(name, 0, 1))[0].CustomerId;
    }
}
