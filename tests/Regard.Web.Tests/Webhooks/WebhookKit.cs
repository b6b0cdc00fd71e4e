using Microsoft.AspNetCore.DataProtection;
using Regard.Contact;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Webhooks;

/// <summary>Endpoints and workers without a server around them.</summary>
internal static class WebhookKit
{
    private static readonly WebhookSecrets Secrets = new(new EphemeralDataProtectionProvider());

    /// <summary>A new endpoint that is told these kinds of events; none named = everything.</summary>
    public static async Task<(Guid Id, WebhookSecret Secret)> EndpointAsync(this TestDatabase data, string url, params string[] types)
    {
        var secret = WebhookSecret.New();
        await using var work = await data.WriteAsync();
        var row = await WebhookDesk.AddAsync(work, new WebhookDraft(url, "Test", types), Secrets.Seal(secret), ContactKit.By, ContactKit.Noon);
        await work.CommitAsync();
        return (row.EndpointId, secret);
    }

    /// <summary>One worker's attempts at everything that is due for all endpoints. Answers how many there were.</summary>
    public static async Task<int> DeliverAsync(this TestDatabase data, IClock clock, string worker = "one", int timeout = 20_000)
    {
        using var sender = new WebhookSender(allowsPrivate: true, TimeSpan.FromMilliseconds(timeout));
        var lane = new WebhookLane(data.Database, clock, Secrets, sender, worker);
        var made = 0;
        foreach (var endpoint in await data.DueAsync(clock.GetCurrentInstant())) made += await lane.RunAsync(endpoint, CancellationToken.None);
        return made;
    }

    public static async Task<List<WebhookEndpointRow>> DueAsync(this TestDatabase data, Instant now)
    {
        await using var work = await data.ReadAsync();
        return await new WebhookEndpointStore(work).DueAsync(now);
    }

    public static async Task<WebhookEndpointRow> OpenAsync(this TestDatabase data, Guid endpointId)
    {
        await using var work = await data.ReadAsync();
        return (await new WebhookEndpointStore(work).FindAsync(endpointId))!;
    }

    /// <summary>What an endpoint was told, the latest first.</summary>
    public static async Task<List<DeliveryRow>> DeliveriesAsync(this TestDatabase data, Guid endpointId)
    {
        await using var work = await data.ReadAsync();
        return await new DeliveryStore(work).PageAsync(endpointId, new DeliveryFilter(null, null), null, 200);
    }

    /// <summary>Something happens: a test event for one endpoint.</summary>
    public static async Task<Guid> TryOutAsync(this TestDatabase data, Guid endpointId, Instant now)
    {
        await using var work = await data.WriteAsync();
        var id = await new WebhookStore(work).TryOutAsync(endpointId, now);
        await work.CommitAsync();
        return id;
    }

    public static async Task SetAsync(this TestDatabase data, Guid endpointId, bool isActive)
    {
        await using var work = await data.WriteAsync();
        await WebhookDesk.SetAsync(work, endpointId, isActive, ContactKit.By, ContactKit.Noon);
        await work.CommitAsync();
    }
}
