using Regard.Kit;
using Regard.Storage;

namespace Regard.Orders;

[Trait("req", "M10")]
public sealed class OrderStoreTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 1, 12, 0);
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 31, 23, 30);

    private sealed record Sums
    {
        public long Orders { get; init; }
        public long SpendMinor { get; init; }
        public long Returns { get; init; }
        public long ReturnedMinor { get; init; }
        public long FeesMinor { get; init; }
        public Instant? FirstOrderAt { get; init; }
        public Instant? LastOrderAt { get; init; }
    }

    private static Task<Sums?> SumsAsync(UnitOfWork work, Guid customer) =>
        work.FirstAsync<Sums>("select * from order_rollup where customer_id = @customer", new { customer });

    private static async Task<(Guid Customer, Guid Mug)> SetUpAsync(UnitOfWork work)
    {
        var customer = await Shop.CustomerAsync(work, Now);
        return (customer, await new ProductStore(work).EnsureAsync(new ProductDraft("MUG", "Mug", "test"), Now));
    }

    private static OrderRecord Order(Guid customer, Guid product, string number, int day = 0, long pieces = 2) => new()
    {
        CustomerId = customer,
        Source = "test",
        Number = number,
        At = Start + Duration.FromDays(day),
        Currency = "EUR",
        Lines = [new OrderLine(1, product, pieces, pieces * 500)],
        Fees = [new FeeRecord(2, FeeKind.Postage, 395, "Postage")],
    };

    private static ReturnRecord Return(OrderRecord order, string number, Duration after, long pieces) => new()
    {
        CustomerId = order.CustomerId,
        Source = "test",
        Number = number,
        At = order.At + after,
        Currency = "EUR",
        Lines = [new OrderLine(1, order.Lines[0].ProductId, pieces, pieces * 500)],
    };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_order_told_twice_is_counted_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (customer, mug) = await SetUpAsync(work);
        var store = new OrderStore(work);
        (await store.RecordAsync(Order(customer, mug, "1"), Now)).ShouldBe(RecordOutcome.New);
        (await store.RecordAsync(Order(customer, mug, "1"), Now)).ShouldBe(RecordOutcome.Unchanged);
        (await store.RecordManyAsync([Order(customer, mug, "2", 1), Order(customer, mug, "2", 1)], Now)).ShouldBe([RecordOutcome.New, RecordOutcome.Unchanged]);
        (await SumsAsync(work, customer)).ShouldBe(new Sums { Orders = 2, SpendMinor = 2000, FeesMinor = 790, FirstOrderAt = Start, LastOrderAt = Start + Duration.FromDays(1) });
        (await work.ListAsync<int>("select month from order_month where customer_id = @customer order by month", new { customer })).ShouldBe([202601, 202602]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_order_told_again_with_other_contents_replaces_them(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (customer, mug) = await SetUpAsync(work);
        var store = new OrderStore(work);
        await store.RecordAsync(Order(customer, mug, "1"), Now);
        (await store.RecordAsync(Order(customer, mug, "1", pieces: 3) with { Fees = [] }, Now)).ShouldBe(RecordOutcome.Updated);
        (await SumsAsync(work, customer)).ShouldBe(new Sums { Orders = 1, SpendMinor = 1500, FirstOrderAt = Start, LastOrderAt = Start });
        (await work.ScalarAsync<long>("select sum(quantity) from product_month where customer_id = @customer", new { customer })).ShouldBe(3);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_number_of_one_customer_is_not_taken_for_another(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (customer, mug) = await SetUpAsync(work);
        var other = await Shop.CustomerAsync(work, Now);
        var store = new OrderStore(work);
        await store.RecordAsync(Order(customer, mug, "1"), Now);
        (await store.RecordAsync(Order(other, mug, "1"), Now)).ShouldBe(RecordOutcome.OtherCustomer);
        (await SumsAsync(work, other)).ShouldBeNull();
        (await store.RecordReturnAsync(Return(Order(customer, mug, "1"), "1", Duration.FromDays(3), 1), Now)).ShouldBe(RecordOutcome.New);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_order_wholly_back_within_a_day_is_no_purchase(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (customer, mug) = await SetUpAsync(work);
        var store = new OrderStore(work);
        var (first, mistake, together) = (Order(customer, mug, "1"), Order(customer, mug, "2", 5, 80_995), Order(customer, mug, "3", 9, 7));
        await store.RecordManyAsync([first, mistake], Now);
        await store.RecordReturnAsync(Return(mistake, "R2", Duration.FromMinutes(12), 80_995), Now);
        await store.RecordManyAsync([together, Return(together, "R3", Duration.FromMinutes(1), 7)], Now);
        (await SumsAsync(work, customer)).ShouldBe(new Sums
        {
            Orders = 1,
            SpendMinor = (2 + 80_995 + 7) * 500,
            Returns = 2,
            ReturnedMinor = (80_995 + 7) * 500,
            FeesMinor = 3 * 395,
            FirstOrderAt = Start,
            LastOrderAt = Start,
        });
        (await work.ListAsync<string>("select status from sales_order where customer_id = @customer order by at", new { customer })).ShouldBe(["placed", "voided", "voided"]);
        (await work.ScalarAsync<long>("select sum(quantity - returned_quantity) from product_month where customer_id = @customer", new { customer })).ShouldBe(2);
        (await work.ScalarAsync<long>("select sum(orders) from product_month where customer_id = @customer", new { customer })).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_mistake_becomes_a_purchase_again_when_its_return_is_corrected(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (customer, mug) = await SetUpAsync(work);
        var store = new OrderStore(work);
        var order = Order(customer, mug, "1");
        var back = Return(order, "R1", Duration.FromMinutes(5), 2);
        await store.RecordManyAsync([order, back], Now);
        (await SumsAsync(work, customer))!.Orders.ShouldBe(0);
        (await store.RecordReturnAsync(Return(order, "R1", Duration.FromMinutes(5), 1), Now)).ShouldBe(RecordOutcome.Updated);
        (await SumsAsync(work, customer)).ShouldBe(new Sums
        {
            Orders = 1,
            SpendMinor = 1000,
            Returns = 1,
            ReturnedMinor = 500,
            FeesMinor = 395,
            FirstOrderAt = Start,
            LastOrderAt = Start,
        });
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_return_of_more_than_was_bought_is_kept_and_the_rest_stands_alone(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var (customer, mug) = await SetUpAsync(work);
        var store = new OrderStore(work);
        var order = Order(customer, mug, "1");
        await store.RecordAsync(order, Now);
        var back = Return(order, "R1", Duration.FromDays(9), 5);
        (await store.RecordReturnAsync(back, Now)).ShouldBe(RecordOutcome.New);
        (await store.RecordReturnAsync(back, Now)).ShouldBe(RecordOutcome.Unchanged);
        (await work.ScalarAsync<long>("select count(*) from order_return where customer_id = @customer and order_id is null and quantity = 3", new { customer })).ShouldBe(1);
        (await work.ScalarAsync<long>("select count(*) from order_return where customer_id = @customer and order_id is not null and quantity = 2", new { customer })).ShouldBe(1);
    }
}
