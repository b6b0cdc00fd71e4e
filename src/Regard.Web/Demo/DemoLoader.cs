using Regard.Access;
using Regard.Changes;
using Regard.Contact;
using Regard.Customers;
using Regard.Orders;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Demo;

/// <summary>
/// Writes the demo shop through the same stores as everything else. Every record is idempotent and the moment it is drawn for is kept
/// first, so a load that was killed is simply run again and goes on where it was.
/// </summary>
internal sealed class DemoLoader(Database database, IClock clock, Action<double, string> report)
{
    private const string Source = "demo";
    private const int Chunk = 200;

    private static readonly Actor By = Actor.System("demo");

    /// <summary>Fills a database that is empty, or goes on with one that was begun. False = there are other data or a finished demo shop.</summary>
    public async Task<bool> LoadAsync(ulong seed, CancellationToken stop)
    {
        if (await BeginAsync(stop) is not { } moment) return false;
        var shop = DemoShop.Draw(seed, moment);
        var staff = await StaffAsync(moment, stop);
        var products = await ProductsAsync(moment, stop);
        var customers = await CustomersAsync(shop, stop);
        await OrdersAsync(shop, products, customers, stop);
        await CareAsync(shop, customers, staff, stop);
        await ChangeAsync(products, moment, stop);
        await using var work = await database.WriteAsync(stop);
        await new DemoStore(work).FinishAsync(clock.GetCurrentInstant());
        await work.CommitAsync();
        return true;
    }

    private async Task<Instant?> BeginAsync(CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        var store = new DemoStore(work);
        if (await store.IsFinishedAsync()) return null;
        if (await store.BegunAsync() is { } begun) return begun;
        if (!await store.IsEmptyAsync()) return null;
        var now = clock.GetCurrentInstant();
        await store.BeginAsync(now);
        await work.CommitAsync();
        return now;
    }

    private async Task<IReadOnlyDictionary<string, Guid>> StaffAsync(Instant moment, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        var store = new StaffStore(work);
        foreach (var name in DemoCare.Agents)
        {
            var email = name.ToLowerInvariant().Replace(' ', '.').Replace("á", "a", StringComparison.Ordinal) + "@larkspur.example";
            await store.AddAsync(new StaffMember { StaffId = Ids.Of(moment, Source, name), Email = email, Name = name, Role = Words.Of(Role.Agent), TimeZone = "Europe/Berlin", CreatedAt = moment });
        }
        await work.CommitAsync();
        return DemoCare.Agents.ToDictionary(name => name, name => Ids.Of(moment, Source, name), StringComparer.Ordinal);
    }

    private async Task<IReadOnlyDictionary<string, Guid>> ProductsAsync(Instant moment, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        var store = new ProductStore(work);
        var ids = await store.EnsureAsync([.. DemoCatalogue.Products.Select(p => new ProductDraft(p.Sku, p.Name, Source, p.Category) { Supplier = p.Supplier, Size = p.Size })], moment);
        foreach (var product in DemoCatalogue.Products)
            await store.RecordPriceAsync(ids[product.Sku], new ProductPrice
            {
                Currency = DemoCatalogue.Currency,
                ValidFrom = moment.Minus(Duration.FromDays(731)),
                PriceMinor = product.PriceMinor,
                Source = Source,
            });
        await work.CommitAsync();
        return ids;
    }

    private async Task<Guid[]> CustomersAsync(DemoShop shop, CancellationToken stop)
    {
        var ids = new Guid[shop.People.Count];
        var sayings = new Seeded(DemoShop.DefaultSeed).For("sayings");
        foreach (var chunk in shop.People.Chunk(Chunk))
        {
            await using var work = await database.WriteAsync(stop);
            foreach (var person in chunk)
            {
                ids[person.Number - 1] = (await new CustomerStore(work).RecordAsync(DemoRows.Customer(person, Source), By, DemoRows.Start(person))).Id;
                if (DemoStories.Of(person, sayings, shop.Now) is { } saying)
                    await new PreferenceStore(work).RecordAsync(DemoRows.Statement(ids[person.Number - 1], person, saying, shop.Now, Source), shop.Now);
            }
            await work.CommitAsync();
            report(0.35 * chunk[^1].Number / shop.People.Count, "Customers and their wishes");
        }
        return ids;
    }

    private async Task OrdersAsync(DemoShop shop, IReadOnlyDictionary<string, Guid> products, Guid[] customers, CancellationToken stop)
    {
        var done = 0;
        foreach (var chunk in shop.Orders.Chunk(1000))
        {
            await using var work = await database.WriteAsync(stop);
            var store = new OrderStore(work);
            await store.RecordManyAsync([.. chunk.Select(order => DemoRows.Order(order, customers[order.Person.Number - 1], products, Source))], shop.Now);
            await store.RecordManyAsync([.. chunk.Where(o => o.ReturnedLine is not null).Select(order => DemoRows.Return(order, customers[order.Person.Number - 1], products, Source))], shop.Now);
            await work.CommitAsync();
            done += chunk.Length;
            report(0.35 + 0.45 * done / shop.Orders.Count, "Orders and returns");
        }
    }

    private async Task CareAsync(DemoShop shop, Guid[] customers, IReadOnlyDictionary<string, Guid> staff, CancellationToken stop)
    {
        var cases = shop.Cases.ToLookup(c => c.Person.Number);
        var touches = shop.Touches.ToLookup(t => t.Person.Number);
        foreach (var chunk in shop.People.Chunk(Chunk))
        {
            await using var work = await database.WriteAsync(stop);
            foreach (var person in chunk)
            {
                var id = customers[person.Number - 1];
                await new TimelineStore(work).AppendAsync(id, [.. touches[person.Number].Select(t => DemoRows.Touchpoint(t, staff, Source))], shop.Now);
                foreach (var problem in cases[person.Number]) await new Cases.CaseStore(work).KeepAsync(DemoRows.Case(problem, id, staff), Source, problem.Number.ToString("D4", null));
            }
            await work.CommitAsync();
            report(0.8 + 0.2 * chunk[^1].Number / shop.People.Count, "Calls, visits, problems and answers");
        }
    }

    private async Task ChangeAsync(IReadOnlyDictionary<string, Guid> products, Instant moment, CancellationToken stop)
    {
        await using var work = await database.WriteAsync(stop);
        var day = moment.InUtc().Date.PlusMonths(1);
        await new ChangeStore(work).RegisterAsync(new Change
        {
            Id = Ids.Of(moment, Source, "coffee-price"),
            Kind = ChangeKind.Price,
            Title = "Three coffees cost more from next month",
            Reason = "The harvest was poor and green coffee costs us a third more. We pass on only that difference, and no other coffee changes.",
            EffectiveOn = new LocalDate(day.Year, day.Month, 1),
            Currency = DemoCatalogue.Currency,
            Products = [.. DemoCatalogue.Products.Where(p => DemoCatalogue.RisingSkus.Contains(p.Sku)).Select(p => new ProductChange(products[p.Sku], p.Sku, p.Name)
            {
                OldPriceMinor = p.PriceMinor, NewPriceMinor = p.PriceMinor * 112 / 100 / 10 * 10,
            })],
        }, Source, "coffee-price", By, moment);
        await work.CommitAsync();
    }
}
