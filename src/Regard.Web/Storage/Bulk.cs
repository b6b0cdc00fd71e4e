using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Regard.Storage;

/// <summary>
/// Writes many rows of one table in the caller's unit of work, as fast as the engine takes them: binary COPY on PostgreSQL (a few rows
/// go as arrays in one statement), one prepared statement on SQLite. Made once per table and kept; safe for any number of callers at once.
/// </summary>
/// <param name="table">The table's name.</param>
/// <param name="key">The columns of the key that a conflict is about, separated by commas.</param>
/// <param name="columns">The columns to write, each with where its value comes from.</param>
internal sealed class Bulk<T>(string table, string key, params Column<T>[] columns)
{
    // Up to this, arrays in one statement cost less than a staging table.
    private const int FewRows = 48;

    private readonly string _names = string.Join(", ", columns.Select(column => column.Name));
    private readonly string _insert = $"insert into {table} ({string.Join(", ", columns.Select(column => column.Name))}) values ({string.Join(", ", columns.Select(_ => "?"))})";
    private readonly string _told = $"unnest({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))}) with ordinality as told ({string.Join(", ", columns.Select(column => column.Name))}, told_no)";
    private readonly Column<T>[] _key = [.. key.Split(", ").Select(name => columns.Single(column => column.Name == name))];

    /// <summary>Inserts rows of which the caller knows that they are new. A row that is not fails the whole unit of work.</summary>
    public async Task AppendAsync(UnitOfWork work, IReadOnlyList<T> rows)
    {
        if (rows.Count == 0) return;
        if (work.Engine == Engine.Sqlite) Step(work, rows, _insert, null);
        else if (rows.Count <= FewRows) await AtOnceAsync(work, rows, $"insert into {table} ({_names}) select {_names} from {_told}");
        else await CopyAsync(work, rows, table);
    }

    /// <summary>
    /// Inserts the rows that are not there yet (none of the table's keys knows them). Answers for each row whether it was new; of equal
    /// keys in one call the first is.
    /// </summary>
    public async Task<bool[]> InsertNewAsync(UnitOfWork work, IReadOnlyList<T> rows)
    {
        var isNew = new bool[rows.Count];
        if (rows.Count == 0) return isNew;
        const string conflict = " on conflict do nothing";
        if (work.Engine == Engine.Sqlite)
        {
            Step(work, rows, _insert + conflict, isNew);
        }
        else if (rows.Count <= FewRows)
        {
            var added = await AtOnceAsync(
                work, rows,
                $"with told as (select * from {_told}), added as (insert into {table} ({_names}) select {_names} from told order by told_no{conflict} returning {key}) " +
                $"select min(told_no) from told join added using ({key}) group by {key}");
            foreach (var number in added) isNew[number - 1] = true;
        }
        else if (work.MayCollide)
        {
            foreach (var number in await UnseenAsync(work, rows)) isNew[number] = true;
            await CopyAsync(work, [.. rows.Where((_, number) => isNew[number])], table);
        }
        else
        {
            var stage = await StageAsync(work, rows);
            var added = await work.ListAsync<int>(
                $"with added as (insert into {table} ({_names}) select {_names} from {stage} order by stage_no{conflict} returning {key}) " +
                $"select min(stage_no) from {stage} join added using ({key}) group by {key}");
            foreach (var number in added) isNew[number] = true;
        }
        return isNew;
    }

    /// <summary>
    /// Inserts the rows, and where the key is there already does what <paramref name="update"/> says (<c>set n = table.n + excluded.n</c>).
    /// The keys of one call must differ. Callers pass rows in the order of the key, so that two units of work cannot lock each other out.
    /// </summary>
    /// <returns>The rows that were there already, or may have been: where nobody looked, all.</returns>
    public async Task<IReadOnlyList<T>> UpsertAsync(UnitOfWork work, IReadOnlyList<T> rows, string update)
    {
        if (work.MayCollide && rows.Count > FewRows)
        {
            var isNew = new bool[rows.Count];
            foreach (var number in await UnseenAsync(work, rows)) isNew[number] = true;
            await CopyAsync(work, [.. rows.Where((_, number) => isNew[number])], table);
            rows = [.. rows.Where((_, number) => !isNew[number])];
        }
        if (rows.Count > 0) await UpdateAsync(work, rows, $" on conflict ({key}) do update {update}");
        return rows;
    }

    /// <summary>
    /// Changes rows that are there, each by what is told of it. The keys of one call must differ.
    /// </summary>
    /// <param name="work">The caller's unit of work.</param>
    /// <param name="rows">What is told; a few hundred rows at most.</param>
    /// <param name="set">The new values, from <c>told.column</c> and the table's own: <c>set n = told.n</c>.</param>
    /// <param name="where">Which row is meant, by its key, and what must hold of it.</param>
    /// <returns>For each row whether it was changed.</returns>
    public async Task<bool[]> ChangeAsync(UnitOfWork work, IReadOnlyList<T> rows, string set, string where)
    {
        var isChanged = new bool[rows.Count];
        if (rows.Count == 0) return isChanged;
        if (work.Engine == Engine.Sqlite)
            Step(work, rows, $"update {table} {set} from (select {string.Join(", ", columns.Select(column => "? as " + column.Name))}) as told where {where}", isChanged);
        else
            foreach (var number in await AtOnceAsync(work, rows, $"update {table} {set} from {_told} where {where} returning told_no"))
                isChanged[number - 1] = true;
        return isChanged;
    }

