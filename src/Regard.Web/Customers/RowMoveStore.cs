using Regard.Storage;

namespace Regard.Customers;

/// <summary>
/// Moves a customer's rows to another profile. A row's owner (its origin_id, or its customer while it never moved) stays the same
/// wherever it lies, so every move can be taken back. A row that the other profile has already, under the same key or the same source's
/// id, stays where it is: nothing is lost and nothing is counted twice. Rows are copied, look-ups repointed, and only then deleted,
/// because a distributed table cannot change a row's customer in place.
/// </summary>
/// <param name="work">A writing unit of work in which both profiles are locked.</param>
/// <param name="from">Where the rows lie.</param>
/// <param name="to">Where they go.</param>
/// <param name="owners">Only rows of these owners; null = all rows.</param>
internal sealed class RowMoveStore(UnitOfWork work, Guid from, Guid to, IReadOnlyList<Guid>? owners)
{
    private const string Owner = "coalesce(origin_id, customer_id)";

    private readonly Dictionary<string, IReadOnlyList<Guid>> _moved = [];

    private object Arguments => new { from, to, owners = new IdList(owners ?? []) };

    private string Theirs => owners is null ? "" : $" and {work.InIds(Owner, "@owners")}";

    public async Task MoveAsync()
    {
        foreach (var table in CustomerTable.Moving) await CopyAsync(table);
        await RepointAsync();
        foreach (var table in CustomerTable.Moving.Reverse()) await DeleteAsync(table);
    }

    private async Task CopyAsync(CustomerTable table)
    {
        var columns = string.Join(", ", (await new CustomerTableStore(work).ColumnsAsync(table)).Where(c => c is not ("customer_id" or "origin_id")));
        var copy = $"insert into {table.Name} (customer_id, {columns}, origin_id) select @to, {columns}, ";
        var alone = table.Parent is null ? "" : $" and {table.ParentKey} is null";
        await work.ExecuteAsync($"{copy}nullif({Owner}, @to) from {table.Name} where customer_id = @from{Theirs}{alone} on conflict do nothing", Arguments);
        if (table.Parent is not null) await CopyWithParentsAsync(table, copy);
        if (table.Children.Any()) _moved[table.Name] = await MovedAsync(table);
    }

    // What belongs to a row moves with it and is owned by the same profile, even when it was written later.
    private async Task CopyWithParentsAsync(CustomerTable table, string copy)
    {
        var parents = await work.ListAsync<Parent>(
            $"select {table.ParentKey} as id, origin_id from {table.Parent} where customer_id = @to and {work.InIds(table.ParentKey!, "@moved")}",
            new { to, moved = new IdList(_moved[table.Parent!]) });
        foreach (var family in parents.GroupBy(parent => parent.OriginId))
        {
            await work.ExecuteAsync(
                $"{copy}@owner from {table.Name} where customer_id = @from and {work.InIds(table.ParentKey!, "@moved")} on conflict do nothing",
                new { from, to, owner = family.Key, moved = new IdList(family.Select(parent => parent.Id)) });
        }
    }

    private async Task<IReadOnlyList<Guid>> MovedAsync(CustomerTable table) => await work.ListAsync<Guid>(
        $"select {table.Key} from {table.Name} where customer_id = @from{Theirs} and {IsThere(table)}", Arguments);

    private static string IsThere(CustomerTable table) => $"({table.Key}, {Owner}) in (select {table.Key}, {Owner} from {table.Name} where customer_id = @to)";

    private async Task RepointAsync()
    {
        var identity = CustomerTable.All.First(table => table.Name == "identity");
        await work.ExecuteAsync(
            $"update identity_lookup set customer_id = @to where customer_id = @from and (value, kind) in (select value, kind from identity where customer_id = @from{Theirs} and {IsThere(identity)})",
            Arguments);
        foreach (var (kind, number, name) in new[] { ("order", "source_id", "sales_order"), ("return", "source_id", "order_return"), ("order", "substr(source_id, 7)", "order_fee"), ("return", "substr(source_id, 8)", "order_fee") })
        {
            var table = CustomerTable.All.First(t => t.Name == name);
            var ofKind = name == "order_fee" ? $" and source_id like '{kind}:%'" : "";
            await work.ExecuteAsync(
                $"update order_lookup set customer_id = @to where customer_id = @from and kind = '{kind}' and (number, source) in (select {number}, source from {name} where customer_id = @from{ofKind}{Theirs} and {IsThere(table)})",
                Arguments);
        }
    }

    private async Task DeleteAsync(CustomerTable table)
    {
        // What stayed behind keeps the row that it belongs to.
        var kept = string.Concat(table.Children.Select(child => $" and {table.Key} not in (select {child.ParentKey} from {child.Name} where customer_id = @from and {child.ParentKey} is not null)"));
        var alone = table.Parent is null ? "" : $" and {table.ParentKey} is null";
        await work.ExecuteAsync($"delete from {table.Name} where customer_id = @from{Theirs}{alone} and {IsThere(table)}{kept}", Arguments);
        if (table.Parent is null) return;
        await work.ExecuteAsync(
            $"delete from {table.Name} where customer_id = @from and {work.InIds(table.ParentKey!, "@moved")} and ({table.Key}) in (select {table.Key} from {table.Name} where customer_id = @to)",
            new { from, to, moved = new IdList(_moved[table.Parent]) });
    }

    private sealed record Parent
    {
        public Guid Id { get; init; }

        public Guid? OriginId { get; init; }
    }
}
