using Dapper;
using Npgsql;
using Regard.Storage;

namespace Regard.Bench.Kit;

/// <summary>A migrated, empty database of its own for one measurement, on either engine; gone when disposed.</summary>
internal sealed class Scratch : IAsyncDisposable
{
    private Scratch(RegardSettings settings)
    {
        Settings = settings;
        Database = settings.OpenDatabase();
    }

    public RegardSettings Settings { get; }

    public Database Database { get; }

    /// <summary>The PostgreSQL server on which databases may be made; <c>./bench</c> starts one of its own when none is named.</summary>
    private static string Server => Environment.GetEnvironmentVariable("REGARD_TEST_POSTGRES")
        ?? throw new InvalidOperationException("No PostgreSQL to measure on: start the benchmarks with ./bench, or name a server in REGARD_TEST_POSTGRES.");

    public static async Task<Scratch> MakeAsync(Engine engine)
    {
        var folder = Directory.CreateTempSubdirectory("regard-bench-").FullName;
        var settings = new RegardSettings { DataFolder = folder, Port = 0, RunsJobs = false };
        if (engine == Engine.Postgres)
        {
            var name = Path.GetFileName(folder).Replace('-', '_').ToLowerInvariant();
            await OnServerAsync($"create database {name}");
            settings = settings with { ConnectionString = new NpgsqlConnectionStringBuilder(Server) { Database = name }.ToString() };
        }
        var scratch = new Scratch(settings);
        await new Migrator(scratch.Database, SystemClock.Instance).ApplyAsync(CancellationToken.None);
        return scratch;
    }

    /// <summary>Tells the engine how its data is spread, as an idle server would learn by itself.</summary>
    public async Task AnalyzeAsync()
    {
        await using var connection = await Database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(Database.Engine == Engine.Postgres ? "vacuum (analyze)" : "analyze;", commandTimeout: 0);
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (Settings.ConnectionString is { } mine) await OnServerAsync($"drop database {new NpgsqlConnectionStringBuilder(mine).Database} with (force)");
        Directory.Delete(Settings.DataFolder, recursive: true);
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var server = NpgsqlDataSource.Create(Server);
        await using var connection = await server.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }
}
