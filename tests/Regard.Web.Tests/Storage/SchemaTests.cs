using System.Data.Common;
using Dapper;
using Regard.Kit;

namespace Regard.Storage;

/// <summary>The dialects say the same thing: whoever moves from one engine to another finds every table, column, key and "not null" again.</summary>
public sealed class SchemaTests
{
    /// <summary>What a PostgreSQL type is on SQLite (see <see cref="TypeHandlers"/>).</summary>
    private static readonly Dictionary<string, string> OnSqlite = new(StringComparer.Ordinal)
    {
        ["uuid"] = "blob",
        ["bytea"] = "blob",
        ["text"] = "text",
        ["jsonb"] = "text",
        ["date"] = "text",
        ["time without time zone"] = "text",
        ["timestamp with time zone"] = "integer",
        ["bigint"] = "integer",
        ["integer"] = "integer",
        ["boolean"] = "integer",
        ["double precision"] = "real",
    };

    private sealed record Column
    {
        public string TableName { get; init; } = "";
        public string ColumnName { get; init; } = "";
        public string DataType { get; init; } = "";
        public bool IsRequired { get; init; }

        public override string ToString() => $"{TableName}.{ColumnName} {DataType}{(IsRequired ? " not null" : "")}";
    }

    [Fact]
    public async Task both_engines_have_the_same_columns_of_the_same_kinds()
    {
        await using var sqlite = await TestDatabase.MakeAsync("sqlite");
        await using var postgres = await TestDatabase.MakeAsync("postgres");
        var small = (await OnSqliteAsync(sqlite)).Select(column => column.ToString()).Order().ToList();
        var large = (await OnPostgresAsync(postgres)).Select(column => (column with { DataType = OnSqlite[column.DataType] }).ToString()).Order().ToList();
        small.Except(large).ShouldBeEmpty("only in the SQLite file");
        large.Except(small).ShouldBeEmpty("only in the PostgreSQL file");
        small.Count.ShouldBeGreaterThan(300);
    }

    [Fact]
    public async Task both_engines_have_the_same_indexes_and_keys()
    {
        await using var sqlite = await TestDatabase.MakeAsync("sqlite");
        await using var postgres = await TestDatabase.MakeAsync("postgres");
        var small = await IndexesAsync(sqlite, """
            select t.name || '(' || (select group_concat(name) from (select i.name from pragma_index_info(l.name) i order by i.seqno)) || ')' || case when l."unique" then ' unique' else '' end
            from sqlite_schema t join pragma_index_list(t.name) l where t.type = 'table' and t.name not like 'sqlite_%'
            union all
            select t.name || '(' || (select c.name from pragma_table_info(t.name) c where c.pk = 1) || ') unique'
            from sqlite_schema t where t.type = 'table' and (select count(*) from pragma_table_info(t.name) c where c.pk > 0) = 1
              and exists (select 1 from pragma_table_info(t.name) c where c.pk = 1 and lower(c.type) = 'integer')
            """);
        var large = await IndexesAsync(postgres, """
            select t.relname || '(' || (select string_agg(a.attname, ',' order by k.n) from unnest(i.indkey::int[]) with ordinality k (attnum, n)
              join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum) || ')' || case when i.indisunique then ' unique' else '' end
            from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace s on s.oid = t.relnamespace where s.nspname = 'public'
            """);
        small.Except(large).ShouldBeEmpty("only in the SQLite file");
        large.Except(small).ShouldBeEmpty("only in the PostgreSQL file");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task every_released_schema_is_a_step_on_the_way_to_this_one(string engine)
    {
        foreach (var upTo in Enumerable.Range(0, SchemaFile.All(Engines.Of(engine)).Count))
        {
            await using var data = await TestDatabase.MakeAsync(engine, migrated: false);
            await ApplyFirstAsync(data, upTo);
            (await new Migrator(data.Database, SystemClock.Instance).ApplyAsync(default)).Count.ShouldBe(SchemaFile.All(Engines.Of(engine)).Count - upTo);
            await new Migrator(data.Database, SystemClock.Instance).VerifyAsync(default);
        }
    }

    [Fact]
    public void every_step_is_written_for_every_engine()
    {
        var versions = SchemaFile.All(Engine.Postgres).Select(file => file.Version).ToList();
        SchemaFile.All(Engine.Sqlite).Select(file => file.Version).ShouldBe(versions);
        SchemaFile.All(Engine.Postgres).ShouldAllBe(file => file.CitusSql != null, "each PostgreSQL step has a Citus file beside it, if only one that says which tables stay local");
        versions.ShouldBe(versions.Order(StringComparer.Ordinal));
        versions.ShouldAllBe(version => System.Text.RegularExpressions.Regex.IsMatch(version, @"^\d{4}-\d{2}-\d{2}_\d{2}_[a-z_]+$"));
    }

    private static async Task ApplyFirstAsync(TestDatabase data, int count)
    {
        await using var connection = await data.Database.OpenAsync(default);
        await connection.ExecuteAsync("create table schema_version (version text primary key, checksum text not null, applied_at text not null, applied_by text not null)");
        foreach (var file in SchemaFile.All(data.Database.Engine).Take(count))
        {
            await connection.ExecuteAsync(file.Sql);
            await connection.ExecuteAsync("insert into schema_version values (@Version, @Checksum, '', 'test')", new { file.Version, file.Checksum });
        }
    }

    private static async Task<IReadOnlyList<Column>> OnSqliteAsync(TestDatabase data) => await ColumnsAsync(data, """
        select t.name as table_name, c.name as column_name, lower(c.type) as data_type, c."notnull" or c.pk > 0 as is_required
        from sqlite_schema t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%'
        """);

    private static async Task<IReadOnlyList<Column>> OnPostgresAsync(TestDatabase data) => await ColumnsAsync(data, """
        select table_name, column_name, data_type, is_nullable = 'NO' as is_required from information_schema.columns where table_schema = 'public'
        """);

    private static async Task<IReadOnlyList<Column>> ColumnsAsync(TestDatabase data, string sql)
    {
        await using var connection = await data.Database.OpenAsync(default);
        return (await connection.QueryAsync<Column>(sql)).AsList();
    }

    private static async Task<HashSet<string>> IndexesAsync(TestDatabase data, string sql)
    {
        await using DbConnection connection = await data.Database.OpenAsync(default);
        return (await connection.QueryAsync<string>(sql)).ToHashSet();
    }
}
