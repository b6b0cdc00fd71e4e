using Regard.Kit;

namespace Regard.Storage;

public sealed class TypeHandlersTests
{
    private sealed record Row
    {
        public Guid Id { get; init; }
        public Guid? NoId { get; init; }
        public Instant At { get; init; }
        public Instant? NoAt { get; init; }
        public LocalDate Day { get; init; }
        public bool IsTrue { get; init; }
        public int Small { get; init; }
        public long Large { get; init; }
        public double Real { get; init; }
        public string? Text { get; init; }
        public Json Document { get; init; }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task every_kind_of_value_comes_back_as_it_went_in(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine, migrated: false);
        await using var work = await data.WriteAsync();
        var types = work.Engine == Engine.Postgres
            ? "id uuid, no_id uuid, at timestamptz, no_at timestamptz, day date, is_true boolean, small integer, large bigint, real double precision, text text, document jsonb"
            : "id blob, no_id blob, at integer, no_at integer, day text, is_true integer, small integer, large integer, real real, text text, document text";
        await work.ExecuteAsync($"create table kinds ({types})");
        var at = Instant.FromUtc(2026, 3, 29, 1, 30, 0).PlusTicks(1234560);
        var row = new Row { Id = Ids.New(at), At = at, Day = new LocalDate(2024, 2, 29), IsTrue = true, Small = -7, Large = long.MaxValue, Real = 0.1, Text = "Ünïcödé ☎", Document = new Json("{\"a\": 1}") };
        await work.ExecuteAsync("insert into kinds values (@Id, @NoId, @At, @NoAt, @Day, @IsTrue, @Small, @Large, @Real, @Text, @Document)", row);
        (await work.FirstAsync<Row>("select * from kinds where is_true")).ShouldBe(row);
        (await work.FirstAsync<Row>("select * from kinds where id = @Id and at = @At and day = @Day", row)).ShouldBe(row);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_list_finds_its_members_and_an_empty_list_finds_nothing(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine, migrated: false);
        await using var work = await data.WriteAsync();
        await work.ExecuteAsync(work.Engine == Engine.Postgres ? "create table listed (id uuid, word text)" : "create table listed (id blob, word text)");
        var ids = Enumerable.Range(0, 5).Select(n => Ids.New(Instant.FromUnixTimeSeconds(n))).ToList();
        foreach (var id in ids) await work.ExecuteAsync("insert into listed values (@id, @word)", new { id, word = $"it's \"{ids.IndexOf(id)}\"" });
        (await work.ListAsync<Guid>($"select id from listed where {work.InIds("id", "@wanted")} order by id", new { wanted = new IdList(ids.Take(3)) })).ShouldBe(ids.Take(3));
        (await work.ListAsync<Guid>($"select id from listed where {work.InIds("id", "@wanted")}", new { wanted = new IdList([]) })).ShouldBeEmpty();
        (await work.ListAsync<Guid>($"select id from listed where {work.InWords("word", "@words")}", new { words = new WordList(["it's \"4\""]) })).ShouldBe([ids[4]]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task work_that_is_not_committed_leaves_nothing(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using (var work = await data.WriteAsync())
            await work.ExecuteAsync("insert into setting (name, value, changed_at, changed_by) values ('a', @value, @at, 'test')", new { value = new Json("1"), at = Instant.FromUnixTimeSeconds(1) });
        await using var read = await data.ReadAsync();
        (await read.ScalarAsync<long>("select count(*) from setting")).ShouldBe(0);
    }
}
