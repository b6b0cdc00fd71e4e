using Dapper;
using Regard.Customers;
using Regard.Kit;

namespace Regard.Commands;

public sealed class CheckCommandTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_fresh_database_has_no_differences(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var work = await data.Database.SnapshotAsync(default);
        foreach (var check in Checks.All) (await check.FindAsync(work)).ShouldBeEmpty(check.Question);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_count_and_a_lookup_that_do_not_follow_are_found(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (id, now) = (Ids.New(Instant.FromUnixTimeSeconds(1)), Instant.FromUnixTimeSeconds(2));
        await using (var write = await data.WriteAsync())
        {
            await write.ExecuteAsync("insert into customer (customer_id, kind, name, source, created_at, updated_at) values (@id, 'person', 'A', 'test', @now, @now)", new { id, now });
            await write.ExecuteAsync("insert into timeline_rollup (customer_id, touchpoints, first_at, last_at) values (@id, 2, @now, @now)", new { id, now });
            await write.ExecuteAsync("insert into identity_lookup (value, kind, customer_id) values ('a@example.org', 'email', @id)", new { id });
            await write.CommitAsync();
        }
        await using var work = await data.Database.SnapshotAsync(default);
        (await CustomerCheckStore.TimelineAsync(work)).ShouldHaveSingleItem().ShouldStartWith($"timeline_rollup of {id}: 2 touchpoints kept, 0 counted");
        var identity = (await CustomerCheckStore.IdentitiesAsync(work)).ShouldHaveSingleItem();
        identity.ShouldBe($"identity_lookup of {id}: email leads here and is not recorded");
        (await CustomerCheckStore.MergesAsync(work)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_reference_that_leads_nowhere_is_found()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using (var connection = await data.Database.OpenAsync(default))
            await connection.ExecuteAsync("pragma foreign_keys = off; insert into timeline_rollup values (x'00', 1, 0, 0); pragma foreign_keys = on;");
        await using var work = await data.Database.SnapshotAsync(default);
        (await Checks.All[0].FindAsync(work)).ShouldContain(line => line.Contains("timeline_rollup", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_order_line_without_its_order_or_product_is_found(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var id = Ids.New(Instant.FromUnixTimeSeconds(1));
        await using (var write = await data.WriteAsync())
        {
            await write.ExecuteAsync("insert into order_line (customer_id, order_id, line_no, product_id, quantity, amount_minor) values (@id, @id, 7, @id, 1, 1)", new { id });
            await write.CommitAsync();
        }
        await using var work = await data.Database.SnapshotAsync(default);
        (await Orders.OrderCheckStore.LinesAsync(work)).ShouldBe([$"order_line of {id} (7): its order is not there"]);
    }

    [Fact]
    public async Task a_check_of_a_database_that_is_not_there_makes_none()
    {
        var folder = Directory.CreateTempSubdirectory("regard-test-");
        var settings = new RegardSettings { DataFolder = folder.FullName };
        (await Should.ThrowAsync<Regard.Storage.StorageRefusal>(() => Startup.OpenExistingAsync(settings, default))).Message.ShouldContain("no database");
        folder.GetFileSystemInfos().ShouldBeEmpty();
        folder.Delete();
    }
}
