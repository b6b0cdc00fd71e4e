using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;
using Regard.Storage.Journal;

namespace Regard.Storage;

/// <summary>
/// Where everything is kept. One object for the life of the program; safe for any number of callers at once.
/// On SQLite the writers of this process queue here, in order, instead of meeting as "database is locked".
/// </summary>
internal sealed class Database : IAsyncDisposable
{
    private const int Attempts = 8;

    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly NpgsqlDataSource? _postgres;
    private readonly string _sqlite = "";

    private Database(Engine engine, NpgsqlDataSource? postgres, string sqlite)
    {
        TypeHandlers.Register();
        Engine = engine;
        _postgres = postgres;
        _sqlite = sqlite;
    }

    public Engine Engine { get; }

    /// <summary>What must survive a restore to an earlier time is written here when it was committed.</summary>
    public required SuppressionJournal Journal { get; init; }

    /// <summary>A SQLite file; it is made when absent.</summary>
    public static Database Sqlite(string file, string journalFolder) => new(
        Engine.Sqlite,
        null,
        new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, Pooling = true, DefaultTimeout = 60 }.ToString())
    { Journal = new SuppressionJournal(journalFolder) };

    /// <summary>A PostgreSQL database, named by a connection string in Npgsql's form (<c>Host=…;Database=…</c>).</summary>
    public static Database Postgres(string connectionString, string journalFolder)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "regard", MaxAutoPrepare = 200, AutoPrepareMinUsages = 3 };
        // Nothing here changes a session: whoever gets the connection next need not have it put back first.
        settings.NoResetOnClose = true;
        // A name or address in an error message would end in a log.
        settings.IncludeErrorDetail = false;
        return new Database(Engine.Postgres, NpgsqlDataSource.Create(settings), "") { Journal = new SuppressionJournal(journalFolder) };
    }

    /// <summary>Opens a unit of work that only reads.</summary>
    public async Task<UnitOfWork> ReadAsync(CancellationToken stop) => new(Engine, await OpenAsync(stop), null, null, stop);

    /// <summary>Opens a unit of work that only reads, and sees everything as it was at its first statement, whatever is written meanwhile.</summary>
    public async Task<UnitOfWork> SnapshotAsync(CancellationToken stop)
    {
        if (_postgres is not null)
        {
            var connection = await _postgres.OpenConnectionAsync(stop);
            return new UnitOfWork(Engine, connection, await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop), null, stop);
        }
        var reader = (SqliteConnection)await OpenAsync(stop);
        return new UnitOfWork(Engine, reader, reader.BeginTransaction(deferred: true), null, stop);
    }

    /// <summary>Opens a transaction. Nothing is kept unless it is committed.</summary>
    public Task<UnitOfWork> WriteAsync(CancellationToken stop) => WriteAsync(mayCollide: false, stop);

    private async Task<UnitOfWork> WriteAsync(bool mayCollide, CancellationToken stop)
    {
        if (_postgres is not null)
        {
            var connection = await _postgres.OpenConnectionAsync(stop);
            return new UnitOfWork(Engine, connection, await connection.BeginTransactionAsync(stop), null, stop) { MayCollide = mayCollide, Journal = Journal };
        }
        await _writer.WaitAsync(stop);
        try
        {
            var connection = (SqliteConnection)await OpenAsync(stop);
            return new UnitOfWork(Engine, connection, connection.BeginTransaction(deferred: false), new Turn(_writer), stop) { Journal = Journal };
        }
        catch
        {
            _writer.Release();
            throw;
        }
    }

    /// <summary>
    /// Runs a step in a transaction and commits it. Where it meets another transaction (each waits for the other, or both write the same
    /// new key) nothing of it is kept and the whole step is run again: it must hold nothing outside the unit of work that would have to be
    /// undone. A commit of which it is not known whether it came through is not repeated.
    /// </summary>
    public async Task<T> RepeatAsync<T>(Func<UnitOfWork, Task<T>> step, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var work = await WriteAsync(mayCollide: attempt == 1, stop);
                var answer = await step(work);
                await work.CommitAsync();
                return answer;
            }
            catch (PostgresException met) when (attempt < Attempts && IsCollision(met))
            {
                // The one it met should be gone by then; each waits differently long, so that two do not meet again.
                await Task.Delay(TimeSpan.FromMilliseconds(attempt * RandomNumberGenerator.GetInt32(10, 60)), stop);
            }
        }
    }

    private static bool IsCollision(PostgresException met) => met.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation;

    /// <summary>A bare connection, for the rooms of Storage that speak to an engine directly (migration, bulk, backup).</summary>
    internal async Task<System.Data.Common.DbConnection> OpenAsync(CancellationToken stop)
    {
        if (_postgres is not null) return await _postgres.OpenConnectionAsync(stop);
        var connection = new SqliteConnection(_sqlite);
        await connection.OpenAsync(stop);
        await using var pragma = connection.CreateCommand();
        pragma.CommandText = "pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=20000; pragma cache_size=-65536; pragma temp_store=memory; pragma busy_timeout=60000;";
        await pragma.ExecuteNonQueryAsync(stop);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null) await _postgres.DisposeAsync();
        else SqliteConnection.ClearPool(new SqliteConnection(_sqlite));
        _writer.Dispose();
        await Journal.DisposeAsync();
    }

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        private SemaphoreSlim? _writer = writer;

        public void Dispose() => Interlocked.Exchange(ref _writer, null)?.Release();
    }
}
