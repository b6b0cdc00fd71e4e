using System.Text.Json.Nodes;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>All that is kept about a customer, as the customer may have it: every row of every table that has their id.</summary>
internal sealed class DataExportStore(UnitOfWork work)
{
    private static readonly HashSet<string> Instants = new(StringComparer.Ordinal) { "at", "not_before", "latest_useful", "claimed_until", "undeliverable_since" };

    // A session's hash is no data about the customer, and would be a key to their door; so would a message's secret.
    private static readonly HashSet<string> Secrets = new(StringComparer.Ordinal) { "portal_link", "portal_session" };

    /// <summary>Each table's name with its rows, also of profiles that live on in this one; null = there is no such customer.</summary>
    public async Task<JsonObject?> OfAsync(Guid customerId)
    {
        if (await new CustomerStore(work).CurrentAsync(customerId) is not { } current) return null;
        var family = await new MergeStore(work).FamilyAsync(current);
        var all = new JsonObject();
        foreach (var name in (await new CustomerTableStore(work).NamesAsync()).Where(name => !Secrets.Contains(name)))
        {
            var rows = await work.ListAsync<dynamic>($"select * from {name} where {work.InIds("customer_id", "@family")}", new { family = new IdList(family) });
            all[name] = new JsonArray([.. rows.Select(row => (JsonNode)Row((IDictionary<string, object?>)row))]);
        }
        return all;
    }

    private static JsonObject Row(IDictionary<string, object?> row)
    {
        var shown = new JsonObject();
        foreach (var (column, value) in row.Where(cell => cell.Key != "secret")) shown[column] = Value(column, value);
        return shown;
    }

    private static JsonNode? Value(string column, object? value) => value switch
    {
        null => null,
        byte[] id => new Guid(id, bigEndian: true).ToString(),
        Guid id => id.ToString(),
        DateTime at => Instant.FromDateTimeUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc)).ToString(),
        long microseconds when Instants.Contains(column) || column.EndsWith("_at", StringComparison.Ordinal) => TypeHandlers.FromMicroseconds(microseconds).ToString(),
        string text when text is ['{' or '[', ..] => Document(text),
        string text => text,
        bool truth => truth,
        int number => number,
        long number => number,
        double number => number,
        _ => value.ToString(),
    };

    private static JsonNode? Document(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }
}
