using System.Net;
using Regard.Access;
using Regard.Storage;

namespace Regard.Webhooks;

/// <summary>What people and systems with the right do with endpoints; each act is in the audit trail, without the address.</summary>
internal sealed class WebhookDesk(RegardSettings settings, WebhookSecrets secrets)
{
    /// <summary>What is wrong with a draft, each with its field; empty = nothing.</summary>
    public IReadOnlyList<(string Field, string Fault)> Faults(WebhookDraft draft)
    {
        var faults = draft.Faults(settings.AllowsPrivateWebhooks);
        var leadsInside = faults.Count == 0 && !settings.AllowsPrivateWebhooks && IPAddress.TryParse(new Uri(draft.Url!.Trim()).DnsSafeHost, out var address) && !GuardedSockets.IsPublic(address);
        return leadsInside ? [("url", "leads into a private network: whoever runs this server can allow it with --allow-private-webhooks")] : faults;
    }

    /// <summary>A new secret, and how it is kept. Asked for before a unit of work is opened.</summary>
    public (string Shown, string Kept) NewSecret()
    {
        var secret = WebhookSecret.New();
        return (secret.Write(), secrets.Seal(secret));
    }

    /// <summary>Adds an endpoint.</summary>
    public static async Task<WebhookEndpointRow> AddAsync(UnitOfWork work, WebhookDraft draft, string keptSecret, Actor by, Instant now)
    {
        var row = new WebhookEndpointRow
        {
            EndpointId = Ids.New(now),
            Url = draft.Url!.Trim(),
            Description = draft.Description?.Trim() ?? "",
            EventTypes = WebhookEndpointStore.Kept(draft.EventTypes),
            Secret = keptSecret,
            CreatedAt = now,
            CreatedBy = by.Reference,
        };
        await new WebhookEndpointStore(work).AddAsync(row);
        await new AuditStore(work).AppendAsync(by, "webhook_added", Subject(row.EndpointId), Json.Of(new { events = row.EventTypes.Trim() }), now);
        return (await new WebhookEndpointStore(work).FindAsync(row.EndpointId))!;
    }

    /// <summary>Writes what was chosen anew. False = somebody else changed it meanwhile.</summary>
    public static async Task<bool> ChangeAsync(UnitOfWork work, WebhookEndpointRow row, WebhookDraft draft, Actor by, Instant now)
    {
        var changed = row with { Url = draft.Url!.Trim(), Description = draft.Description?.Trim() ?? "", EventTypes = WebhookEndpointStore.Kept(draft.EventTypes) };
        if (!await new WebhookEndpointStore(work).ChangeAsync(changed)) return false;
        await new AuditStore(work).AppendAsync(by, "webhook_changed", Subject(row.EndpointId), Json.Of(new { events = changed.EventTypes.Trim(), url_changed = changed.Url != row.Url }), now);
        return true;
    }

    /// <summary>Gives an endpoint a new secret; the present one signs along for <see cref="WebhookSecrets.Overlap"/>.</summary>
    public static async Task RotateAsync(UnitOfWork work, Guid endpointId, string keptSecret, Actor by, Instant now)
    {
        await new WebhookEndpointStore(work).RotateAsync(endpointId, keptSecret, now + WebhookSecrets.Overlap);
        await new AuditStore(work).AppendAsync(by, "webhook_rotated", Subject(endpointId), Json.Of(new { }), now);
    }

    /// <summary>Lets events wait, or go on.</summary>
    public static async Task SetAsync(UnitOfWork work, Guid endpointId, bool isActive, Actor by, Instant now)
    {
        if (await new WebhookEndpointStore(work).SetAsync(endpointId, isActive ? "active" : "paused"))
            await new AuditStore(work).AppendAsync(by, isActive ? "webhook_resumed" : "webhook_paused", Subject(endpointId), Json.Of(new { }), now);
    }

    /// <summary>Removes an endpoint; what waits for it is not sent, and forgotten within the hour.</summary>
    public static async Task RemoveAsync(UnitOfWork work, Guid endpointId, Actor by, Instant now)
    {
        if (await new WebhookEndpointStore(work).RemoveAsync(endpointId)) await new AuditStore(work).AppendAsync(by, "webhook_removed", Subject(endpointId), Json.Of(new { }), now);
    }

    /// <summary>Sends an event once more. False = there is none like that, or it is on its way at this moment.</summary>
    public static async Task<bool> AgainAsync(UnitOfWork work, Guid endpointId, Guid eventId, Actor by, Instant now)
    {
        if (!await new DeliveryStore(work).AgainAsync(endpointId, eventId, now)) return false;
        await new AuditStore(work).AppendAsync(by, "webhook_sent_again", Subject(endpointId), Json.Of(new { event_id = eventId }), now);
        return true;
    }

    private static string Subject(Guid endpointId) => $"webhook:{endpointId}";
}
