using System.Text.RegularExpressions;
using Dapper;
using Regard.Kit;

namespace Regard.Storage;

/// <summary>
/// Citus refuses at run time what these tests refuse here, on plain PostgreSQL: a table that nobody placed, a key without the distribution
/// column, a foreign key that leaves the customer's shard.
/// </summary>
public sealed partial class CitusTests
{
    private sealed record Constraint
    {
        public string TableName { get; init; } = "";
        public string Name { get; init; } = "";
        public string Kind { get; init; } = "";
        public string[] Columns { get; init; } = [];
        public string? Target { get; init; }
        public string[]? TargetColumns { get; init; }
    }

    private static string Citus => string.Join('\n', SchemaFile.All(Engine.Postgres).Select(file => file.CitusSql));

    /// <summary>Table → distribution column.</summary>
    private static Dictionary<string, string> Distributed => Distribution().Matches(Citus).ToDictionary(m => m.Groups["table"].Value, m => m.Groups["column"].Value);

    private static HashSet<string> References => [.. Reference().Matches(Citus).Select(m => m.Groups["table"].Value)];

    [Fact]
    public async Task every_table_has_exactly_one_place()
    {
        await using var data = await TestDatabase.MakeAsync("postgres");
        await using var connection = await data.Database.OpenAsync(default);
        var tables = await connection.QueryAsync<string>("select table_name from information_schema.tables where table_schema = 'public' and table_name <> 'schema_version'");
        var placed = Placed().Matches(Citus).Select(m => m.Groups["table"].Value).ToList();
        placed.Order().ShouldBe(tables.Order(), "the Citus file names each table once: distributed, reference, or `-- local: table`");
    }

    [Fact]
    public async Task every_key_of_a_distributed_table_has_the_distribution_column()
    {
        var distributed = Distributed;
        var faults = from constraint in await ConstraintsAsync()
                     where constraint.Kind is "p" or "u" && distributed.ContainsKey(constraint.TableName)
                     where !constraint.Columns.Contains(distributed[constraint.TableName])
                     select $"{constraint.TableName}: {constraint.Name} lacks {distributed[constraint.TableName]}";
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_customers_key_begins_with_the_customer()
    {
        var distributed = Distributed;
        var faults = from constraint in await ConstraintsAsync()
                     where constraint.Kind == "p" && distributed.GetValueOrDefault(constraint.TableName) == "customer_id" && constraint.Columns[0] != "customer_id"
                     select $"{constraint.TableName}: {constraint.Name}";
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_foreign_key_stays_within_the_customer_or_points_to_a_reference_table()
    {
        var distributed = Distributed;
        var references = References;
        var faults = from constraint in await ConstraintsAsync()
                     where constraint.Kind == "f"
                     let stays = distributed.TryGetValue(constraint.TableName, out var column) && distributed.TryGetValue(constraint.Target!, out var target)
                         && constraint.Columns.Contains(column) && constraint.TargetColumns![Array.IndexOf(constraint.Columns, column)] == target
                     let fromShard = distributed.ContainsKey(constraint.TableName) && references.Contains(constraint.Target!)
                     let isSmall = !distributed.ContainsKey(constraint.TableName) && !distributed.ContainsKey(constraint.Target!)
                     where !stays && !fromShard && !isSmall
                     select $"{constraint.TableName}: {constraint.Name} leads to {constraint.Target}";
        faults.ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<Constraint>> ConstraintsAsync()
    {
        await using var data = await TestDatabase.MakeAsync("postgres");
        await using var connection = await data.Database.OpenAsync(default);
        return (await connection.QueryAsync<Constraint>("""
            select t.relname as table_name, c.conname as name, c.contype::text as kind, f.relname as target,
              (select array_agg(a.attname::text order by k.n) from unnest(c.conkey) with ordinality k (attnum, n) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum) as columns,
              (select array_agg(a.attname::text order by k.n) from unnest(c.confkey) with ordinality k (attnum, n) join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum) as target_columns
            from pg_constraint c join pg_class t on t.oid = c.conrelid left join pg_class f on f.oid = c.confrelid
            join pg_namespace s on s.oid = t.relnamespace where s.nspname = 'public' and c.contype in ('p', 'u', 'f')
            """)).AsList();
    }

    [GeneratedRegex(@"create_distributed_table\('(?<table>\w+)', '(?<column>\w+)'")]
    private static partial Regex Distribution();

    [GeneratedRegex(@"create_reference_table\('(?<table>\w+)'\)")]
    private static partial Regex Reference();

    [GeneratedRegex(@"create_distributed_table\('(?<table>\w+)'|create_reference_table\('(?<table>\w+)'|(?m)^-- local: (?<table>\w+)$")]
    private static partial Regex Placed();
}
