using Regard.Kit;

namespace Regard.Storage;

public sealed class BulkTests
{
    private sealed record Row(string Number, string Kind, Guid Id);

    private static readonly Bulk<Row> Lookup = new(
        "order_lookup", "number, source, kind",
        Column<Row>.Text("number", row => row.Number), Column<Row>.Text("source", _ => "bulk"), Column<Row>.Text("kind", row => row.Kind),
        Column<Row>.Id("customer_id", row => row.Id), Column<Row>.Id("order_id", row => row.Id));

    private static Row Of(int n) => new($"{n:000}", "order", Ids.Of(Instant.FromUnixTimeSeconds(n), "bulk", $"{n}"));

    [Theory]
    [InlineData("sqlite", 3)]
    [InlineData("sqlite", 300)]
    [InlineData("postgres", 3)]
    [InlineData("postgres", 300)]
    public async Task each_row_says_whether_it_was_new_and_of_equal_keys_the_first_is(string engine, int count)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        await Lookup.AppendAsync(work, [.. Enumerable.Range(0, count).Where(n => n % 3 == 0).Select(Of)]);
        var rows = Enumerable.Range(0, count).Select(Of).Append(Of(1) with { Id = Of(2).Id }).ToList();
        var isNew = await Lookup.InsertNewAsync(work, rows);
        isNew.ShouldBe([.. Enumerable.Range(0, count).Select(n => n % 3 != 0), false]);
        (await Lookup.InsertNewAsync(work, rows)).ShouldAllBe(wasNew => !wasNew);
        (await work.ScalarAsync<long>("select count(*) from order_lookup")).ShouldBe(count);
        (await work.FirstAsync<Guid>("select order_id from order_lookup where number = '001'")).ShouldBe(Of(1).Id);
    }

    [Theory]
    [InlineData("sqlite", 3)]
    [InlineData("sqlite", 300)]
    [InlineData("postgres", 3)]
    [InlineData("postgres", 300)]
    public async Task an_upsert_does_what_it_says_to_rows_that_stand(string engine, int count)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.WriteAsync();
        await Lookup.AppendAsync(work, [Of(0)]);
        await Lookup.UpsertAsync(work, [.. Enumerable.Range(0, count).Select(n => Of(n) with { Id = Of(999).Id })], "set order_id = excluded.order_id");
        (await work.ListAsync<Guid>("select distinct order_id from order_lookup")).ShouldBe([Of(999).Id]);
        (await work.ScalarAsync<long>("select count(*) from order_lookup")).ShouldBe(count);
        (await work.FirstAsync<Guid>("select customer_id from order_lookup where number = '000'")).ShouldBe(Of(0).Id);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task rows_of_a_unit_of_work_that_was_not_committed_are_gone(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using (var work = await data.WriteAsync()) await Lookup.AppendAsync(work, [.. Enumerable.Range(0, 200).Select(Of)]);
        await using var read = await data.ReadAsync();
        (await read.ScalarAsync<long>("select count(*) from order_lookup")).ShouldBe(0);
    }
}
