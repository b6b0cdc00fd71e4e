using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Regard.Kit;

/// <summary>An answer of the API.</summary>
/// <param name="Body">The JSON; null = there was none.</param>
internal sealed record ApiReply(HttpStatusCode Status, JsonNode Body, string? ETag, bool IsReplay);

internal static class ApiCalls
{
    /// <summary>Calls the API with a JSON body.</summary>
    public static async Task<ApiReply> CallAsync(this HttpClient client, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var isJson = answer.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new ApiReply(answer.StatusCode, (isJson ? JsonNode.Parse(text) : null) ?? JsonValue.Create(text), answer.Headers.ETag?.Tag, answer.Headers.Contains("Idempotency-Replayed"));
    }
}
