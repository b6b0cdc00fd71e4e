namespace Regard.Orders;

[Trait("req", "M10")]
public sealed class PurchasesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 10, 9, 0);
    private static readonly Guid Mug = Ids.Of(Start, "test", "mug"), Lamp = Ids.Of(Start, "test", "lamp");
    private readonly Purchases _purchases = new();

    private static Guid Order(int day) => Ids.Of(Start, "order", $"{day}");

    private void Buys(int day, Guid product, long pieces, long amount, int line = 1) =>
        _purchases.Add(Order(day), $"{day}", Start + Duration.FromDays(day), new OrderLine(line, product, pieces, amount));

    private IReadOnlyList<ReturnedPart> Returns(int day, Guid product, long pieces, long amount, string? order = null) => _purchases.TakeBack(new ReturnRecord
    {
        CustomerId = Mug,
        Source = "test",
        Number = "R",
        At = Start + Duration.FromDays(day),
        Currency = "GBP",
        OrderNumber = order,
        Lines = [new OrderLine(1, product, pieces, amount)],
    });

    [Fact]
    public void a_return_takes_from_the_most_recent_earlier_line_of_the_product()
    {
        Buys(1, Mug, 2, 1000);
        Buys(3, Mug, 2, 1000);
        Buys(4, Lamp, 2, 1000);
        Buys(9, Mug, 2, 1000);
        Returns(5, Mug, 1, 500).Single().OrderId.ShouldBe(Order(3));
    }

    [Fact]
    public void the_same_price_for_a_piece_goes_before_the_more_recent_line()
    {
        Buys(1, Mug, 4, 1000);
        Buys(3, Mug, 2, 900);
        Returns(5, Mug, 2, 500).Single().OrderId.ShouldBe(Order(1));
    }

    [Fact]
    public void the_order_that_a_return_names_goes_before_price_and_time()
    {
        Buys(1, Mug, 4, 1000);
        Buys(2, Mug, 4, 800);
        Buys(3, Mug, 4, 1000);
        Returns(5, Mug, 4, 1000, order: "2").Single().OrderId.ShouldBe(Order(2));
    }

    [Fact]
    public void what_one_line_cannot_give_comes_from_the_next_and_the_money_adds_up()
    {
        Buys(1, Mug, 2, 667);
        Buys(3, Mug, 1, 333);
        var parts = Returns(5, Mug, 5, 1667);
        parts.Select(part => (part.OrderId, part.Quantity)).ShouldBe([(Order(3), 1L), (Order(1), 2L), (null, 2L)]);
        parts.Select(part => part.Part).ShouldBe([0, 1, 2]);
        parts.Sum(part => part.AmountMinor).ShouldBe(1667);
    }

    [Fact]
    public void pieces_come_back_only_once()
    {
        Buys(1, Mug, 2, 1000);
        Returns(2, Mug, 2, 1000).Single().OrderId.ShouldBe(Order(1));
        Returns(3, Mug, 1, 500).Single().OrderId.ShouldBeNull();
    }

    [Fact]
    public void an_order_wholly_back_within_a_day_is_a_mistake_and_one_piece_kept_makes_it_none()
    {
        Buys(1, Mug, 2, 1000);
        Buys(1, Lamp, 1, 1000, line: 2);
        Returns(2, Mug, 2, 1000);
        _purchases.IsMistake(Order(1), Start + Duration.FromDays(2)).ShouldBeFalse();
        Returns(2, Lamp, 1, 1000);
        _purchases.IsMistake(Order(1), Start + Duration.FromDays(2)).ShouldBeTrue();
        _purchases.IsMistake(Order(1), Start + Duration.FromDays(2) + Duration.FromSeconds(1)).ShouldBeFalse();
        _purchases.IsMistake(Order(77), Start).ShouldBeFalse();
    }

    [Theory]
    [InlineData(202612, 1, 202701)]
    [InlineData(202601, -1, 202512)]
    [InlineData(202606, 30, 202812)]
    public void months_carry_over_the_year(int month, int months, int expected)
    {
        Month.Add(month, months).ShouldBe(expected);
        Month.Between(month, expected).ShouldBe(months);
        Month.Of(Month.Start(expected)).ShouldBe(expected);
        Month.Of(Month.Start(expected) - Duration.Epsilon).ShouldBe(Month.Add(expected, -1));
    }
}
