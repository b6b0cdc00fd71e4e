using System.Data.Common;
using Dapper;

namespace Regard.Storage;

/// <summary>
/// Brings a database to this program's schema: forward only, in order, one step a transaction, under a lock, each recorded with its
/// checksum. A database that a newer program has changed, or whose recorded steps differ from this program's, is refused untouched.
/// </summary>
internal sealed class Migrator(Database database, IClock clock)
{
    private const long LockKey = 0x5265_6761_7264;

    /// <summary>Applies what is missing. Answers the versions that were applied now; empty when there was nothing to do.</summary>
    /// <exception cref="StorageRefusal">The database is of another program, newer, or altered.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        await LockAsync(connection);
        try
        {
            var applied = await RecordedAsync(connection);
            var files = SchemaFile.All(database.Engine);
            Compare(files, applied);
            var isCitus = await IsCitusAsync(connection);
            var done = new List<string>();
            foreach (var file in files.Skip(applied.Count))
            {
                if (await ApplyAsync(connection, files, file, isCitus)) done.Add(file.Version);
            }
            return done;
        }
        finally
        {
            await UnlockAsync(connection);
        }
    }

    /// <summary>Checks that the database has exactly this program's schema, and changes nothing.</summary>
    /// <exception cref="StorageRefusal">It has not.</exception>
    public async Task VerifyAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(stop);
        var applied = await RecordedAsync(connection);
        var files = SchemaFile.All(database.Engine);
        Compare(files, applied);
        if (applied.Count < files.Count)
            throw new StorageRefusal($"The database lacks the schema step {files[applied.Count].Version}: run `./run migrate` first.");
    }

    private static void Compare(IReadOnlyList<SchemaFile> files, IReadOnlyList<(string Version, string Checksum)> applied)
    {
        for (var i = 0; i < applied.Count; i++)
        {
            if (i >= files.Count || string.CompareOrdinal(files[i].Version, applied[i].Version) > 0)
                throw new StorageRefusal($"The database is of a newer Regard (it has the schema step {applied[i].Version}): start that version, or restore a backup made by this one.");
            if (!string.Equals(files[i].Version, applied[i].Version, StringComparison.Ordinal))
                throw new StorageRefusal($"The database lacks the schema step {files[i].Version} but has later ones: it was changed by another program. Restore a backup.");
            if (!string.Equals(files[i].Checksum, applied[i].Checksum, StringComparison.Ordinal))
                throw new StorageRefusal($"The schema step {applied[i].Version} was applied with other contents than this program has: use the program that made this database, or restore a backup.");
        }
    }

    private static async Task<IReadOnlyList<(string Version, string Checksum)>> RecordedAsync(DbConnection connection, DbTransaction? transaction = null)
    {
        await connection.ExecuteAsync("create table if not exists schema_version (version text primary key, checksum text not null, applied_at text not null, applied_by text not null)", transaction: transaction);
        return (await connection.QueryAsync<(string, string)>("select version, checksum from schema_version order by version", transaction: transaction)).AsList();
    }

    private async Task<bool> ApplyAsync(DbConnection connection, IReadOnlyList<SchemaFile> files, SchemaFile file, bool isCitus)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var applied = await RecordedAsync(connection, transaction);
        Compare(files, applied);
        if (applied.Any(step => step.Version == file.Version)) return false;
        await connection.ExecuteAsync(file.Sql, transaction: transaction);
        if (isCitus && file.CitusSql is not null) await connection.ExecuteAsync(file.CitusSql, transaction: transaction);
        await connection.ExecuteAsync(
            "insert into schema_version (version, checksum, applied_at, applied_by) values (@Version, @Checksum, @at, @by)",
            new { file.Version, file.Checksum, at = clock.GetCurrentInstant().ToString(), by = typeof(Migrator).Assembly.GetName().Version!.ToString(3) },
            transaction);
        await transaction.CommitAsync();
        return true;
    }

    private async Task<bool> IsCitusAsync(DbConnection connection) =>
        database.Engine == Engine.Postgres && await connection.ExecuteScalarAsync<bool>("select exists (select from pg_extension where extname = 'citus')");

    // SQLite's own write lock serves: every step is a transaction that looks once more what is recorded after it has the lock.
    private async Task LockAsync(DbConnection connection)
    {
        if (database.Engine == Engine.Postgres) await connection.ExecuteAsync("select pg_advisory_lock(@LockKey)", new { LockKey });
    }

    private async Task UnlockAsync(DbConnection connection)
    {
        if (database.Engine == Engine.Postgres) await connection.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
    }
}
