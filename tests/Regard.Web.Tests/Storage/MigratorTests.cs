using Dapper;
using Regard.Kit;

namespace Regard.Storage;

public sealed class MigratorTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_second_migration_changes_nothing(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine, migrated: false);
        var migrator = new Migrator(data.Database, SystemClock.Instance);
        (await migrator.ApplyAsync(default)).ShouldNotBeEmpty();
        (await migrator.ApplyAsync(default)).ShouldBeEmpty();
        await migrator.VerifyAsync(default);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task two_programs_that_start_at_once_migrate_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine, migrated: false);
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => new Migrator(data.Database, SystemClock.Instance).ApplyAsync(default))));
        applied.Count(a => a.Count > 0).ShouldBe(1);
    }

    [Fact]
    public async Task on_sqlite_a_program_that_waited_for_the_other_one_finds_its_steps_recorded()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite", migrated: false);
        await Should.ThrowAsync<StorageRefusal>(() => new Migrator(data.Database, SystemClock.Instance).VerifyAsync(default));
        await using var first = await data.Database.OpenAsync(default);
        await using var transaction = await first.BeginTransactionAsync();
        var second = Task.Run(() => new Migrator(data.Database, SystemClock.Instance).ApplyAsync(default));
        await Task.Delay(300); // Long enough for the second to read that nothing is recorded and to wait for the lock.
        foreach (var file in SchemaFile.All(Engine.Sqlite))
        {
            await first.ExecuteAsync(file.Sql, transaction: transaction);
            await first.ExecuteAsync("insert into schema_version (version, checksum, applied_at, applied_by) values (@Version, @Checksum, 'now', 'the first')", new { file.Version, file.Checksum }, transaction);
        }
        await transaction.CommitAsync();
        (await second).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_database_of_a_newer_program_is_refused_untouched(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using (var connection = await data.Database.OpenAsync(default))
            await connection.ExecuteAsync("insert into schema_version (version, checksum, applied_at, applied_by) values ('2999-01-01_01_future', 'x', 'then', '9.9.9')");
        var refusal = await Should.ThrowAsync<StorageRefusal>(() => new Migrator(data.Database, SystemClock.Instance).ApplyAsync(default));
        refusal.Message.ShouldContain("newer Regard");
        refusal.Message.ShouldContain("2999-01-01_01_future");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_step_that_was_changed_after_it_was_applied_is_refused(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using (var connection = await data.Database.OpenAsync(default))
            await connection.ExecuteAsync("update schema_version set checksum = 'altered'");
        (await Should.ThrowAsync<StorageRefusal>(() => new Migrator(data.Database, SystemClock.Instance).VerifyAsync(default))).Message.ShouldContain("other contents");
    }
}
