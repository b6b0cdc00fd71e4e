using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Regard.Storage;

namespace Regard.Api;

/// <summary>An answer as it goes over the wire, and as it is kept for a repeated request.</summary>
internal sealed record WrittenAnswer(int Status, string? Location, string? ETag, string? Body);

/// <summary>The answer of an endpoint that writes, or that shows one record.</summary>
internal abstract class ApiAnswer : IResult
{
    public WrittenAnswer Written { get; internal set; } = new(204, null, null, null);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        if (Written.Location is { } location) response.Headers.Location = location;
        if (Written.ETag is { } tag)
        {
            response.Headers.ETag = tag;
            if (HttpMethods.IsGet(request.Method) && request.Headers.IfNoneMatch.Contains(tag))
            {
                response.StatusCode = 304;
                return;
            }
        }
        response.StatusCode = Written.Status;
        if (Written.Body is not { } body) return;
        response.ContentType = "application/json; charset=utf-8";
        await response.WriteAsync(body, httpContext.RequestAborted);
    }
}

/// <summary>An answer with a body of type <typeparamref name="T"/>: 200, or 201 for a record that is new.</summary>
internal sealed class ApiAnswer<T> : ApiAnswer, IEndpointMetadataProvider
{
    public static ApiAnswer<T> Ok(T value, long? version = null) => Of(200, null, value, version);

    /// <param name="location">The new record's own address.</param>
    public static ApiAnswer<T> Created(string location, T value, long? version = null) => Of(201, location, value, version);

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(T), ["application/json"]));
        if (builder.Metadata.OfType<IHttpMethodMetadata>().Any(verbs => verbs.HttpMethods.Contains("POST") || verbs.HttpMethods.Contains("PUT")))
            builder.Metadata.Add(new ProducesResponseTypeMetadata(201, typeof(T), ["application/json"]));
    }

    private static ApiAnswer<T> Of(int status, string? location, T value, long? version) => new()
    {
        Written = new WrittenAnswer(status, location, version is { } known ? Versions.Tag(known) : null, JsonSerializer.Serialize(value, Json.Options)),
    };
}

/// <summary>An answer without a body: done (204).</summary>
internal sealed class ApiDone : ApiAnswer, IEndpointMetadataProvider
{
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(new ProducesResponseTypeMetadata(204, typeof(void), []));
}
