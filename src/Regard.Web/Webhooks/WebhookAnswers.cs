using System.ComponentModel;

namespace Regard.Webhooks;

/// <summary>An endpoint as the API takes it.</summary>
internal sealed record WebhookInput
{
    [Description("Required. Where events are posted: https, without name, password and #.")]
    public string? Url { get; init; }

    [Description("Which system it is, for people.")]
    public string? Description { get; init; }

    [Description("What it is told, for example contact.decided; absent or empty = everything, also kinds that come later.")]
    public IReadOnlyList<string>? EventTypes { get; init; }

    public WebhookDraft Draft() => new(Url, Description, EventTypes);
}

/// <summary>An endpoint as the API shows it.</summary>
internal sealed record WebhookAnswer
{
    public required Guid EndpointId { get; init; }
    public required string Url { get; init; }
    public required string Description { get; init; }

    [Description("Empty = everything.")]
    public required IReadOnlyList<string> EventTypes { get; init; }

    [Description("active, paused (events wait, for at most 30 days) or disabled (nothing is kept for it).")]
    public required string State { get; init; }

    [Description("Why it was disabled.")]
    public string? DisabledBecause { get; init; }

    [Description("Since when nothing came through; absent = the last delivery did.")]
    public Instant? FailingSince { get; init; }

    [Description("whsec_…: only in the answer that made it, and never in that of a repeated request.")]
    public string? Secret { get; init; }

    [Description("Until when the secret before signs along.")]
    public Instant? OldSecretUntil { get; init; }
    public required Instant CreatedAt { get; init; }

    public static WebhookAnswer Of(WebhookEndpointRow row, Instant now) => new()
    {
        EndpointId = row.EndpointId,
        Url = row.Url,
        Description = row.Description,
        EventTypes = row.Types,
        State = row.State,
        DisabledBecause = row.DisabledBecause,
        FailingSince = row.FailingSince,
        OldSecretUntil = row.OldSecretUntil > now ? row.OldSecretUntil : null,
        CreatedAt = row.CreatedAt,
    };
}

/// <summary>One event and one endpoint, as lists show it.</summary>
internal sealed record DeliveryLine
{
    [Description("The webhook-id.")]
    public required Guid EventId { get; init; }
    public required string Type { get; init; }

    [Description("Absent = it concerns no customer alone.")]
    public Guid? CustomerId { get; init; }

    [Description("waiting, delivered or failed.")]
    public required string State { get; init; }
    public required int Attempts { get; init; }
    public required Instant CreatedAt { get; init; }
    public Instant? LastAttemptAt { get; init; }
    public Instant? NextAttemptAt { get; init; }

    [Description("The HTTP status of the last answer; absent = there was none.")]
    public int? Status { get; init; }
    public string? Explanation { get; init; }

    public static DeliveryLine Of(DeliveryRow row) => new()
    {
        EventId = row.EventId,
        Type = row.Type,
        CustomerId = row.CustomerId == WebhookStore.Nobody ? null : row.CustomerId,
        State = row.State,
        Attempts = row.Attempts,
        CreatedAt = row.CreatedAt,
        LastAttemptAt = row.LastAt,
        NextAttemptAt = row is { State: "waiting", Worker: null } ? row.DueAt : null,
        Status = row.Status,
        Explanation = row.Explanation,
    };
}

/// <summary>The event that was made to try an endpoint out.</summary>
internal sealed record WebhookTried(Guid EventId);
