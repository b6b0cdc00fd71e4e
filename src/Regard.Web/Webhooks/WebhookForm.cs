using Microsoft.AspNetCore.Mvc;

namespace Regard.Webhooks;

/// <summary>An endpoint as it was typed.</summary>
public sealed record WebhookForm
{
    /// <summary>The box that stands for every kind of event.</summary>
    public const string Everything = "all";

    public string? Url { get; init; }
    public string? Description { get; init; }
    public List<string>? Events { get; init; }

    /// <summary>The version that the form was filled from; null = it makes a new endpoint.</summary>
    public long? Version { get; init; }

    public bool IsEverything => Events?.Contains(Everything) == true;

    public WebhookDraft Draft() => new(Url, Description, IsEverything ? [] : Events);

    public static WebhookForm Of(WebhookEndpointRow row) => new()
    {
        Url = row.Url,
        Description = row.Description,
        Events = row.Types.Count == 0 ? [Everything] : [.. row.Types],
        Version = row.Version,
    };
}

/// <summary>Which deliveries a page shows.</summary>
internal sealed record DeliveriesSought
{
    [FromQuery(Name = "state")]
    public string? State { get; init; }

    [FromQuery(Name = "type")]
    public string? Type { get; init; }

    [FromQuery(Name = "after")]
    public string? After { get; init; }

    public DeliveryFilter Filter => new(string.IsNullOrWhiteSpace(State) ? null : State, string.IsNullOrWhiteSpace(Type) ? null : Type);
}
