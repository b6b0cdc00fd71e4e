using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Regard.Kit;

namespace Regard.Api;

public sealed partial class ApiDocumentTests
{
    [Fact]
    public async Task every_endpoint_of_the_api_is_in_its_document_and_nothing_else()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var document = await server.Client.GetFromJsonAsync<JsonElement>("/api/v1/openapi.json");
        var described = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(verb => $"{verb.Name.ToUpperInvariant()} {path.Name}")).Order(StringComparer.Ordinal).ToList();
        var mapped = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(ApiRoutes.Root + "/", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
                .Select(verb => $"{verb} {Constraint().Replace(endpoint.RoutePattern.RawText!, "").TrimEnd('/')}"))
            .Order(StringComparer.Ordinal).ToList();
        described.ShouldBe(mapped);
    }

    [GeneratedRegex(":[^}]+")]
    private static partial Regex Constraint();
}
