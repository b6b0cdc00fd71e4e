using System.Text;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;

namespace Regard.Storage;

/// <summary>
/// One column of a <see cref="Bulk{T}"/>: how its value is taken from a row and handed to either engine, without boxing.
/// The stored forms are those of <see cref="TypeHandlers"/>.
/// </summary>
internal abstract class Column<T>(string name)
{
    public string Name { get; } = name;

    public abstract void Copy(NpgsqlBinaryImporter importer, T row);

    public abstract NpgsqlParameter Parameter(T row);

    /// <summary>The values of many rows as one array.</summary>
    public abstract NpgsqlParameter Many(IReadOnlyList<T> rows);

    /// <summary>Binds the value to a SQLite statement; answers SQLite's result code.</summary>
    public abstract int Bind(sqlite3_stmt statement, int position, T row);

    public static Column<T> Id(string name, Func<T, Guid> value) => new IdColumn(name, row => value(row));

    public static Column<T> Id(string name, Func<T, Guid?> value) => new IdColumn(name, value);

    public static Column<T> At(string name, Func<T, Instant> value) => new AtColumn(name, row => value(row));

    public static Column<T> At(string name, Func<T, Instant?> value) => new AtColumn(name, value);

    public static Column<T> Whole(string name, Func<T, long> value) => new WholeColumn(name, row => value(row), NpgsqlDbType.Bigint);

    public static Column<T> Whole(string name, Func<T, long?> value) => new WholeColumn(name, value, NpgsqlDbType.Bigint);

    /// <summary>A column of PostgreSQL's four-byte type.</summary>
    public static Column<T> Small(string name, Func<T, int> value) => new WholeColumn(name, row => value(row), NpgsqlDbType.Integer);

    public static Column<T> Small(string name, Func<T, int?> value) => new WholeColumn(name, row => value(row), NpgsqlDbType.Integer);

    public static Column<T> Truth(string name, Func<T, bool> value) => new WholeColumn(name, row => value(row) ? 1 : 0, NpgsqlDbType.Boolean);

    public static Column<T> Real(string name, Func<T, double> value) => new RealColumn(name, row => value(row));

    public static Column<T> Real(string name, Func<T, double?> value) => new RealColumn(name, value);

    public static Column<T> Text(string name, Func<T, string?> value) => new TextColumn(name, value, NpgsqlDbType.Text);

    /// <summary>A text that is at hand as UTF-8 and is handed on as it is.</summary>
    public static Column<T> Utf8(string name, Func<T, ReadOnlyMemory<byte>> value) => new Utf8Column(name, value);

    /// <summary>A JSON document; null when the value is <c>default</c>.</summary>
    public static Column<T> Document(string name, Func<T, Json> value) => new TextColumn(name, row => value(row).Text, NpgsqlDbType.Jsonb);

