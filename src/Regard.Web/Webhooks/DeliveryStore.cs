using Regard.Storage;

namespace Regard.Webhooks;

/// <summary>An event on its way to one endpoint.</summary>
public sealed record DeliveryRow
{
    public Guid CustomerId { get; init; }
    public Guid EventId { get; init; }
    public Guid EndpointId { get; init; }
    public string Type { get; init; } = "";
    public string Body { get; init; } = "";
    public string State { get; init; } = "";
    public int Attempts { get; init; }
    public Instant CreatedAt { get; init; }
    public Instant DueAt { get; init; }
    public Instant GiveUpAt { get; init; }
    public string? Worker { get; init; }
    public Instant? LastAt { get; init; }
    public int? Status { get; init; }
    public string? Explanation { get; init; }
}

/// <summary>What became of an attempt.</summary>
/// <param name="State">Its new state.</param>
/// <param name="DueAt">When it is tried again; null = it is finished.</param>
/// <param name="Status">The answer's code; null = there was no answer.</param>
internal sealed record AfterAttempt(string State, Instant? DueAt, int? Status, string Explanation);

/// <summary>Events on their way to endpoints. Any number of nodes take from them: whoever moves the due time has the attempt.</summary>
internal sealed class DeliveryStore(UnitOfWork work)
{
    private const string Columns = "customer_id, event_id, endpoint_id, type, body, state, attempts, created_at, due_at, give_up_at, worker, last_at, status, explanation";

    /// <summary>Whether anything is due for an endpoint.</summary>
    public async Task<bool> IsDueAsync(Guid endpointId, Instant now) => await work.FirstAsync<Guid?>(
        "select event_id from webhook_delivery /* all customers: whom an endpoint is to be told of */ where endpoint_id = @endpointId and state = 'waiting' and due_at <= @now limit 1",
        new { endpointId, now }) is not null;

    /// <summary>
    /// Takes what is due for an endpoint, in the order in which it happened. Until <paramref name="until"/> nobody else takes it; a worker
    /// that is gone by then has lost it.
    /// </summary>
    public async Task<List<DeliveryRow>> TakeAsync(Guid endpointId, string worker, Instant now, Instant until, int most)
    {
        // One node at a time takes from an endpoint's events: two could hold each other's rows otherwise.
        await work.ScalarAsync<Guid?>($"select endpoint_id from webhook_endpoint where endpoint_id = @endpointId{work.ForUpdate}", new { endpointId });
        var taken = await work.ListAsync<DeliveryRow>(
            $"""
            update webhook_delivery set due_at = @until, worker = @worker, attempts = attempts + 1, last_at = @now
            where state = 'waiting' and due_at <= @now and endpoint_id = @endpointId and (customer_id, event_id) in (
              select customer_id, event_id from webhook_delivery /* all customers: whom an endpoint is to be told of */
              where endpoint_id = @endpointId and state = 'waiting' and due_at <= @now order by due_at, event_id limit @most)
            returning {Columns}
            """,
            new { endpointId, worker, now, until, most });
        return [.. taken.OrderBy(row => row.EventId)];
    }

    /// <summary>Writes what became of an attempt. False = it is not this worker's any more.</summary>
    public async Task<bool> FinishAsync(DeliveryRow row, AfterAttempt after) => await work.ExecuteAsync(
        """
        update webhook_delivery set state = @State, due_at = coalesce(@DueAt, due_at), status = @Status, explanation = @Explanation, worker = null
        where customer_id = @CustomerId and event_id = @EventId and endpoint_id = @EndpointId and state = 'waiting' and worker = @Worker and attempts = @Attempts
        """,
        new { row.CustomerId, row.EventId, row.EndpointId, row.Worker, row.Attempts, after.State, after.DueAt, after.Status, after.Explanation }) == 1;

    /// <summary>Sends an event once more, under its own id, as if it were new. False = there is none like that, or it is on its way.</summary>
    public async Task<bool> AgainAsync(Guid endpointId, Guid eventId, Instant now) => await work.ExecuteAsync(
        """
        update webhook_delivery /* all customers: whoever asks knows the event */ set state = 'waiting', attempts = 0, due_at = @now, give_up_at = @giveUp
        where event_id = @eventId and endpoint_id = @endpointId and (state <> 'waiting' or worker is null)
        """,
        new { endpointId, eventId, now, giveUp = now + RetrySchedule.Lasts }) == 1;

    /// <summary>What an endpoint was told and is to be told, the latest first.</summary>
    /// <param name="after">The last one of the page before; null = the first page.</param>
    public Task<List<DeliveryRow>> PageAsync(Guid endpointId, DeliveryFilter filter, Guid? after, int take) => work.ListAsync<DeliveryRow>(
        $"""
        select {Columns} from webhook_delivery /* all customers: what an endpoint was told */ where endpoint_id = @endpointId
        {(filter.State is null ? "" : "and state = @State")} {(filter.Type is null ? "" : "and type = @Type")} {(after is null ? "" : "and event_id < @after")}
        order by event_id desc limit @take
        """,
        new { endpointId, filter.State, filter.Type, after = after ?? default, take });

    /// <summary>How many events wait for each endpoint.</summary>
    public async Task<IReadOnlyDictionary<Guid, long>> WaitingAsync() => (await work.ListAsync<CountRow>(
        "select endpoint_id, count(*) as events from webhook_delivery /* all customers: what waits */ where state = 'waiting' group by endpoint_id")).ToDictionary(row => row.EndpointId, row => row.Events);

    /// <summary>Forgets events that are older than what is kept, and those of endpoints that are gone. Answers how many.</summary>
    public Task<int> ForgetAsync(Instant before, int most) => work.ExecuteAsync(
        """
        delete from webhook_delivery where (customer_id, event_id, endpoint_id) in (
          select d.customer_id, d.event_id, d.endpoint_id from webhook_delivery d /* all customers: what is over */ left join webhook_endpoint e on e.endpoint_id = d.endpoint_id
          where d.event_id < @first or e.endpoint_id is null limit @most)
        """,
        new { first = Ids.First(before), most });

    private sealed record CountRow
    {
        public Guid EndpointId { get; init; }
        public long Events { get; init; }
    }
}

/// <summary>Which deliveries are looked at.</summary>
/// <param name="State">Null = in every state.</param>
/// <param name="Type">Null = of every kind.</param>
public sealed record DeliveryFilter(string? State, string? Type);
