using Regard.Access;
using Regard.Customers;
using Regard.Kit;
using Regard.Orders;

namespace Regard.Changes;

/// <summary>A small shop with mugs, lamps and vases, and customers with known habits, for tests of changes.</summary>
internal sealed class ChangeShop
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 20, 9, 0);
    public static readonly Actor Manager = Actor.Staff(Ids.Of(Now, "staff", "manager"), "Mia Manager", Role.Manager);

    private readonly TestDatabase _data;

    private ChangeShop(TestDatabase data) => _data = data;

    public Guid Mug { get; private set; }
    public Guid Lamp { get; private set; }
    public Guid Vase { get; private set; }

    public static async Task<ChangeShop> OpenAsync(TestDatabase data)
    {
        var shop = new ChangeShop(data);
        await using var work = await data.WriteAsync();
        var products = new ProductStore(work);
        var ids = await products.EnsureAsync([new("MUG", "Mug", "test"), new("LAMP", "Lamp", "test"), new("VASE", "Vase", "test")], Now);
        (shop.Mug, shop.Lamp, shop.Vase) = (ids["MUG"], ids["LAMP"], ids["VASE"]);
        foreach (var id in ids.Values)
            await products.RecordPriceAsync(id, new ProductPrice { Currency = "GBP", PriceMinor = 500, ValidFrom = Now - Duration.FromDays(800), Source = "test" });
        await work.CommitAsync();
        return shop;
    }

    /// <summary>Somebody who bought so many mugs (and as many vases for each as <paramref name="others"/>) in each of the last months.</summary>
    public async Task<Guid> BuyerAsync(string name, int mugs, int months = 12, int others = 0, string currency = "GBP", bool hasPhone = true)
    {
        await using var work = await _data.WriteAsync();
        var mail = $"{name.ToLowerInvariant()}@example.org";
        var identities = new List<IdentityDraft> { new(IdentityKind.Email, mail) };
        if (hasPhone) identities.Add(new(IdentityKind.Phone, $"+4420794{name.Aggregate(0, (sum, c) => ((sum * 31) + c) % 100_000):D5}"));
        var id = (await new CustomerStore(work).RecordAsync(
            new CustomerDraft { Name = name, AddressAs = name, Source = "test", TimeZone = "Europe/London", Country = "GB", Identities = identities }, Manager, Now)).Id;
        for (var month = 1; month <= months; month++)
        {
            List<OrderLine> lines = [new(1, Mug, mugs, mugs * 500L)];
            if (others > 0) lines.Add(new(2, Vase, others, others * 500L));
            await new OrderStore(work).RecordAsync(
                new OrderRecord
                {
                    CustomerId = id,
                    Source = "test",
                    Number = $"{name}-{month}",
                    Currency = currency,
                    Lines = lines,
                    At = new LocalDate(2026, 11, 10).PlusMonths(-month).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(),
                },
                Now);
        }
        await work.CommitAsync();
        return id;
    }

    public async Task<Change> RegisterAsync(ChangeInput input)
    {
        await using var work = await _data.WriteAsync();
        var (draft, problems) = await ChangeIntake.ReadAsync(new ChangeProductStore(work), input, Now);
        problems.ShouldBeEmpty();
        var registered = await new ChangeStore(work).RegisterAsync(draft.Accept(Ids.New(Now)), "test", input.SourceId ?? Ids.New(Now).ToString(), Manager, Now);
        await work.CommitAsync();
        await using var read = await _data.ReadAsync();
        return (await new ChangeStore(read).FindAsync(registered.Id))!;
    }

    public static ChangeInput Dearer(decimal percent = 8) => new()
    {
        Kind = ChangeKind.Price,
        Title = "Mugs cost more",
        Reason = "Clay costs more.",
        EffectiveOn = new(2027, 1, 4),
        Percent = percent,
        Products = [new() { Sku = "MUG" }],
    };

    public static ChangeInput NoMore(string? replacement = null) => new()
    {
        Kind = ChangeKind.Discontinued,
        Title = "No more mugs",
        Reason = "The potter retires.",
        EffectiveOn = new(2027, 1, 4),
        Products = [new() { Sku = "MUG", Replacement = replacement }],
    };

    public Task<Guid> PlanAsync(Change change, int minutes, Func<Guid, PersonalMeans>? means = null) =>
        new PlanMaking(_data.Database, (_, id) => Task.FromResult(new MeansFound(means?.Invoke(id) ?? PersonalMeans.Call, "as the test says"))).MakeAsync(change, new(minutes, Now.InUtc().Date), Manager, Now, null, default);

    /// <summary>A plan whose means are the contact gate's own answers, and whose start is asked for.</summary>
    public async Task<Guid> StartedAsync(Change change, int minutes = 600)
    {
        var planId = await new PlanMaking(_data.Database, (work, id) => PlanContact.MeansAsync(work, id, change, Now)).MakeAsync(change, new(minutes, Now.InUtc().Date), Manager, Now, null, default);
        (await AskForStartAsync(planId)).ShouldBeTrue();
        return planId;
    }

    public async Task<bool> AskForStartAsync(Guid planId)
    {
        await using var work = await _data.WriteAsync();
        var isMine = await new PlanStore(work).StartAsync(planId, Now);
        await work.CommitAsync();
        return isMine;
    }

    public async Task<List<PlanStepRow>> StepsAsync(Guid customerId)
    {
        await using var work = await _data.ReadAsync();
        return await new PlanStepStore(work).OfCustomerAsync(customerId);
    }

    public async Task WithdrawAsync(Change change)
    {
        await using var work = await _data.WriteAsync();
        (await new ChangeStore(work).WithdrawAsync(change.Id)).ShouldBeTrue();
        await work.CommitAsync();
    }

    public async Task<(PlanRow Plan, List<ImpactRow> Rows)> SeeAsync(Guid planId, ImpactQuery? query = null)
    {
        await using var work = await _data.ReadAsync();
        return ((await new PlanStore(work).RowAsync(planId))!, await new ImpactStore(work).PageAsync(planId, query ?? new(), 100));
    }
}
