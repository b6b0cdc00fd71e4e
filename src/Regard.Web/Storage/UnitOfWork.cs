using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;
using Regard.Storage.Journal;

namespace Regard.Storage;

/// <summary>
/// One connection and one transaction: what a store works in. A unit of work opened by <see cref="Database.WriteAsync"/> keeps nothing
/// unless <see cref="CommitAsync"/> is called; one opened by <see cref="Database.ReadAsync"/> is for reading only.
/// </summary>
internal sealed class UnitOfWork : IAsyncDisposable
{
    private readonly IDisposable? _writer;
    private readonly Dictionary<Guid, IDisposable> _turns = [];
    private readonly HashSet<Guid> _awaited = [];
    private readonly List<JournalEntry> _remembered = [];
    private readonly List<(Func<UnitOfWork, IReadOnlyCollection<Guid>, Task> Follow, HashSet<Guid> Customers)> _following = [];
    private bool _isPlannedOnce, _hasFailed;

    internal UnitOfWork(Engine engine, DbConnection connection, DbTransaction? transaction, IDisposable? writer, CancellationToken stop)
    {
        Engine = engine;
        Connection = connection;
        Transaction = transaction;
        _writer = writer;
        Stop = stop;
    }

    public Engine Engine { get; }

    /// <summary>Null where nothing is written.</summary>
    public SuppressionJournal? Journal { get; init; }

    /// <summary>Whether what is written here comes from the journal, and is not to be written there again.</summary>
    public bool IsReplay { get; set; }

    public DbConnection Connection { get; }

    public DbTransaction? Transaction { get; private set; }

    /// <summary>Ends what is under way when the caller goes away.</summary>
    public CancellationToken Stop { get; }

    /// <summary>
    /// Whether bulk writing may take for new what another unit of work is just writing too: this one is then run again, more carefully
    /// (<see cref="Database.RepeatAsync"/>). Always false on SQLite, where one writes at a time.
    /// </summary>
    public bool MayCollide { get; init; }

    public string ForUpdate => Dialect.ForUpdate(Engine);

    public string ForShare => Dialect.ForShare(Engine);

    public string ForKeyShare => Dialect.ForKeyShare(Engine);

    public string SkipLocked => Dialect.SkipLocked(Engine);

    public string InIds(string column, string parameter) => Dialect.InIds(Engine, column, parameter);

    public string AmongIds(string column, string parameter) => Dialect.AmongIds(Engine, column, parameter);

    public string InWords(string column, string parameter) => Dialect.InWords(Engine, column, parameter);

    public async Task<List<T>> ListAsync<T>(string sql, object? arguments = null) =>
        (await NotingAsync(Connection.QueryAsync<T>(Command(sql, arguments)))).AsList();

    /// <summary>Rows as they arrive, without holding them all. Until the last one is read, nothing else may be asked in this unit of work.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(string sql, object? arguments = null) => Connection.QueryUnbufferedAsync<T>(sql, arguments, Transaction);

    /// <summary>The first row, or null when there is none.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? arguments = null) => NotingAsync(Connection.QueryFirstOrDefaultAsync<T>(Command(sql, arguments)));

    public Task<T?> ScalarAsync<T>(string sql, object? arguments = null) => NotingAsync(Connection.ExecuteScalarAsync<T>(Command(sql, arguments)));

    /// <summary>Runs a statement, once for each item when <paramref name="arguments"/> is a list. Answers the number of rows touched.</summary>
    public Task<int> ExecuteAsync(string sql, object? arguments = null) => NotingAsync(Connection.ExecuteAsync(Command(sql, arguments)));

    /// <summary>Several statements in one round trip, read in their order.</summary>
    public async Task<RowSets> ManyAsync(string sql, object? arguments = null) =>
        new(await NotingAsync(Connection.QueryMultipleAsync(Command(sql, arguments))), this);

    /// <summary>
    /// The first words of a transaction of so many customers. One of several must not keep the others waiting for the one that somebody
    /// is at: it gives up soon, and is then done again for each of them alone. On SQLite nobody waits.
    /// </summary>
    public string Patience(int customers) => (customers > 1 && Engine == Engine.Postgres ? "set local lock_timeout = '100ms';\n" : "") + PlanOnce();

