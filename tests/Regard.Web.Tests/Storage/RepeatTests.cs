using Npgsql;
using Regard.Kit;

namespace Regard.Storage;

/// <summary>Units of work that meet each other are run again.</summary>
public sealed class RepeatTests
{
    private sealed record Row(string Number, Guid Id);

    private static readonly Bulk<Row> Lookup = new(
        "order_lookup", "number, source, kind",
        Column<Row>.Text("number", row => row.Number), Column<Row>.Text("source", _ => "repeat"), Column<Row>.Text("kind", _ => "order"),
        Column<Row>.Id("customer_id", row => row.Id), Column<Row>.Id("order_id", row => row.Id));

    private static readonly IReadOnlyList<Row> Rows = [.. Enumerable.Range(0, 300).Select(n => new Row($"{n:000}", Ids.Of(Instant.FromUnixTimeSeconds(n), "repeat", $"{n}")))];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task of_many_who_bring_the_same_new_rows_at_once_one_brought_each(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(
            () => data.Database.RepeatAsync(work => Lookup.InsertNewAsync(work, [.. Rows.Skip(n * 20).Take(180), Rows[n * 20]]), Stop))));
        answers.Sum(isNew => isNew.Count(added => added)).ShouldBe(280);
        await using var read = await data.ReadAsync();
        (await read.ScalarAsync<long>("select count(*) from order_lookup")).ShouldBe(280);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task what_stands_is_changed_and_what_is_new_is_added_by_one_upsert(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await data.Database.RepeatAsync(async work => await Lookup.InsertNewAsync(work, [.. Rows.Take(100)]), Stop);
        await data.Database.RepeatAsync(async work => await Lookup.UpsertAsync(work, [.. Rows.Select(row => row with { Id = Rows[7].Id })], "set order_id = excluded.order_id"), Stop);
        await using var read = await data.ReadAsync();
        (await read.ListAsync<Guid>("select distinct order_id from order_lookup")).ShouldBe([Rows[7].Id]);
        (await read.ScalarAsync<long>("select count(*) from order_lookup")).ShouldBe(300);
    }

    [Fact]
    public async Task two_who_wait_for_each_other_both_come_through()
    {
        await using var data = await TestDatabase.MakeAsync("postgres");
        await data.Database.RepeatAsync(work => Lookup.InsertNewAsync(work, [.. Rows.Take(2)]), Stop);
        using var both = new Barrier(2);
        var tries = 0;
        Task<int> TakeAsync(string first, string second) => data.Database.RepeatAsync(async work =>
        {
            await work.ExecuteAsync("update order_lookup set kind = kind where number = @first", new { first });
            if (Interlocked.Increment(ref tries) <= 2) both.SignalAndWait(Stop);
            return await work.ExecuteAsync("update order_lookup set kind = kind where number = @second", new { second });
        }, Stop);
        (await Task.WhenAll(Task.Run(() => TakeAsync("000", "001")), Task.Run(() => TakeAsync("001", "000")))).ShouldBe([1, 1]);
        tries.ShouldBe(3);
    }

    [Fact]
    public async Task what_is_wrong_by_itself_is_not_tried_again()
    {
        await using var data = await TestDatabase.MakeAsync("postgres");
        var tries = 0;
        await Should.ThrowAsync<PostgresException>(() => data.Database.RepeatAsync(work =>
        {
            tries++;
            return work.ExecuteAsync("select 1 / 0");
        }, Stop));
        tries.ShouldBe(1);
    }
}
