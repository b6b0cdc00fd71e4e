using Dapper;
using Npgsql;
using Regard.Storage;

namespace Regard.Kit;

/// <summary>A migrated, empty database of its own for one test, on either engine; gone when disposed.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly string? _postgresName;

    private TestDatabase(RegardSettings settings, Database database, string? postgresName)
    {
        Settings = settings;
        Database = database;
        _postgresName = postgresName;
    }

    public RegardSettings Settings { get; }

    public Database Database { get; }

    public static async Task<TestDatabase> MakeAsync(string engine, bool migrated = true)
    {
        var folder = Directory.CreateTempSubdirectory("regard-test-").FullName;
        var settings = new RegardSettings { DataFolder = folder, Port = 0, RunsJobs = false };
        string? name = null;
        if (Engines.Of(engine) == Engine.Postgres)
        {
            Assert.SkipWhen(Engines.Server is null && Environment.GetEnvironmentVariable("CI") is null, "PostgreSQL is absent: set REGARD_TEST_POSTGRES.");
            name = "regard_test_" + Path.GetFileName(folder).Replace("regard-test-", "", StringComparison.Ordinal).ToLowerInvariant();
            await using var server = NpgsqlDataSource.Create(Engines.Server ?? throw new InvalidOperationException("CI has no PostgreSQL."));
            await using var connection = await server.OpenConnectionAsync();
            await connection.ExecuteAsync($"create database {name}{(migrated ? $" template {await EmptySchema.PostgresDatabase}" : "")}");
            settings = settings with { ConnectionString = new NpgsqlConnectionStringBuilder(Engines.Server) { Database = name }.ToString() };
        }
        else if (migrated)
        {
            File.Copy(await EmptySchema.SqliteFile, Path.Combine(folder, RegardSettings.SqliteFile));
        }
        return new TestDatabase(settings, settings.OpenDatabase(), name);
    }

    public Task<UnitOfWork> ReadAsync() => Database.ReadAsync(TestContext.Current.CancellationToken);

    public Task<UnitOfWork> WriteAsync() => Database.WriteAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_postgresName is not null)
        {
            await using var server = NpgsqlDataSource.Create(Engines.Server!);
            await using var connection = await server.OpenConnectionAsync();
            await connection.ExecuteAsync($"drop database {_postgresName} with (force)");
        }
        Directory.Delete(Settings.DataFolder, recursive: true);
    }
}