    /// <summary>
    /// The first words of a transaction whose statements all find their rows by key. PostgreSQL plans a statement with an array anew each time,
    /// as it takes the number of its elements for a reason; planning the ten statements of a decision costs more than running them. Empty when
    /// it was said already, and where nothing is planned.
    /// </summary>
    public string PlanOnce()
    {
        if (Engine != Engine.Postgres || Transaction is null || _isPlannedOnce) return "";
        _isPlannedOnce = true;
        return "set local plan_cache_mode = force_generic_plan;\n";
    }

    /// <summary>
    /// Keeps what this customer said from being acknowledged anew until this unit of work ends: a mail is handed over meanwhile. On PostgreSQL
    /// the lock of the customer's row does that. On SQLite the one process does, in a unit of work that only reads: the database's writer is
    /// never held while a mail is written, and whoever has the writer never waits for a customer.
    /// </summary>
    public async Task TakeTurnAsync(Guid customerId)
    {
        if (Engine != Engine.Sqlite || _turns.ContainsKey(customerId)) return;
        if (Transaction is not null) throw new InvalidOperationException("The customer's turn comes first, and the writer after it.");
        _turns[customerId] = await CustomerTurns.TakeAsync(Connection.DataSource, customerId, Stop);
    }

    /// <summary>
    /// What is written here about a customer is acknowledged only when no hand-over is under way that began before it: the end of
    /// <see cref="CommitAsync"/> waits for that, holding nothing. On PostgreSQL the lock of the customer's row has waited already.
    /// </summary>
    public void AcknowledgeAfterTurn(Guid customerId)
    {
        if (Engine == Engine.Sqlite) _awaited.Add(customerId);
    }

    /// <summary>Writes an entry to the journal as soon as this is committed.</summary>
    public void Remember(JournalEntry entry)
    {
        if (!IsReplay) _remembered.Add(entry);
    }

    /// <summary>
    /// Has something that follows from a customer's rows written once, at the end of this unit of work, whatever else is written before: for
    /// all customers at once for whom it was asked.
    /// </summary>
    /// <param name="follow">A method of a class, so that it is known again; it must ask for nothing more to follow.</param>
    /// <param name="customerId">The customer.</param>
    /// <param name="isFirst">Whether it goes before the others, because it locks what everybody locks before what they do.</param>
    public void AtEnd(Func<UnitOfWork, IReadOnlyCollection<Guid>, Task> follow, Guid customerId, bool isFirst = false)
    {
        var place = _following.FindIndex(one => one.Follow == follow);
        if (place < 0) _following.Insert(place = isFirst ? 0 : _following.Count, (follow, []));
        _following[place].Customers.Add(customerId);
    }

    /// <summary>
    /// Makes everything written here durable, also against a restore of the database to an earlier time. After it returns, a crash loses
    /// none of it.
    /// </summary>
    public async Task CommitAsync()
    {
        if (Transaction is null) throw new InvalidOperationException("This unit of work is for reading only.");
        foreach (var (follow, customers) in _following) await follow(this, customers);
        await Transaction.CommitAsync(Stop);
        await Transaction.DisposeAsync();
        Transaction = null;
        _writer?.Dispose();
        if (_remembered.Count > 0 && Journal is not null) await Journal.AppendAsync(_remembered);
        // It is done, whoever goes away meanwhile: waiting is not given up.
        foreach (var customerId in _awaited) (await CustomerTurns.TakeAsync(Connection.DataSource, customerId, CancellationToken.None)).Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // It is let go also when what comes before fails, because it was cut in this moment.
            await using var connection = Connection;
            if (Transaction is not null) await Transaction.DisposeAsync();
            // Of several statements in one round trip those after a failed one are not prepared, and the driver takes some of them for prepared:
            // whoever gets the connection next would be answered with an error, or not at all. Both sides forget all of them.
            if (_hasFailed && Connection is NpgsqlConnection { State: ConnectionState.Open } postgres) postgres.UnprepareAll();
        }
        finally
        {
            foreach (var turn in _turns.Values) turn.Dispose();
            _writer?.Dispose();
        }
    }

    /// <summary>The answer of a statement of this unit of work, which takes note of it when it fails.</summary>
    internal async Task<T> NotingAsync<T>(Task<T> answer)
    {
        try
        {
            return await answer;
        }
        catch (DbException)
        {
            _hasFailed = true;
            throw;
        }
    }

    private CommandDefinition Command(string sql, object? arguments) => new(sql, arguments, Transaction, cancellationToken: Stop);
}
