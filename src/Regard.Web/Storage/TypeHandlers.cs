using System.Data;
using System.Globalization;
using Dapper;
using NodaTime.Text;
using Npgsql;
using NpgsqlTypes;

namespace Regard.Storage;

/// <summary>
/// How values cross into either engine. PostgreSQL has the native types; SQLite keeps a <see cref="Guid"/> as 16 big-endian bytes
/// (so that ids sort by time), an <see cref="Instant"/> as Unix microseconds, dates and times of day as ISO text.
/// </summary>
internal static class TypeHandlers
{
    private static int _registered;

    public static void Register()
    {
        if (Interlocked.Exchange(ref _registered, 1) == 1) return;
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(Guid));
        SqlMapper.RemoveTypeMap(typeof(Guid?));
        SqlMapper.AddTypeHandler(new GuidHandler());
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new DateHandler());
        SqlMapper.AddTypeHandler(new TimeHandler());
        SqlMapper.AddTypeHandler(new JsonHandler());
    }

    /// <summary>The same conversion for code that fills parameters itself (bulk writing).</summary>
    public static object ToSqlite(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToByteArray(bigEndian: true),
        Instant at => Microseconds(at),
        LocalDate date => LocalDatePattern.Iso.Format(date),
        LocalTime time => LocalTimePattern.ExtendedIso.Format(time),
        Json json => json.Text,
        bool truth => truth ? 1L : 0L,
        _ => value,
    };

    public static object ToPostgres(object? value) => value switch
    {
        null => DBNull.Value,
        Instant at => at.ToDateTimeUtc(),
        LocalDate date => date.ToDateOnly(),
        LocalTime time => time.ToTimeOnly(),
        Json json => json.Text,
        _ => value,
    };

    public static long Microseconds(Instant at) => at.ToUnixTimeTicks() / 10;

    public static Instant FromMicroseconds(long microseconds) => Instant.FromUnixTimeTicks(microseconds * 10);

    private sealed class GuidHandler : SqlMapper.TypeHandler<Guid>
    {
        public override void SetValue(IDbDataParameter parameter, Guid value) =>
            parameter.Value = parameter is NpgsqlParameter ? value : ToSqlite(value);

        public override Guid Parse(object value) => value switch
        {
            Guid id => id,
            byte[] bytes => new Guid(bytes, bigEndian: true),
            _ => throw new FormatException("An id column held something that is no id."),
        };
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<Instant>
    {
        public override void SetValue(IDbDataParameter parameter, Instant value) =>
            parameter.Value = parameter is NpgsqlParameter ? ToPostgres(value) : ToSqlite(value);

        public override Instant Parse(object value) => value switch
        {
            DateTime at => Instant.FromDateTimeUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc)),
            long microseconds => FromMicroseconds(microseconds),
            _ => throw new FormatException("An instant column held something that is no instant."),
        };
    }

    private sealed class DateHandler : SqlMapper.TypeHandler<LocalDate>
    {
        public override void SetValue(IDbDataParameter parameter, LocalDate value) =>
            parameter.Value = parameter is NpgsqlParameter ? ToPostgres(value) : ToSqlite(value);

        public override LocalDate Parse(object value) => value switch
        {
            DateOnly date => LocalDate.FromDateOnly(date),
            DateTime date => LocalDate.FromDateTime(date),
            string text => LocalDatePattern.Iso.Parse(text).Value,
            _ => throw new FormatException("A date column held something that is no date."),
        };
    }

    private sealed class TimeHandler : SqlMapper.TypeHandler<LocalTime>
    {
        public override void SetValue(IDbDataParameter parameter, LocalTime value) =>
            parameter.Value = parameter is NpgsqlParameter ? ToPostgres(value) : ToSqlite(value);

        public override LocalTime Parse(object value) => value switch
        {
            TimeOnly time => LocalTime.FromTimeOnly(time),
            TimeSpan span => LocalTime.FromTicksSinceMidnight(span.Ticks),
            string text => LocalTimePattern.ExtendedIso.Parse(text).Value,
            _ => throw new FormatException("A time column held something that is no time of day."),
        };
    }

    private sealed class JsonHandler : SqlMapper.TypeHandler<Json>
    {
        public override void SetValue(IDbDataParameter parameter, Json value)
        {
            parameter.Value = value.Text;
            if (parameter is NpgsqlParameter postgres) postgres.NpgsqlDbType = NpgsqlDbType.Jsonb;
        }

        public override Json Parse(object value) => new(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null");
    }
}
