using Regard.Storage;

namespace Regard.Webhooks;

/// <summary>An endpoint as it is kept.</summary>
public sealed record WebhookEndpointRow
{
    public Guid EndpointId { get; init; }
    public string Url { get; init; } = "";
    public string Description { get; init; } = "";
    public string EventTypes { get; init; } = "";
    public string State { get; init; } = "";
    public string Secret { get; init; } = "";
    public string? OldSecret { get; init; }
    public Instant? OldSecretUntil { get; init; }
    public Instant? FailingSince { get; init; }
    public string? DisabledBecause { get; init; }
    public Instant CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public long Version { get; init; }

    /// <summary>What it chose; empty = everything.</summary>
    public IReadOnlyList<string> Types => EventTypes == WebhookEndpointStore.Everything ? [] : EventTypes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The endpoints of other systems.</summary>
internal sealed class WebhookEndpointStore(UnitOfWork work)
{
    public const string Everything = "*";

    private const string Columns =
        "endpoint_id, url, description, event_types, state, secret, old_secret, old_secret_until, failing_since, disabled_because, created_at, created_by, version";

    /// <summary>How the chosen kinds are kept.</summary>
    public static string Kept(IReadOnlyList<string>? types) => types is { Count: > 0 } ? $" {string.Join(' ', types.Distinct(StringComparer.Ordinal))} " : Everything;

    /// <summary>Whether any endpoint is told anything.</summary>
    public async Task<bool> AnyAsync() => await work.ScalarAsync<long>("select count(*) from webhook_endpoint where state <> 'disabled'") > 0;

    /// <summary>All endpoints, the newest first.</summary>
    public Task<List<WebhookEndpointRow>> ListAsync() => work.ListAsync<WebhookEndpointRow>($"select {Columns} from webhook_endpoint order by endpoint_id desc");

    public Task<WebhookEndpointRow?> FindAsync(Guid endpointId) => work.FirstAsync<WebhookEndpointRow>(
        $"select {Columns} from webhook_endpoint where endpoint_id = @endpointId", new { endpointId });

    /// <summary>The active endpoints that have something due. There are few endpoints and may be very many events: each is looked at by its own index.</summary>
    public async Task<List<WebhookEndpointRow>> DueAsync(Instant now)
    {
        var due = new List<WebhookEndpointRow>();
        foreach (var endpoint in await work.ListAsync<WebhookEndpointRow>($"select {Columns} from webhook_endpoint where state = 'active'"))
            if (await new DeliveryStore(work).IsDueAsync(endpoint.EndpointId, now)) due.Add(endpoint);
        return due;
    }

    public async Task AddAsync(WebhookEndpointRow row)
    {
        await work.ExecuteAsync(
            """
            insert into webhook_endpoint (endpoint_id, url, description, event_types, state, secret, created_at, created_by)
            values (@EndpointId, @Url, @Description, @EventTypes, 'active', @Secret, @CreatedAt, @CreatedBy)
            """,
            row);
        Listeners.Forget(work);
    }

    /// <summary>Writes what people chose. False = it is at another version by now.</summary>
    public async Task<bool> ChangeAsync(WebhookEndpointRow row) => await work.ExecuteAsync(
        """
        update webhook_endpoint set url = @Url, description = @Description, event_types = @EventTypes, version = version + 1
        where endpoint_id = @EndpointId and version = @Version
        """,
        row) == 1;

    /// <summary>Gives it a new secret; the one before signs along until a moment.</summary>
    public Task RotateAsync(Guid endpointId, string secret, Instant until) => work.ExecuteAsync(
        "update webhook_endpoint set old_secret = secret, old_secret_until = @until, secret = @secret, version = version + 1 where endpoint_id = @endpointId",
        new { endpointId, secret, until });

    /// <summary>Sets its state, by people: whatever stood against it is forgotten. False = it was so before.</summary>
    public async Task<bool> SetAsync(Guid endpointId, string state)
    {
        var changed = await work.ExecuteAsync(
            "update webhook_endpoint set state = @state, failing_since = null, disabled_because = null, version = version + 1 where endpoint_id = @endpointId and state <> @state",
            new { endpointId, state });
        Listeners.Forget(work);
        return changed == 1;
    }

    /// <summary>Switches it off because of how it answers. False = it was off before.</summary>
    public async Task<bool> DisableAsync(Guid endpointId, string because) => await work.ExecuteAsync(
        "update webhook_endpoint set state = 'disabled', disabled_because = @because, version = version + 1 where endpoint_id = @endpointId and state <> 'disabled'",
        new { endpointId, because }) == 1;

    /// <summary>Notes whether the last delivery came through, where that is news.</summary>
    public Task NoteAsync(Guid endpointId, bool isDelivered, Instant now) => work.ExecuteAsync(
        isDelivered
            ? "update webhook_endpoint set failing_since = null where endpoint_id = @endpointId and failing_since is not null"
            : "update webhook_endpoint set failing_since = @now where endpoint_id = @endpointId and failing_since is null",
        new { endpointId, now });

    public async Task<bool> RemoveAsync(Guid endpointId) => await work.ExecuteAsync("delete from webhook_endpoint where endpoint_id = @endpointId", new { endpointId }) == 1;
}