    private static NpgsqlParameter<TValue[]> Array<TValue>(IReadOnlyList<T> rows, Func<T, TValue> value, NpgsqlDbType type)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = value(rows[i]);
        return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    private sealed class IdColumn(string name, Func<T, Guid?> value) : Column<T>(name)
    {
        public override void Copy(NpgsqlBinaryImporter importer, T row)
        {
            if (value(row) is { } id) importer.Write(id, NpgsqlDbType.Uuid);
            else importer.WriteNull();
        }

        public override NpgsqlParameter Parameter(T row) => value(row) is { } id
            ? new NpgsqlParameter<Guid> { TypedValue = id, NpgsqlDbType = NpgsqlDbType.Uuid }
            : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

        public override NpgsqlParameter Many(IReadOnlyList<T> rows) => Array(rows, value, NpgsqlDbType.Uuid);

        public override int Bind(sqlite3_stmt statement, int position, T row)
        {
            if (value(row) is not { } id) return raw.sqlite3_bind_null(statement, position);
            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes, bigEndian: true, out _);
            return raw.sqlite3_bind_blob(statement, position, bytes);
        }
    }

    private sealed class AtColumn(string name, Func<T, Instant?> value) : Column<T>(name)
    {
        public override void Copy(NpgsqlBinaryImporter importer, T row)
        {
            if (value(row) is { } at) importer.Write(at.ToDateTimeUtc(), NpgsqlDbType.TimestampTz);
            else importer.WriteNull();
        }

        public override NpgsqlParameter Parameter(T row) => value(row) is { } at
            ? new NpgsqlParameter<DateTime> { TypedValue = at.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz }
            : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

        public override NpgsqlParameter Many(IReadOnlyList<T> rows) => Array(rows, row => value(row)?.ToDateTimeUtc(), NpgsqlDbType.TimestampTz);

        public override int Bind(sqlite3_stmt statement, int position, T row) => value(row) is { } at
            ? raw.sqlite3_bind_int64(statement, position, TypeHandlers.Microseconds(at))
            : raw.sqlite3_bind_null(statement, position);
    }

    private sealed class WholeColumn(string name, Func<T, long?> value, NpgsqlDbType type) : Column<T>(name)
    {
        public override void Copy(NpgsqlBinaryImporter importer, T row)
        {
            if (value(row) is not { } number) importer.WriteNull();
            else if (type == NpgsqlDbType.Bigint) importer.Write(number, type);
            else if (type == NpgsqlDbType.Integer) importer.Write(checked((int)number), type);
            else importer.Write(number != 0, type);
        }

        public override NpgsqlParameter Parameter(T row)
        {
            if (value(row) is not { } number) return new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type };
            if (type == NpgsqlDbType.Bigint) return new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = type };
            if (type == NpgsqlDbType.Integer) return new NpgsqlParameter<int> { TypedValue = checked((int)number), NpgsqlDbType = type };
            return new NpgsqlParameter<bool> { TypedValue = number != 0, NpgsqlDbType = type };
        }

        public override NpgsqlParameter Many(IReadOnlyList<T> rows) => type switch
        {
            NpgsqlDbType.Bigint => Array(rows, value, type),
            NpgsqlDbType.Integer => Array(rows, row => checked((int?)value(row)), type),
            _ => Array(rows, row => value(row) is { } number ? number != 0 : (bool?)null, type),
        };

        public override int Bind(sqlite3_stmt statement, int position, T row) => value(row) is { } number
            ? raw.sqlite3_bind_int64(statement, position, number)
            : raw.sqlite3_bind_null(statement, position);
    }

    private sealed class RealColumn(string name, Func<T, double?> value) : Column<T>(name)
    {
        public override void Copy(NpgsqlBinaryImporter importer, T row)
        {
            if (value(row) is { } number) importer.Write(number, NpgsqlDbType.Double);
            else importer.WriteNull();
        }

        public override NpgsqlParameter Parameter(T row) => value(row) is { } number
            ? new NpgsqlParameter<double> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Double }
            : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Double };

        public override NpgsqlParameter Many(IReadOnlyList<T> rows) => Array(rows, value, NpgsqlDbType.Double);

        public override int Bind(sqlite3_stmt statement, int position, T row) => value(row) is { } number
            ? raw.sqlite3_bind_double(statement, position, number)
            : raw.sqlite3_bind_null(statement, position);
    }

    private sealed class TextColumn(string name, Func<T, string?> value, NpgsqlDbType type) : Column<T>(name)
    {
        public override void Copy(NpgsqlBinaryImporter importer, T row)
        {
            if (value(row) is { } text) importer.Write(text, type);
            else importer.WriteNull();
        }

        public override NpgsqlParameter Parameter(T row) => value(row) is { } text
            ? new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = type }
            : new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type };

        public override NpgsqlParameter Many(IReadOnlyList<T> rows) => Array(rows, value, type);

        public override int Bind(sqlite3_stmt statement, int position, T row) => value(row) is { } text
            ? raw.sqlite3_bind_text(statement, position, text)
            : raw.sqlite3_bind_null(statement, position);
    }

    private sealed class Utf8Column(string name, Func<T, ReadOnlyMemory<byte>> value) : Column<T>(name)
    {
        public override void Copy(NpgsqlBinaryImporter importer, T row) => importer.Write(value(row), NpgsqlDbType.Text);

        public override NpgsqlParameter Parameter(T row) => new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = value(row), NpgsqlDbType = NpgsqlDbType.Text };

        public override NpgsqlParameter Many(IReadOnlyList<T> rows) => Array(rows, row => Encoding.UTF8.GetString(value(row).Span), NpgsqlDbType.Text);

        public override int Bind(sqlite3_stmt statement, int position, T row) => raw.sqlite3_bind_text(statement, position, value(row).Span);
    }
}
