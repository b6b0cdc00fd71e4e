using Dapper;
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

    [Fact]
    public async Task a_reference_that_leads_nowhere_is_found()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using (var connection = await data.Database.OpenAsync(default))
            await connection.ExecuteAsync("pragma foreign_keys = off; insert into timeline_rollup values (x'00', 1, 0, 0); pragma foreign_keys = on;");
        await using var work = await data.Database.SnapshotAsync(default);
        (await Checks.All[0].FindAsync(work)).ShouldContain(line => line.Contains("timeline_rollup", StringComparison.Ordinal));
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
