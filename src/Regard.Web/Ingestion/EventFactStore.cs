using Regard.Access;
using Regard.Storage;

namespace Regard.Ingestion;

/// <summary>What events say about a customer beside touchpoints and orders: traits and membership.</summary>
internal sealed class EventFactStore(UnitOfWork work, Actor by)
{
    /// <summary>
    /// Keeps traits as facts. A trait that was told with the same content is left alone; with another content the older telling is
    /// retracted, unless it was said later than this one.
    /// </summary>
    public async Task KeepAsync(Guid customerId, CustomerEvent told, IReadOnlyList<(string Topic, string Content)> facts, Instant now)
    {
        if (facts.Count == 0) return;
        var standing = (await work.ListAsync<Standing>(
                $"select fact_id, topic, content, said_at from customer_fact where customer_id = @customerId and retracted_at is null and {work.InWords("topic", "@topics")}",
                new { customerId, topics = new WordList(facts.Select(fact => fact.Topic)) }))
            .ToLookup(fact => fact.Topic, StringComparer.Ordinal);
        foreach (var (topic, content) in facts)
        {
            if (standing[topic].Any(fact => fact.Content == content || fact.SaidAt > told.At)) continue;
            await work.ExecuteAsync(
                "update customer_fact set retracted_at = @now, retracted_by = @Reference where customer_id = @customerId and topic = @topic and retracted_at is null",
                new { now, by.Reference, customerId, topic });
            await work.ExecuteAsync(
                """
                insert into customer_fact (customer_id, fact_id, topic, content, basis, said_by, said_at, recorded_by, recorded_at)
                values (@customerId, @id, @topic, @content, 'imported', @Reference, @At, @Reference, @now) on conflict do nothing
                """,
                new { customerId, id = Ids.Of(told.At, by.Reference, $"{told.MessageId}/{topic}"), topic, content, by.Reference, told.At, now });
        }
    }

    /// <summary>Notes that a person belongs to an account.</summary>
    public Task JoinAsync(Guid accountId, Guid personId, Instant now) => work.ExecuteAsync(
        """
        insert into account_member (customer_id, person_id, role, is_primary, recorded_at, recorded_by)
        values (@accountId, @personId, 'member', @isPrimary, @now, @Reference) on conflict do nothing
        """,
        new { accountId, personId, isPrimary = false, now, by.Reference });

    private sealed record Standing
    {
        public Guid FactId { get; init; }

        public string Topic { get; init; } = "";

        public string Content { get; init; } = "";

        public Instant SaidAt { get; init; }
    }
}
