using System.Data.Common;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Regard.Storage.Archive;

/// <summary>Takes rows of an archive into one table: binary COPY on PostgreSQL, a prepared insert on SQLite.</summary>
internal sealed class TableLoader : IAsyncDisposable
{
    private readonly TableShape _table;
    private readonly NpgsqlBinaryImporter? _copy;
    private readonly DbCommand? _insert;

    private TableLoader(TableShape table, NpgsqlBinaryImporter? copy, DbCommand? insert)
    {
        _table = table;
        _copy = copy;
        _insert = insert;
    }

    public static async Task<TableLoader> OpenAsync(UnitOfWork work, TableShape table)
    {
        if (work.Connection is NpgsqlConnection postgres)
            return new TableLoader(table, await postgres.BeginBinaryImportAsync($"copy {table.Name} ({table.ColumnNames}) from stdin (format binary)", work.Stop), null);
        var insert = work.Connection.CreateCommand();
        insert.Transaction = work.Transaction;
        insert.CommandText = $"insert into {table.Name} ({table.ColumnNames}) values ({string.Join(", ", Enumerable.Range(0, table.Columns.Count).Select(Parameter))})";
        for (var i = 0; i < table.Columns.Count; i++)
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = Parameter(i);
            insert.Parameters.Add(parameter);
        }
        return new TableLoader(table, null, insert);
    }

    /// <summary>Adds a row: a JSON array with a value for each column.</summary>
    public async Task AddAsync(JsonElement row)
    {
        if (_copy is not null) await _copy.StartRowAsync();
        for (var i = 0; i < _table.Columns.Count; i++)
        {
            var value = row[i];
            if (_insert is not null) _insert.Parameters[i].Value = OfSqlite(value, _table.Columns[i].Kind);
            else if (value.ValueKind == JsonValueKind.Null) await _copy!.WriteNullAsync();
            else await CopyAsync(_copy!, value, _table.Columns[i].Kind);
        }
        if (_insert is not null) await _insert.ExecuteNonQueryAsync();
    }

    public async Task CompleteAsync()
    {
        if (_copy is not null) await _copy.CompleteAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_copy is not null) await _copy.DisposeAsync();
        if (_insert is not null) await _insert.DisposeAsync();
    }

    private static string Parameter(int n) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"$c{n}");

    private static object OfSqlite(JsonElement value, ColumnKind kind) => value.ValueKind == JsonValueKind.Null ? DBNull.Value : kind switch
    {
        ColumnKind.Bytes => Convert.FromHexString(value.GetString()!),
        ColumnKind.Integer => value.GetInt64(),
        ColumnKind.Real => value.GetDouble(),
        _ => value.GetString()!,
    };

    private static Task CopyAsync(NpgsqlBinaryImporter copy, JsonElement value, ColumnKind kind) => kind switch
    {
        ColumnKind.Id => copy.WriteAsync(Guid.ParseExact(value.GetString()!, "N"), NpgsqlDbType.Uuid),
        ColumnKind.Bytes => copy.WriteAsync(Convert.FromHexString(value.GetString()!), NpgsqlDbType.Bytea),
        ColumnKind.Json => copy.WriteAsync(value.GetString()!, NpgsqlDbType.Jsonb),
        ColumnKind.Date => copy.WriteAsync(DateOnly.ParseExact(value.GetString()!, "O", System.Globalization.CultureInfo.InvariantCulture), NpgsqlDbType.Date),
        ColumnKind.Instant => copy.WriteAsync(DateTime.UnixEpoch.AddTicks(value.GetInt64() * 10), NpgsqlDbType.TimestampTz),
        ColumnKind.Integer => copy.WriteAsync(value.GetInt32(), NpgsqlDbType.Integer),
        ColumnKind.Long => copy.WriteAsync(value.GetInt64(), NpgsqlDbType.Bigint),
        ColumnKind.Truth => copy.WriteAsync(value.GetInt64() != 0, NpgsqlDbType.Boolean),
        ColumnKind.Real => copy.WriteAsync(value.GetDouble(), NpgsqlDbType.Double),
        _ => copy.WriteAsync(value.GetString()!, NpgsqlDbType.Text),
    };
}
