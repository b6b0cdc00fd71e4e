using Regard.Storage;

namespace Regard.Demo;

/// <summary>What a database knows about its demo shop: the moment it was drawn for, and whether all of it has been written.</summary>
internal sealed class DemoStore(UnitOfWork work)
{
    private const string Begun = "demo.begun";
    private const string Finished = "demo.finished";

    /// <summary>The moment the shop was drawn for; null = this database has no demo shop.</summary>
    public async Task<Instant?> BegunAsync() =>
        await work.FirstAsync<Json?>("select value from setting where name = @Begun", new { Begun }) is { Text: not null } json ? json.Read<Instant>() : null;

    public async Task<bool> IsFinishedAsync() => await work.ScalarAsync<long>("select count(*) from setting where name = @Finished", new { Finished }) > 0;

    /// <summary>Whether there is no customer, no product and no member of staff but those of a demo shop.</summary>
    public async Task<bool> IsEmptyAsync() =>
        await work.ScalarAsync<long>("select (select count(*) from product) + (select count(*) from (select 1 from customer limit 1) c) -- all customers") == 0;

    public Task BeginAsync(Instant now) => WriteAsync(Begun, now);

    public Task FinishAsync(Instant now) => WriteAsync(Finished, now);

    private Task<int> WriteAsync(string name, Instant now) => work.ExecuteAsync(
        "insert into setting (name, value, changed_at, changed_by) values (@name, @value, @now, 'system:demo') on conflict (name) do nothing",
        new { name, value = Json.Of(now), now });
}
