using NodaTime.Testing;
using Regard.Commands;
using Regard.Kit;

namespace Regard.Demo;

public sealed class DemoLoaderTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 22, 9, 0);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("pace", "long")]
    public async Task a_load_that_was_stopped_half_way_is_run_again_and_nothing_is_double_or_missing(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        using var stop = new CancellationTokenSource();
        var first = new DemoLoader(data.Database, new FakeClock(Now), (share, _) => { if (share > 0.5) stop.Cancel(); });
        await Should.ThrowAsync<OperationCanceledException>(() => first.LoadAsync(DemoShop.DefaultSeed, stop.Token));

        var dayLater = new FakeClock(Now.Plus(Duration.FromDays(1)));
        (await new DemoLoader(data.Database, dayLater, (_, _) => { }).LoadAsync(DemoShop.DefaultSeed, default)).ShouldBeTrue();
        (await new DemoLoader(data.Database, dayLater, (_, _) => { }).LoadAsync(DemoShop.DefaultSeed, default)).ShouldBeFalse();

        var shop = DemoShop.Draw(DemoShop.DefaultSeed, Now);
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from customer -- all customers")).ShouldBe(shop.People.Count);
        (await work.ScalarAsync<long>("select count(*) from sales_order -- all customers")).ShouldBe(shop.Orders.Count);
        (await work.ScalarAsync<long>("select count(*) from order_return -- all customers")).ShouldBe(shop.Orders.Count(o => o.ReturnedLine is not null));
        (await work.ScalarAsync<long>("select count(*) from service_case -- all customers")).ShouldBe(shop.Cases.Count);
        (await work.ScalarAsync<long>("select count(*) from change")).ShouldBe(1);
        foreach (var check in Checks.All) (await check.FindAsync(work)).ShouldBeEmpty(check.Question);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_shop_with_customers_of_its_own_is_left_alone(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using (var work = await data.WriteAsync())
        {
            await new Customers.CustomerStore(work).RecordAsync(new Customers.CustomerDraft { Name = "A real customer", Source = "test" }, Access.Actor.System("test"), Now);
            await work.CommitAsync();
        }
        (await new DemoLoader(data.Database, new FakeClock(Now), (_, _) => { }).LoadAsync(DemoShop.DefaultSeed, default)).ShouldBeFalse();
        await using var read = await data.ReadAsync();
        (await read.ScalarAsync<long>("select count(*) from customer -- all customers")).ShouldBe(1);
    }
}
