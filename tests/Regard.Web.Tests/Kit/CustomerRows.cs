using Dapper;
using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Orders;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Kit;

/// <summary>Fills every table of a customer's rows, from the schema itself, and shows what all of them hold.</summary>
internal static class CustomerRows
{
    private static readonly Instant At = Instant.FromUtc(2026, 1, 10, 8, 0);

    /// <summary>A customer with a row in every table that a merge moves; every free text has the marker in it.</summary>
    public static async Task<Guid> MakeAsync(UnitOfWork work, string marker)
    {
        var draft = new CustomerDraft { Source = "seed", Name = $"Seed {marker}", Identities = [IdentityDraft.Email($"{marker}@example.com"), IdentityDraft.Card($"CARD{marker}")] };
        var id = (await new CustomerStore(work).RecordAsync(draft, Actor.System("seed"), At)).Id;
        await FillAsync(work, id, marker);
        await new TimelineStore(work).RecountAsync(id);
        await new OrderRecountStore(work).RecountAsync(id, At);
        await new PreferenceStore(work).RefreshAsync(id, At);
        return id;
    }

    private static async Task FillAsync(UnitOfWork work, Guid customerId, string marker)
    {
        var known = new Dictionary<string, Guid> { ["product_id"] = await ProductAsync(work), ["order_id"] = Ids.New(At), ["decision_id"] = Ids.New(At), ["plan_id"] = Ids.New(At), ["batch_id"] = await BatchAsync(work) };
        foreach (var table in CustomerTable.Moving)
        {
            var columns = await new CustomerTableStore(work).ColumnsAsync(table);
            var arguments = new DynamicParameters();
            foreach (var column in columns) arguments.Add(column, Value(table.Name, column, customerId, marker, known));
            await work.ExecuteAsync($"insert into {table.Name} ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(c => "@" + c))})", arguments);
        }
        await work.ExecuteAsync("insert into order_lookup (number, source, kind, customer_id, order_id) values (@number, 'seed', 'order', @customerId, @order)", new { number = $"{customerId}", customerId, order = known["order_id"] });
    }

    private static async Task<Guid> BatchAsync(UnitOfWork work)
    {
        var id = Ids.New(At);
        await work.ExecuteAsync("insert into letter_batch (batch_id, made_at, made_by) values (@id, @At, 'system:seed')", new { id, At });
        return id;
    }

    private static async Task<Guid> ProductAsync(UnitOfWork work)
    {
        if (await work.ScalarAsync<Guid?>("select product_id from product limit 1") is { } known) return known;
        var id = Ids.New(At);
        await work.ExecuteAsync("insert into product (product_id, sku, name, source, created_at, updated_at) values (@id, 'S1', 'Thing', 'seed', @At, @At)", new { id, At });
        return id;
    }

    // Free texts carry the marker; words, references and ids of other systems do not.
    private static object? Value(string table, string column, Guid customerId, string marker, Dictionary<string, Guid> known) => (table, column) switch
    {
        (_, "customer_id") => customerId,
        (_, "origin_id") => null,
        (_, "source") => "seed",
        (_, "source_id") => $"{customerId}",
        (_, "step") => $"step of {customerId}",
        (_, "status") => "placed",
        (_, "currency") => "EUR",
        ("identity", "kind") => "external",
        ("identity", "value") => $"seed:{marker}",
        ("customer_term", "name_key") => $" {marker} ",
        ("contact_decision", "chain_id") => customerId,
        ("contact_decision", "request") => new Json("{}"),
        ("order_fee", "kind") => "postage",
        ("touchpoint", "department") => "sales",
        ("touchpoint", "direction") => "in",
        ("preference_statement", "place") => "call",
        ("preference_statement", "basis") => "volunteered",
        ("customer_fact", "basis") => "told",
        ("preference_statement", "wish") => new Json("{}"),
        (_, "state") => table == "outbox" ? "sent" : "done",
        (_, "channel" or "wanted_channel") => "email",
        (_, "purpose") => "care",
        (_, "body" or "reasons") => new Json($"{{\"words\": \"{marker}\"}}"),
        (_, "components") => new Json("{}"),
        (_, "is_primary") => true,
        (_, "score" or "chance_of_leaving") => 0.5,
        (_, "line_no" or "source_line" or "part" or "minutes" or "attempts" or "near_days") => 1,
        (_, "seq" or "quantity" or "state_version" or "position") => 1L,
        (_, "kind" or "stage" or "verdict" or "policy_version" or "previous_hash" or "hash" or "about" or "batch" or "carrier" or "outcome" or "wording" or "occasion" or "delivery" or "act" or "code" or "reason_code") => $"word {column}",
        _ when column.EndsWith("_by", StringComparison.Ordinal) => "system:seed",
        _ when known.TryGetValue(column, out var id) => id,
        _ when column.EndsWith("_minor", StringComparison.Ordinal) => 100L,
        (_, "message_id") => $"<{customerId}@seed>",
        _ when column.EndsWith("_id", StringComparison.Ordinal) || column is "assigned_to" => Ids.New(At),
        _ when column is "at" or "not_before" or "latest_useful" or "claimed_until" or "undeliverable_since" || column.EndsWith("_at", StringComparison.Ordinal) => At,
        _ => $"{marker} {column}",
    };

    /// <summary>Everything that any table of customers' rows holds, a line for a row, but for versions, merge records and moments of computing.</summary>
    public static async Task<IReadOnlyList<string>> DumpAsync(UnitOfWork work)
    {
        var lines = new List<string>();
        foreach (var table in CustomerTable.All.Where(t => t.Name != "customer_merge"))
        {
            foreach (IDictionary<string, object?> row in await work.ListAsync<dynamic>($"select * from {table.Name}"))
            {
                var cells = row.Where(cell => cell.Key != "version" && !(table.Name == "contact_state" && cell.Key == "updated_at"));
                lines.Add($"{table.Name}: {string.Join("; ", cells.Select(cell => $"{cell.Key}={Shown(cell.Value)}"))}");
            }
        }
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static string Shown(object? value) => value switch
    {
        null => "null",
        byte[] bytes => new Guid(bytes, bigEndian: true).ToString(),
        DateTime at => at.ToString("O"),
        _ => value.ToString()!,
    };
}
