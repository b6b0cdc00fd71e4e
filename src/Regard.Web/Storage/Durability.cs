using Dapper;

namespace Regard.Storage;

/// <summary>A promise to a customer must survive a power cut: the program refuses to run on a database that may forget what it confirmed.</summary>
internal static class Durability
{
    /// <summary>Checks the engine's settings, and the server's version.</summary>
    /// <exception cref="StorageRefusal">A committed transaction could be lost, or the server is older than PostgreSQL 15.</exception>
    public static async Task RequireAsync(Database database, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        if (database.Engine == Engine.Sqlite)
        {
            var mode = await connection.ExecuteScalarAsync<string>("pragma journal_mode");
            var synchronous = await connection.ExecuteScalarAsync<long>("pragma synchronous");
            if (!string.Equals(mode, "wal", StringComparison.OrdinalIgnoreCase) || synchronous < 2)
                throw new StorageRefusal($"SQLite runs with journal_mode={mode}, synchronous={synchronous}; Regard needs wal and full (2). Put the data folder on a local disk that supports WAL.");
            return;
        }
        var version = await connection.ExecuteScalarAsync<int>("select current_setting('server_version_num')::int");
        if (version < 150000) throw new StorageRefusal($"PostgreSQL {version / 10000} is too old: Regard needs 15 or newer.");
        if (await connection.ExecuteScalarAsync<bool>("select pg_is_in_recovery()"))
            throw new StorageRefusal("This PostgreSQL is a replica, or still recovering: it may lag behind what customers said. Name the primary.");
        foreach (var name in new[] { "fsync", "full_page_writes", "synchronous_commit" })
        {
            var value = await connection.ExecuteScalarAsync<string>("select current_setting(@name)", new { name });
            if (value is "off") throw new StorageRefusal($"PostgreSQL runs with {name}=off: a committed wish could be lost. Set {name}=on for this database.");
        }
    }
}
