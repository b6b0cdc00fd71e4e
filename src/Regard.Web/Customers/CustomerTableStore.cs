using System.Collections.Concurrent;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>The tables of customers' rows as the database itself describes them.</summary>
internal sealed class CustomerTableStore(UnitOfWork work)
{
    private static readonly ConcurrentDictionary<(Engine, string), IReadOnlyList<string>> Known = new();

    /// <summary>All columns of a table, in their order.</summary>
    public async Task<IReadOnlyList<string>> ColumnsAsync(CustomerTable table)
    {
        if (Known.TryGetValue((work.Engine, table.Name), out var known)) return known;
        var columns = await work.ListAsync<string>(
            work.Engine == Engine.Postgres
                ? "select column_name from information_schema.columns where table_schema = current_schema() and table_name = @Name order by ordinal_position"
                : "select name from pragma_table_info(@Name) order by cid",
            new { table.Name });
        return Known[(work.Engine, table.Name)] = columns;
    }

    /// <summary>The names of all tables that have a customer_id.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync() => await work.ListAsync<string>(
        work.Engine == Engine.Postgres
            ? "select table_name from information_schema.columns where table_schema = current_schema() and column_name = 'customer_id' order by table_name"
            : "select m.name from sqlite_master m where m.type = 'table' and exists (select 1 from pragma_table_info(m.name) where name = 'customer_id') order by m.name");
}
