using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Regard.Kit;
using Regard.Storage;

[assembly: AssemblyFixture(typeof(EmptySchema))]

namespace Regard.Kit;

/// <summary>One migrated, empty database of each engine, made when it is first asked for and copied for every test: a copy is many times cheaper than migrating.</summary>
public sealed class EmptySchema : IAsyncDisposable
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("regard-empty-").FullName;
    private static readonly string PostgresName = Path.GetFileName(Folder).Replace('-', '_').ToLowerInvariant();
    private static readonly Lazy<Task<string>> Sqlite = new(MakeSqliteAsync);
    private static readonly Lazy<Task<string>> Postgres = new(MakePostgresAsync);

    /// <summary>The path of the SQLite file to copy.</summary>
    internal static Task<string> SqliteFile => Sqlite.Value;

    /// <summary>The name of the PostgreSQL database to copy.</summary>
    internal static Task<string> PostgresDatabase => Postgres.Value;

    public async ValueTask DisposeAsync()
    {
        if (Postgres.IsValueCreated && Postgres.Value.IsCompletedSuccessfully)
        {
            await using var server = NpgsqlDataSource.Create(Engines.Server!);
            await using var connection = await server.OpenConnectionAsync();
            await connection.ExecuteAsync($"drop database {PostgresName} with (force)");
        }
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<string> MakeSqliteAsync()
    {
        var settings = new RegardSettings { DataFolder = Folder };
        await MigrateAsync(settings);
        var file = Path.Combine(Folder, "copy.db");
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, RegardSettings.SqliteFile)};Pooling=False");
        await connection.OpenAsync();
        await connection.ExecuteAsync("vacuum into @file", new { file });
        return file;
    }

    private static async Task<string> MakePostgresAsync()
    {
        await using var server = NpgsqlDataSource.Create(Engines.Server!);
        await using var connection = await server.OpenConnectionAsync();
        await connection.ExecuteAsync($"create database {PostgresName}");
        // Without a pool, no connection of ours stands in the way of copying it.
        await MigrateAsync(new RegardSettings
        {
            DataFolder = Folder,
            ConnectionString = new NpgsqlConnectionStringBuilder(Engines.Server) { Database = PostgresName, Pooling = false }.ToString(),
        });
        return PostgresName;
    }

    private static async Task MigrateAsync(RegardSettings settings)
    {
        await using var database = settings.OpenDatabase();
        await new Migrator(database, SystemClock.Instance).ApplyAsync(CancellationToken.None);
    }
}
