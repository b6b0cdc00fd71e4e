namespace Regard.Changes;

[Trait("req", "C1")]
public sealed class ChangeDraftTests
{
    private static readonly LocalDate Today = new(2026, 11, 22);
    private static readonly Guid Mug = Ids.Of(Instant.FromUnixTimeSeconds(1), "product", "mug");
    private static readonly Guid Lamp = Ids.Of(Instant.FromUnixTimeSeconds(2), "product", "lamp");

    private static ChangeDraft Good(params DraftProduct[] products) => new()
    {
        Kind = ChangeKind.Price,
        Title = "Dearer",
        Reason = "Clay costs more.",
        EffectiveOn = new(2027, 1, 1),
        Products = products.Length > 0 ? products : [Priced(Mug, 100, 108)],
    };

    private static DraftProduct Priced(Guid id, long? before, long? after, string currency = "GBP") =>
        new(new ProductChange(id, "SKU", "Name") { OldPriceMinor = before, NewPriceMinor = after }, currency);

    [Fact]
    public void a_whole_draft_is_accepted_as_it_was_written()
    {
        Good().Problems(Today).ShouldBeEmpty();
        var change = Good().Accept(Lamp);
        change.Currency.ShouldBe("GBP");
        change.EffectiveOn.ShouldBe(new(2027, 1, 1));
    }

    [Fact]
    public void each_missing_part_is_named_by_its_field() =>
        new ChangeDraft().Problems(Today).Select(p => p.Field).ShouldBe(["kind", "title", "reason", "effective_on", "products"]);

    [Fact]
    public void a_change_that_already_holds_cannot_be_announced_in_advance() =>
        (Good() with { EffectiveOn = Today }).Problems(Today).Single().Field.ShouldBe("effective_on");

    [Fact]
    public void prices_in_two_currencies_are_two_changes() =>
        Good(Priced(Mug, 100, 108), Priced(Lamp, 100, 108, "EUR")).Problems(Today).Single().Text.ShouldContain("one currency");

    [Theory]
    [InlineData(null, 108L, "no price yet")]
    [InlineData(0L, 108L, "no price yet")]
    [InlineData(100L, null, "new price")]
    [InlineData(100L, -1L, "new price")]
    [InlineData(100L, 100L, "the same")]
    public void a_price_change_needs_two_different_prices(long? before, long? after, string words) =>
        Good(Priced(Mug, before, after)).Problems(Today).Single().Text.ShouldContain(words);

    [Fact]
    public void a_product_named_twice_is_sent_back() => Good(Priced(Mug, 100, 108), Priced(Mug, 100, 109)).Problems(Today).Single().Text.ShouldContain("twice");

    [Fact]
    public void a_replacement_that_goes_away_too_is_none()
    {
        var draft = Good(
            new DraftProduct(new ProductChange(Mug, "MUG", "Mug") { ReplacementId = Lamp }, Change.AnyCurrency),
            new DraftProduct(new ProductChange(Lamp, "LAMP", "Lamp"), Change.AnyCurrency)) with
        { Kind = ChangeKind.Discontinued };
        draft.Problems(Today).Single().Text.ShouldContain("choose another");
        draft.Accept(Mug).Currency.ShouldBe(Change.AnyCurrency);
    }

    [Theory]
    [InlineData(195, 8, 211)]
    [InlineData(100, -100, 0)]
    [InlineData(100, -150, 0)]
    [InlineData(25, 10, 28)]
    [InlineData(15, 10, 16)]
    public void a_percentage_is_rounded_half_to_even(long price, int percent, long moved) => ChangeDraft.Moved(price, percent).ShouldBe(moved);

    [Fact]
    public void work_is_spread_over_working_days_and_ends_in_time()
    {
        var days = WorkingDays.Before(new(2026, 12, 4), new(2026, 11, 26));
        days.ShouldBe([new(2026, 11, 27), new(2026, 11, 30), new(2026, 12, 1), new(2026, 12, 2)]);
        Enumerable.Range(0, 8).Select(n => WorkingDays.For(n, 8, days)).GroupBy(day => day).Select(g => g.Count()).ShouldBe([2, 2, 2, 2]);
        WorkingDays.Before(new(2026, 11, 24), new(2026, 11, 22)).ShouldBe([new(2026, 11, 22)]);
    }
}