    private async Task UpdateAsync(UnitOfWork work, IReadOnlyList<T> rows, string conflict)
    {
        if (work.Engine == Engine.Sqlite)
        {
            Step(work, rows, _insert + conflict, null);
        }
        else if (rows.Count <= FewRows)
        {
            await AtOnceAsync(work, rows, $"insert into {table} ({_names}) select {_names} from {_told}{conflict}");
        }
        else
        {
            var stage = await StageAsync(work, rows);
            await work.ExecuteAsync($"insert into {table} ({_names}) select {_names} from {stage} order by stage_no{conflict}");
        }
    }

    /// <summary>The numbers of the rows whose keys are not in the table, of equal keys the first.</summary>
    private async Task<List<int>> UnseenAsync(UnitOfWork work, IReadOnlyList<T> rows)
    {
        await using var command = new NpgsqlCommand(
            $"select cast(min(told.stage_no) as integer) - 1 from unnest({string.Join(", ", _key.Select((_, i) => $"${i + 1}"))}) with ordinality as told ({key}, stage_no) " +
            // With a limit each key is looked up in the index, however many there are and however little the planner knows of the table.
            $"left join lateral (select true as is_seen from {table} known where {string.Join(" and ", _key.Select(column => $"known.{column.Name} = told.{column.Name}"))} limit 1) known on true " +
            $"where is_seen is null group by {string.Join(", ", _key.Select(column => "told." + column.Name))}",
            (NpgsqlConnection)work.Connection, (NpgsqlTransaction?)work.Transaction);
        foreach (var column in _key) command.Parameters.Add(column.Many(rows));
        var numbers = new List<int>(rows.Count);
        await using var reader = await command.ExecuteReaderAsync(work.Stop);
        while (await reader.ReadAsync(work.Stop)) numbers.Add(reader.GetInt32(0));
        return numbers;
    }

    private async Task<string> StageAsync(UnitOfWork work, IReadOnlyList<T> rows)
    {
        var stage = $"stage_{table}";
        await work.ExecuteAsync(
            $"create temp table if not exists {stage} on commit drop as select 0::integer as stage_no, {_names} from {table} limit 0; truncate {stage}");
        await CopyAsync(work, rows, stage, isNumbered: true);
        return stage;
    }

    private async Task CopyAsync(UnitOfWork work, IReadOnlyList<T> rows, string into, bool isNumbered = false)
    {
        if (rows.Count == 0) return;
        var names = isNumbered ? "stage_no, " + _names : _names;
        await using var importer = await ((NpgsqlConnection)work.Connection).BeginBinaryImportAsync($"copy {into} ({names}) from stdin (format binary)", work.Stop);
        for (var i = 0; i < rows.Count; i++)
        {
            await importer.StartRowAsync(work.Stop);
            if (isNumbered) importer.Write(i, NpgsqlTypes.NpgsqlDbType.Integer);
            foreach (var column in columns) column.Copy(importer, rows[i]);
        }
        await importer.CompleteAsync(work.Stop);
    }

    // A few rows as one statement over arrays: planned once, whatever their number.
    private async Task<List<long>> AtOnceAsync(UnitOfWork work, IReadOnlyList<T> rows, string sql)
    {
        await using var command = new NpgsqlCommand(sql, (NpgsqlConnection)work.Connection, (NpgsqlTransaction?)work.Transaction);
        foreach (var column in columns) command.Parameters.Add(column.Many(rows));
        var numbers = new List<long>(rows.Count);
        await using var reader = await command.ExecuteReaderAsync(work.Stop);
        while (await reader.ReadAsync(work.Stop)) numbers.Add(reader.GetInt64(0));
        return numbers;
    }

    private void Step(UnitOfWork work, IReadOnlyList<T> rows, string sql, bool[]? isDone)
    {
        var database = ((SqliteConnection)work.Connection).Handle!;
        Require(database, raw.sqlite3_prepare_v2(database, sql, out var statement));
        using var owned = statement;
        for (var i = 0; i < rows.Count; i++)
        {
            if ((i & 1023) == 0) work.Stop.ThrowIfCancellationRequested();
            for (var c = 0; c < columns.Length; c++) Require(database, columns[c].Bind(statement, c + 1, rows[i]));
            var result = raw.sqlite3_step(statement);
            if (result != raw.SQLITE_DONE) Require(database, result);
            if (isDone is not null) isDone[i] = raw.sqlite3_changes(database) > 0;
            raw.sqlite3_reset(statement);
        }
    }

    private static void Require(sqlite3 database, int result)
    {
        if (result != raw.SQLITE_OK) throw new SqliteException(raw.sqlite3_errmsg(database).utf8_to_string(), result);
    }
}
