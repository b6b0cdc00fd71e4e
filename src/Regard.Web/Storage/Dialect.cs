using System.Data;
using System.Text.Json;
using Dapper;
using Npgsql;

namespace Regard.Storage;

/// <summary>The few places where the engines' SQL differs. Everything else is one text for both.</summary>
internal static class Dialect
{
    /// <summary>Locks the rows a statement reads until the transaction ends. SQLite has one writer at a time and needs no word.</summary>
    public static string ForUpdate(Engine engine) => engine == Engine.Postgres ? " for update" : "";

    /// <summary>Keeps the rows a statement reads from changing, and lets others read them too.</summary>
    public static string ForShare(Engine engine) => engine == Engine.Postgres ? " for share" : "";

    /// <summary>Keeps the rows a statement reads from being locked for update (as a merge does), while their other columns may still change.</summary>
    public static string ForKeyShare(Engine engine) => engine == Engine.Postgres ? " for key share" : "";

    /// <summary>Locks and passes over rows that another worker holds.</summary>
    public static string SkipLocked(Engine engine) => engine == Engine.Postgres ? " for update skip locked" : "";

    /// <summary>The month in UTC of an instant's column as one number, year × 100 + month.</summary>
    public static string Month(Engine engine, string column) => engine == Engine.Postgres
        ? $"cast(to_char({column} at time zone 'UTC', 'YYYYMM') as integer)"
        : $"cast(strftime('%Y%m', {column} / 1000000, 'unixepoch') as integer)";

    /// <summary>The Monday of the week in UTC that an instant's column falls in.</summary>
    public static string Week(Engine engine, string column) => engine == Engine.Postgres
        ? $"cast(date_trunc('week', {column} at time zone 'UTC') as date)"
        : $"date({column} / 1000000, 'unixepoch', '-6 days', 'weekday 1')";

    /// <summary>
    /// A test that a column is one of a list's ids; the parameter is an <see cref="IdList"/>. An empty list matches nothing.
    /// Dapper's own list expansion finds nothing on SQLite with type handlers and is refused by PostgreSQL; this works on both.
    /// </summary>
    public static string InIds(Engine engine, string column, string parameter) => engine == Engine.Postgres
        ? $"{column} = any({parameter})"
        : $"{column} in (select unhex(value) from json_each({parameter}))";

    /// <summary>The same where rows are found by another condition and this only sifts them: many rows against a long list.</summary>
    public static string AmongIds(Engine engine, string column, string parameter) => engine == Engine.Postgres
        ? $"{column} in (select unnest({parameter}))"
        : InIds(engine, column, parameter);

    /// <summary>The same for a list of words; the parameter is a <see cref="WordList"/>.</summary>
    public static string InWords(Engine engine, string column, string parameter) => engine == Engine.Postgres
        ? $"{column} = any({parameter})"
        : $"{column} in (select value from json_each({parameter}))";
}

/// <summary>A list of ids as one parameter; see <see cref="Dialect.InIds"/>.</summary>
internal sealed class IdList(IEnumerable<Guid> ids) : SqlMapper.ICustomQueryParameter
{
    private readonly Guid[] _ids = [.. ids];

    public void AddParameter(IDbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = parameter is NpgsqlParameter
            ? _ids
            : JsonSerializer.Serialize(_ids.Select(id => Convert.ToHexString(id.ToByteArray(bigEndian: true))));
        command.Parameters.Add(parameter);
    }
}

/// <summary>A list of words as one parameter; see <see cref="Dialect.InWords"/>.</summary>
internal sealed class WordList(IEnumerable<string> words) : SqlMapper.ICustomQueryParameter
{
    private readonly string[] _words = [.. words];

    public void AddParameter(IDbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = parameter is NpgsqlParameter ? _words : JsonSerializer.Serialize(_words);
        command.Parameters.Add(parameter);
    }
}
