namespace Regard.Api;

/// <summary>An example of an endpoint's request and answer, as JSON; null = there is none.</summary>
internal sealed record ApiExample(string? Request, string? Answer);

internal static class ApiExamplesInDocument
{
    /// <summary>Shows an example in the document.</summary>
    public static T WithExample<T>(this T endpoints, string? request, string? answer) where T : IEndpointConventionBuilder => endpoints.WithMetadata(new ApiExample(request, answer));
}
