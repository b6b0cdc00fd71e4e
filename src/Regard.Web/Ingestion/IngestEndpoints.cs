using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;

namespace Regard.Ingestion;

/// <summary>
/// Segment's HTTP API (its "HTTP tracking API" v1), for its libraries and RudderStack's as they are. The write key is an API key with the
/// scope <c>events_write</c>: as the user name of Basic, as a Bearer, or as <c>writeKey</c> in the body.
/// </summary>
internal static class IngestEndpoints
{
    private static readonly byte[] Success = "{\"success\":true}"u8.ToArray();

    public static void AddIngestion(this IServiceCollection services, RegardSettings settings)
    {
        services.AddSingleton<Intake>();
        services.AddHostedService(provider => provider.GetRequiredService<Intake>());
        services.AddSingleton<IngestJob>();
        if (settings.RunsJobs) services.AddHostedService(provider => provider.GetRequiredService<IngestJob>());
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        QuarantineEndpoints.Map(routes);
        var group = routes.MapGroup("/v1").DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(EventBody.BatchLimit)).ForApi(Right.EventsWrite);
        group.MapPost("/batch", (HttpContext http, Intake intake, IClock clock) => TakeAsync(http, intake, clock, null));
        foreach (var type in new[] { "identify", "track", "page", "screen", "group", "alias" })
            group.MapPost("/" + type, (HttpContext http, Intake intake, IClock clock) => TakeAsync(http, intake, clock, type));
    }

    /// <summary>Comes before access is decided: a key that is in the body becomes the header that access looks at.</summary>
    public static void UseWriteKeyInBody(this WebApplication app) => app.Use(async (http, next) =>
    {
        var request = http.Request;
        if (!HttpMethods.IsPost(request.Method) || request.Headers.Authorization.Count > 0 || !request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        using var body = await EventBody.ReadAsync(request, EventBody.BatchLimit);
        if (WriteKey(body.Json.Span) is { } key) request.Headers.Authorization = "Bearer " + key;
        http.Features.Set(body);
        await next(http);
    });

    private static async Task TakeAsync(HttpContext http, Intake intake, IClock clock, string? type)
    {
        using var body = http.Features.Get<EventBody>() ?? await EventBody.ReadAsync(http.Request, type is null ? EventBody.BatchLimit : EventBody.EventLimit);
        if (type is not null && body.Json.Length > EventBody.EventLimit) throw ApiProblem.TooLarge("An event has at most 32 kB.").Refusal();
        var reader = new EventReader(http.Actor().Reference, clock.GetCurrentInstant());
        var events = type is null ? reader.ReadBatch(body.Json) : reader.ReadOne(body.Json, type);
        try
        {
            await intake.KeepAsync(events, http.RequestAborted);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested)
        {
            http.Response.Headers.RetryAfter = "5";
            throw ApiProblem.Of(503, "busy", "The events were not taken in", "Send the same events again: none is counted twice.").Refusal();
        }
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = Success.Length;
        await http.Response.Body.WriteAsync(Success, http.RequestAborted);
    }

    private static string? WriteKey(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isKey = reader.ValueTextEquals("writeKey"u8);
                reader.Read();
                if (isKey) return reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= 200 && !reader.ValueIsEscaped ? reader.GetString() : null;
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Without a key the request is refused as that; whoever sends one with a Basic header learns that the JSON is malformed.
        }
        return null;
    }
}
