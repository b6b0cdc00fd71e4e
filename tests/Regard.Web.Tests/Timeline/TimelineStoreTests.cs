using Regard.Access;
using Regard.Customers;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Timeline;

[Trait("req", "L7")]
public sealed class TimelineStoreTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 9, 0);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_touchpoint_told_twice_is_kept_once_and_counted_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var id = await CustomerAsync(work);
        var store = new TimelineStore(work);
        var touchpoints = Enumerable.Range(0, 150).Select(Touch).ToList();
        (await store.AppendAsync(id, touchpoints, Now)).ShouldBe(150);
        (await store.AppendAsync(id, touchpoints, Now)).ShouldBe(0);
        (await store.AppendAsync(id, [Touch(3) with { At = Now.Plus(Duration.FromDays(3)) }, Touch(900)], Now)).ShouldBe(1);
        var profile = (await new CustomerStore(work).OpenAsync(Actor.System("test"), id))!;
        profile.Touchpoints.ShouldBe(151);
        profile.LastTouchpointAt.ShouldBe(Touch(900).At);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task pages_follow_each_other_without_gap_or_repetition_and_filters_hold(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        var id = await CustomerAsync(work);
        var store = new TimelineStore(work);
        await store.AppendAsync(id, [.. Enumerable.Range(0, 95).Select(Touch)], Now);
        var seen = new List<string>();
        Guid? before = null;
        while (await store.PageAsync(id, new TimelineFilter(), before, 20) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(t => t.SourceId));
            before = page[^1].TouchpointId;
        }
        seen.ShouldBe(Enumerable.Range(0, 95).Reverse().Select(n => $"event-{n}"));
        (await store.PageAsync(id, new TimelineFilter { Department = Department.Service }, null, 100)).ShouldAllBe(t => t.Department == Department.Service);
        (await store.PageAsync(id, new TimelineFilter { From = Touch(10).At, Until = Touch(20).At }, null, 100)).Count.ShouldBe(10);
        (await store.PageAsync(id, new TimelineFilter { Kind = "call" }, null, 100)).Count.ShouldBe(48);
        var found = (await store.PageAsync(id, new TimelineFilter { Text = "100% of MEETING 7_" }, null, 100)).ShouldHaveSingleItem();
        found.ShouldBe(Touch(7) with { TouchpointId = found.TouchpointId, RecordedAt = Now, Body = found.Body });
        found.Body!.Replace(" ", "", StringComparison.Ordinal).ShouldBe("{\"n\":7}");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task nothing_is_recorded_for_a_customer_who_does_not_exist(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => new TimelineStore(work).AppendAsync(Ids.New(Now), [Touch(1)], Now));
    }

    private static async Task<Guid> CustomerAsync(UnitOfWork work) =>
        (await new CustomerStore(work).RecordAsync(new CustomerDraft { Name = "Somebody", Source = "test" }, Actor.System("test"), Now)).Id;

    private static Touchpoint Touch(int n) => new()
    {
        At = Now.Minus(Duration.FromHours(1000 - n)),
        Department = n % 3 == 0 ? Department.Service : Department.Web,
        Kind = n % 2 == 0 ? "call" : "page",
        Channel = n % 5 == 0 ? null : "phone",
        Direction = Direction.In,
        Summary = $"100% of Meeting {n}_",
        Body = n % 7 == 0 ? $"{{\"n\":{n}}}" : null,
        Source = "test",
        SourceId = $"event-{n}",
    };
}
