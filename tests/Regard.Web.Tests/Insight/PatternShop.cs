using Regard.Access;
using Regard.Customers;
using Regard.Kit;
using Regard.Orders;

namespace Regard.Insight;

/// <summary>A shop of one customer who buys as many kettles as a test needs, and of twenty other things.</summary>
internal sealed class PatternShop
{
    private readonly TestDatabase _data;
    private readonly Guid _kettle;
    private int _number;

    private PatternShop(TestDatabase data, Guid customer, Guid kettle) => (_data, Customer, _kettle) = (data, customer, kettle);

    public Guid Customer { get; }

    public static async Task<PatternShop> OpenAsync(TestDatabase data)
    {
        var at = Instant.FromUtc(2026, 1, 1, 9, 0);
        await using var work = await data.WriteAsync();
        var customer = (await new CustomerStore(work).RecordAsync(new CustomerDraft { Name = "Ada Buyer", Country = "DE", Source = "test", Identities = [IdentityDraft.Email("ada@example.org")] }, Actor.System("test"), at)).Id;
        var kettle = await new ProductStore(work).EnsureAsync(new ProductDraft("KIT-1", "Kettle", "test") { Supplier = "Nordstahl" }, at);
        await work.CommitAsync();
        return new PatternShop(data, customer, kettle);
    }

    /// <summary>Sells so many kettles of batch B-1 at a moment; so many came back a week later.</summary>
    public Task SellAsync(Instant at, int lines, int back) => SellAsync(_kettle, at, (lines, back), "B-1");

    /// <summary>Sells other things, each with so many lines of which some came back.</summary>
    public async Task SellOthersAsync(Instant at, int things, int lines, int back)
    {
        for (var n = 0; n < things; n++)
        {
            Guid product;
            await using (var work = await _data.WriteAsync())
            {
                product = await new ProductStore(work).EnsureAsync(new ProductDraft($"OTH-{n:D2}", $"Thing {n}", "test"), at);
                await work.CommitAsync();
            }
            await SellAsync(product, at, (lines, back), $"O-{n}");
        }
    }

    private async Task SellAsync(Guid product, Instant at, (int Lines, int Back) count, string batch)
    {
        var number = $"N{++_number}";
        await using var work = await _data.WriteAsync();
        await new OrderStore(work).RecordManyAsync(
        [
            new OrderRecord { CustomerId = Customer, Source = "test", Number = number, At = at, Currency = "EUR", Carrier = "dhl", Lines = [.. Enumerable.Range(1, count.Lines).Select(n => new OrderLine(n, product, 1, 1000 + n, batch))] },
        ], at);
        if (count.Back > 0)
            await new OrderStore(work).RecordManyAsync(
            [
                new ReturnRecord
                {
                    CustomerId = Customer, Source = "test", Number = "R" + number, OrderNumber = number, At = at + Duration.FromDays(7), Currency = "EUR", Reason = batch == "B-1" ? "handle came loose" : "changed my mind",
                    Lines = [.. Enumerable.Range(1, count.Back).Select(n => new OrderLine(n, product, 1, 1000 + n, batch))],
                },
            ], at + Duration.FromDays(7));
        await work.CommitAsync();
    }
}
