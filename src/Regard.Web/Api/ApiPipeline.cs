using System.Globalization;
using System.Text.Json;
using Regard.Storage;

namespace Regard.Api;

/// <summary>What happens to every API request before and after its endpoint: <c>.csv</c> addresses, bodies that are read twice, failures as problems.</summary>
internal static class ApiPipeline
{
    private const string LargeBody = "The body is larger than this endpoint takes: send it in smaller parts.";

    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiWriter>();
        // A body that cannot be bound must reach ApiPipeline as an exception, to become a problem that says where.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddApiDocument();
    }

    /// <summary>Comes before everything else that looks at the path: it chooses the endpoint.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.Use(RenameCsv);
        app.UseRouting();
        app.Use(AnswerFailuresAsync);
    }

    private static Task RenameCsv(HttpContext http, RequestDelegate next)
    {
        if (http.Request.IsApi() && http.Request.Path.Value is { } path && path.EndsWith(".csv", StringComparison.Ordinal))
        {
            http.Request.Path = path[..^4];
            http.Request.Headers.Accept = CsvText.MediaType;
        }
        return next(http);
    }

    private static async Task AnswerFailuresAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.IsApi())
        {
            await next(http);
            return;
        }
        if (http.Request.Headers.ContainsKey(ApiWriter.KeyHeader)) http.Request.EnableBuffering();
        try
        {
            await next(http);
            if (!http.Response.HasStarted && http.Response.StatusCode >= 400 && http.Response.ContentType is null) await WriteAsync(http, OfStatus(http.Response.StatusCode));
        }
        catch (Exception failure) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await WriteAsync(http, Of(http, failure));
        }
    }

    /// <summary>Writes a problem as the answer.</summary>
    public static Task WriteAsync(HttpContext http, ApiProblem problem)
    {
        http.Response.StatusCode = problem.Status;
        return http.Response.WriteAsJsonAsync(problem, Json.Options, ApiProblem.MediaType, http.RequestAborted);
    }

    private static ApiProblem Of(HttpContext http, Exception failure)
    {
        switch (failure)
        {
            case ApiRefusal refusal:
                return refusal.Problem;
            case BadHttpRequestException { StatusCode: 413 }:
                return ApiProblem.TooLarge(LargeBody);
            case BadHttpRequestException { StatusCode: 415 }:
                return OfStatus(415);
            case BadHttpRequestException { InnerException: JsonException json }:
                return ApiProblem.Malformed("The body is not the JSON that this endpoint takes.", ApiFault.At(Pointer(json.Path), "cannot be read"));
            case BadHttpRequestException:
                return ApiProblem.Malformed("A parameter is missing or cannot be read: see the document at /api/v1/openapi.json.");
            default:
                // The message of an exception may quote a customer's data: only its kind and place are logged.
                Log(http, failure);
                return ApiProblem.Of(500, "fault", "A fault on our side", "The fault is logged. A write with an Idempotency-Key can be sent again as it is.");
        }
    }

    private static void Log(HttpContext http, Exception failure)
    {
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Regard.Api");
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        log.LogError("Fault {Kind} at {Method} {Route}\n{Stack}", failure.GetType().FullName, http.Request.Method, route, failure.StackTrace);
    }

    private static ApiProblem OfStatus(int status) => status switch
    {
        401 => ApiProblem.Unauthenticated("Send an API key: Authorization: Bearer and the key."),
        403 => ApiProblem.Forbidden("This key lacks the scope of this endpoint."),
        404 => ApiProblem.Absent("address or record"),
        405 => ApiProblem.Of(405, "method", "This address does not take that method"),
        413 => ApiProblem.TooLarge(LargeBody),
        415 => ApiProblem.Of(415, "media_type", "The body is in the wrong form", "Send Content-Type: application/json."),
        429 => ApiProblem.TooMany("Wait for the time that Retry-After says."),
        _ => ApiProblem.Of(status, string.Create(CultureInfo.InvariantCulture, $"http_{status}"), "The request failed"),
    };

    /// <summary>The reader's path <c>$.lines[0].sku</c> as the pointer <c>/lines/0/sku</c>.</summary>
    private static string Pointer(string? path) =>
        (path ?? "$").TrimStart('$').Replace("['", "/", StringComparison.Ordinal).Replace("']", "", StringComparison.Ordinal)
            .Replace('.', '/').Replace('[', '/').Replace("]", "", StringComparison.Ordinal);
}
