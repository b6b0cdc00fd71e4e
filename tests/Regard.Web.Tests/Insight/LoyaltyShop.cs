using Regard.Access;
using Regard.Customers;
using Regard.Kit;
using Regard.Orders;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>A small shop whose customers buy in rhythms of their own: some still do, some have stopped, some came once.</summary>
internal static class LoyaltyShop
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 9, 0);
    private static readonly Actor By = Actor.System("test");

    /// <summary>Sixty regular customers, ten who fell silent, thirty who came once: in the order of their making.</summary>
    public static async Task<List<Guid>> FillAsync(TestDatabase data)
    {
        await using var work = await data.WriteAsync();
        var product = await ProductAsync(work);
        List<Guid> ids = [];
        for (var n = 0; n < 100; n++)
        {
            var id = await CustomerAsync(work, n);
            ids.Add(id);
            int gap = 12 + (n % 9 * 3), first = 300 + (n % 40), until = n is >= 60 and < 70 ? 110 : 0;
            for (int ago = first, order = 0; ago > until && (n < 70 || order == 0); ago -= gap + ((order * 7) % 5) - 2, order++) await BuyAsync(work, id, product, $"{n}-{order}", Now - Duration.FromDays(ago));
        }
        await work.CommitAsync();
        return ids;
    }

    public static async Task<Guid> CustomerAsync(UnitOfWork work, int n) => (await new CustomerStore(work).RecordAsync(
        new CustomerDraft
        {
            Name = $"Customer {n}",
            Source = "test",
            TimeZone = "Europe/London",
            Country = "GB",
            Language = "en",
            Identities = [new(IdentityKind.Email, $"customer{n}@example.org"), new(IdentityKind.Phone, $"+4420794{n:D5}")],
        },
        By, Now - Duration.FromDays(400))).Id;

    public static async Task<Guid> ProductAsync(UnitOfWork work) => (await new ProductStore(work).EnsureAsync([new("TEA", "Green tea", "test")], Now - Duration.FromDays(400)))["TEA"];

    public static Task BuyAsync(UnitOfWork work, Guid customer, Guid product, string number, Instant at) => new OrderStore(work).RecordAsync(
        new OrderRecord { CustomerId = customer, Source = "test", Number = number, Currency = "GBP", At = at, Lines = [new(1, product, 2, 1500 + (number.Length * 100))] }, Now);

    public static async Task BuyAsync(TestDatabase data, Guid customer, string number, Instant at)
    {
        await using var work = await data.WriteAsync();
        await BuyAsync(work, customer, await ProductAsync(work), number, at);
        await work.CommitAsync();
    }
}
