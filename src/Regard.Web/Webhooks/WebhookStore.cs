using Regard.Storage;

namespace Regard.Webhooks;

/// <summary>
/// Where everything that happens is told. An event is written in the transaction of its fact, once for each endpoint that wants it, and
/// not at all where none does; what is written is delivered, whatever happens to this process.
/// </summary>
internal sealed class WebhookStore(UnitOfWork work)
{
    /// <summary>Whose an event is that concerns no customer alone.</summary>
    public static readonly Guid Nobody = Guid.Empty;

    /// <summary>Tells an event. The same fact told twice at the same moment is one event.</summary>
    /// <param name="customerId">Whose it is; <see cref="Nobody"/> = no customer's alone.</param>
    /// <param name="type">One of <see cref="WebhookTypes"/>.</param>
    /// <param name="fact">The id of the fact, which makes the event's own id.</param>
    /// <param name="data">Ids and words of ours; never names, addresses or what a customer said.</param>
    /// <param name="now">When it happened.</param>
    public async Task TellAsync(Guid customerId, string type, Guid fact, object data, Instant now)
    {
        if (!await Listeners.AnyAsync(work)) return;
        await work.ExecuteAsync(
            """
            insert into webhook_delivery (customer_id, event_id, endpoint_id, type, body, state, created_at, due_at, give_up_at)
            select @customerId, @id, e.endpoint_id, @type, @body, 'waiting', @now, @now, @giveUp from webhook_endpoint e
            where e.state <> 'disabled' and (e.event_types = '*' or e.event_types like @like) on conflict do nothing
            """,
            new { customerId, id = Ids.Of(now, type, fact.ToString()), type, body = Body(type, data, now), now, giveUp = now + RetrySchedule.Lasts, like = $"% {type} %" });
    }

    /// <summary>Tells one endpoint, whatever it chose. Answers the event's id.</summary>
    public async Task<Guid> TryOutAsync(Guid endpointId, Instant now)
    {
        var id = Ids.New(now);
        await work.ExecuteAsync(
            """
            insert into webhook_delivery (customer_id, event_id, endpoint_id, type, body, state, created_at, due_at, give_up_at)
            values (@Nobody, @id, @endpointId, @type, @body, 'waiting', @now, @now, @giveUp)
            """,
            new { Nobody, id, endpointId, type = WebhookTypes.Test, body = Body(WebhookTypes.Test, new { endpoint_id = endpointId }, now), now, giveUp = now + RetrySchedule.Lasts });
        return id;
    }

    private static string Body(string type, object data, Instant now) => Json.Of(new { type, timestamp = now, data }).Text;
}
