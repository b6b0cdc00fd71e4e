using Regard.Kit;
using Regard.Storage;

namespace Regard.Access;

public class AuditTests
{
    private static readonly Actor By = Actor.System("test");

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_untouched_trail_is_unbroken(string engine)
    {
        await using var data = await FilledAsync(engine);
        (await CheckAsync(data)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_first_break_is_found(string engine)
    {
        foreach (var (tampering, finding) in new[]
        {
            ("update audit_entry set detail = '{\"n\":99}' where seq = 3", "entry 3 was changed"),
            ("update audit_entry set actor = 'staff:somebody-else' where seq = 1", "entry 1 was changed"),
            ("delete from audit_entry where seq = 4", "entry 4 is missing"),
            ("delete from audit_entry where seq = 10", "ends at entry 9, but 10"),
            ("delete from audit_entry", "ends at entry 0, but 10"),
            ("update audit_entry set previous_hash = hash where seq = 5", "entry 5 does not follow"),
        })
        {
            await using var data = await FilledAsync(engine);
            await using (var work = await data.WriteAsync())
            {
                await work.ExecuteAsync(tampering);
                await work.CommitAsync();
            }
            (await CheckAsync(data)).ShouldHaveSingleItem().ShouldContain(finding);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task many_writers_make_one_chain(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var now = SystemClock.Instance.GetCurrentInstant();
        await Task.WhenAll(Enumerable.Range(0, 24).Select(async n =>
        {
            await using var work = await data.WriteAsync();
            await new AuditStore(work).AppendAsync(By, "tried", "thing:1", Json.Of(new { n }), now);
            await work.CommitAsync();
        }));
        (await CheckAsync(data)).ShouldBeEmpty();
        await using var reading = await data.ReadAsync();
        (await new AuditStore(reading).PageAsync(null, 100)).Count.ShouldBe(24);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_entry_of_a_transaction_that_failed_leaves_no_gap(string engine)
    {
        await using var data = await FilledAsync(engine);
        await using (var work = await data.WriteAsync())
            await new AuditStore(work).AppendAsync(By, "tried", "thing:1", Json.Of(new { }), SystemClock.Instance.GetCurrentInstant());
        await using (var work = await data.WriteAsync())
        {
            await new AuditStore(work).AppendAsync(By, "did", "thing:1", Json.Of(new { }), SystemClock.Instance.GetCurrentInstant());
            await work.CommitAsync();
        }
        (await CheckAsync(data)).ShouldBeEmpty();
    }

    private static async Task<TestDatabase> FilledAsync(string engine)
    {
        var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        for (var n = 0; n < 10; n++)
            await new AuditStore(work).AppendAsync(By, "did", $"thing:{n}", Json.Of(new { n, text = "ü\n\"" }), SystemClock.Instance.GetCurrentInstant());
        await work.CommitAsync();
        return data;
    }

    private static async Task<IReadOnlyList<string>> CheckAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        return await AuditStore.CheckAsync(work);
    }
}
