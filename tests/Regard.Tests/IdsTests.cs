namespace Regard;

public sealed class IdsTests
{
    [Fact]
    public void ids_sort_by_their_time_and_tell_it()
    {
        var start = Instant.FromUtc(2010, 12, 1, 8, 26);
        var ids = Enumerable.Range(0, 100).Select(n => Ids.New(start.Plus(Duration.FromMilliseconds(n)))).ToList();
        ids.OrderBy(id => id.ToString(), StringComparer.Ordinal).ShouldBe(ids);
        Ids.At(ids[42]).ShouldBe(start.Plus(Duration.FromMilliseconds(42)));
        ids[0].Version.ShouldBe(7);
        (ids[0].Variant & 0b1100).ShouldBe(0b1000);
    }

    [Fact]
    public void the_same_fact_told_twice_has_the_same_id_and_another_fact_has_another()
    {
        var at = Instant.FromUtc(2026, 1, 1, 0, 0);
        Ids.Of(at, "shop", "536365").ShouldBe(Ids.Of(at, "shop", "536365"));
        Ids.Of(at, "shop", "536365").ShouldNotBe(Ids.Of(at, "shop", "536366"));
        Ids.Of(at, "shop5", "36365").ShouldNotBe(Ids.Of(at, "shop", "536365"));
    }
}
