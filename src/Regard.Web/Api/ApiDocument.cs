using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Regard.Access;

namespace Regard.Api;

/// <summary>The API's description of itself: OpenAPI 3.1 at <c>/api/v1/openapi.json</c>, made from the endpoints that are really mapped.</summary>
internal static class ApiDocument
{
    private const string KeyScheme = "api_key";

    public static void AddApiDocument(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => ("/" + endpoint.RelativePath).StartsWith(ApiRoutes.Root + "/", StringComparison.Ordinal);
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(DescribeOperationAsync);
        options.AddSchemaTransformer(DescribeValueAsync);
    });

    public static void Map(IEndpointRouteBuilder routes) => routes.MapOpenApi("/api/{documentName}/openapi.json").OpenToAll();

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info.Title = "Regard";
        document.Info.Version = "1";
        document.Info.Description = "Customer care that follows each customer's own wishes. Every failure is an RFC 9457 problem.";
        document.Servers?.Clear();
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        document.Components.SecuritySchemes[KeyScheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key from Settings; it does what its scopes say.",
        };
        return Task.CompletedTask;
    }

    private static Task DescribeOperationAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<AccessRule>().LastOrDefault() is { Door: Door.Api, Right: { } right })
        {
            AddProblems(operation, context);
            var scheme = new OpenApiSecuritySchemeReference(KeyScheme, context.Document);
            operation.Security = [new OpenApiSecurityRequirement { [scheme] = [Words.Of(right)] }];
        }
        if (context.Description.HttpMethod is "POST" or "PUT" or "PATCH" or "DELETE")
            AddHeader(operation, ApiWriter.KeyHeader, false, $"A repeat with the same key and body gets the first answer and has no second effect, for {IdempotencyStore.Life.Days * 24} hours from the first; then the key is forgotten.");
        if (metadata.OfType<NeedsVersion>().Any()) AddHeader(operation, "If-Match", true, "The ETag under which the record was read.");
        if (metadata.OfType<AlsoCsv>().Any() && operation.Responses?["200"].Content is { } content)
            content[CsvText.MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        if (metadata.OfType<ApiExample>().LastOrDefault() is { } example) Show(operation, example);
        return Task.CompletedTask;
    }

    // Every endpoint behind the key's door refuses in these ways; what else one refuses is said in its description.
    private static void AddProblems(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (operation.Responses is not { } responses || !responses.TryGetValue("400", out var malformed)) return;
        malformed.Description = "The request cannot be read.";
        void Add(string status, string description) => responses.TryAdd(status, new OpenApiResponse { Description = description, Content = malformed.Content });
        Add("401", "No valid key.");
        Add("403", "The key lacks the scope of this endpoint.");
        if (context.Description.RelativePath?.Contains('{', StringComparison.Ordinal) == true) Add("404", "There is no such record.");
        if (operation.RequestBody is not null) Add("422", "The request breaks a rule: errors names each place. Nothing was recorded.");
        Add("429", "Too many requests: wait for the time that Retry-After says.");
    }

    private static void Show(OpenApiOperation operation, ApiExample example)
    {
        if (example.Request is { } request && operation.RequestBody?.Content?.TryGetValue("application/json", out var body) == true) body.Example = JsonNode.Parse(request);
        foreach (var (status, response) in operation.Responses ?? [])
            if (status is "200" or "201" && example.Answer is { } answer && response.Content?.TryGetValue("application/json", out var content) == true) content.Example = JsonNode.Parse(answer);
    }

    private static void AddHeader(OpenApiOperation operation, string name, bool required, string description) => (operation.Parameters ??= []).Add(new OpenApiParameter
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    });

    private static Task DescribeValueAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var format = type == typeof(Instant) ? "date-time" : type == typeof(LocalDate) ? "date" : type == typeof(LocalTime) ? "time" : null;
        if (format is not null) (schema.Type, schema.Format) = (JsonSchemaType.String, format);
        // What is null is left out of an answer, and may be left out of a request.
        foreach (var (name, value) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
            if (value.Type?.HasFlag(JsonSchemaType.Null) == true) schema.Required?.Remove(name);
        return Task.CompletedTask;
    }
}
