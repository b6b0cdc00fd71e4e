namespace Regard.Storage.Archive;

/// <summary>A table as an archive sees it: its columns in their order, and how this engine keeps each.</summary>
internal sealed record TableShape(string Name, IReadOnlyList<ColumnShape> Columns)
{
    /// <summary>
    /// What an archive leaves out. Leases belong to running programs; sessions, links and invitations open doors, and one that was ended
    /// since must not open again because an older backup was restored.
    /// </summary>
    private static readonly HashSet<string> LeftOut = ["schema_version", "lease", "staff_session", "staff_invitation", "portal_session", "portal_link"];

    public string ColumnNames => string.Join(", ", Columns.Select(column => column.Name));

    /// <summary>The tables of the open database; a table comes after those that its rows refer to.</summary>
    public static async Task<IReadOnlyList<TableShape>> AllAsync(UnitOfWork work)
    {
        var isPostgres = work.Engine == Engine.Postgres;
        var columns = await work.ListAsync<ColumnRow>(isPostgres
            ? "select table_name, column_name, data_type from information_schema.columns where table_schema = current_schema() order by table_name, ordinal_position"
            : "select t.name as table_name, c.name as column_name, lower(c.type) as data_type from sqlite_schema t join pragma_table_info(t.name) c where t.type = 'table' and t.name not like 'sqlite_%' order by t.name, c.cid");
        var references = (await work.ListAsync<ReferenceRow>(isPostgres
            ? "select conrelid::regclass::text as from_table, confrelid::regclass::text as to_table from pg_constraint where contype = 'f'"
            : "select t.name as from_table, f.\"table\" as to_table from sqlite_schema t join pragma_foreign_key_list(t.name) f where t.type = 'table'"))
            .ToLookup(row => row.FromTable, row => row.ToTable);
        var tables = columns.GroupBy(row => row.TableName).Where(table => !LeftOut.Contains(table.Key))
            .ToDictionary(table => table.Key, table => new TableShape(table.Key, [.. table.Select(row => new ColumnShape(row.ColumnName, ColumnShape.KindOf(row.DataType)))]));
        var ordered = new List<TableShape>();
        foreach (var name in tables.Keys.Order(StringComparer.Ordinal)) Place(name, tables, references, ordered);
        return ordered;
    }

    private static void Place(string name, Dictionary<string, TableShape> tables, ILookup<string, string> references, List<TableShape> ordered)
    {
        if (!tables.Remove(name, out var table)) return;
        foreach (var target in references[name]) Place(target, tables, references, ordered);
        ordered.Add(table);
    }

    private sealed record ColumnRow
    {
        public string TableName { get; init; } = "";
        public string ColumnName { get; init; } = "";
        public string DataType { get; init; } = "";
    }

    private sealed record ReferenceRow
    {
        public string FromTable { get; init; } = "";
        public string ToTable { get; init; } = "";
    }
}

/// <summary>A column's name and how this engine keeps its values.</summary>
internal sealed record ColumnShape(string Name, ColumnKind Kind)
{
    public static ColumnKind KindOf(string type) => type switch
    {
        "uuid" => ColumnKind.Id,
        "blob" or "bytea" => ColumnKind.Bytes,
        "text" => ColumnKind.Text,
        "jsonb" => ColumnKind.Json,
        "date" => ColumnKind.Date,
        "timestamp with time zone" => ColumnKind.Instant,
        "integer" => ColumnKind.Integer,
        "bigint" => ColumnKind.Long,
        "boolean" => ColumnKind.Truth,
        "real" or "double precision" => ColumnKind.Real,
        _ => throw new InvalidOperationException($"An archive does not know columns of type {type}."),
    };
}

/// <summary>The ways in which the two engines keep values. SQLite knows four of them (bytes, text, integer, real).</summary>
internal enum ColumnKind
{
    Id,
    Bytes,
    Text,
    Json,
    Date,
    Instant,
    Integer,
    Long,
    Truth,
    Real,
}
