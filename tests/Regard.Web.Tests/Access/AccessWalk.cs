using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Regard.Kit;

namespace Regard.Access;

/// <summary>How the walk over the endpoints knocks, and how it reads the answers.</summary>
internal static partial class AccessWalk
{
    /// <summary>Static files are one rule for all; the table does not list each.</summary>
    public static bool IsAsset(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    /// <summary>Sends a request to a row's route, each parameter replaced by <paramref name="value"/>.</summary>
    public static async Task<HttpResponseMessage> SendAsync(HttpClient client, AccessRow row, string value)
    {
        var path = Parameter().Replace(row.Route, Uri.EscapeDataString(value));
        using var request = new HttpRequestMessage(new HttpMethod(row.Method == "*" ? "GET" : row.Method), path);
        if (row.Method is not ("GET" or "HEAD" or "*"))
            request.Content = row.Door == Door.Api ? new StringContent("{}", null, "application/json")
                : client is TestBrowser browser ? browser.FormOf()
                : new FormUrlEncodedContent([]);
        return await client.SendAsync(request);
    }

    /// <summary>The door stayed shut: people are led to the sign-in page or told 401, machines get 401 with a problem.</summary>
    public static bool IsRefusal(HttpResponseMessage answer, AccessRow row) => row.Door switch
    {
        Door.Api => answer.StatusCode == HttpStatusCode.Unauthorized && answer.Content.Headers.ContentType?.MediaType == "application/problem+json",
        _ => answer.StatusCode == HttpStatusCode.Unauthorized || IsToSignIn(answer),
    };

    /// <summary>The request reached its endpoint, whatever that made of it, and did not break it.</summary>
    public static bool IsAdmission(HttpResponseMessage answer) =>
        answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) && (int)answer.StatusCode < 500;

    private static bool IsToSignIn(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.Contains("sign-in?return=", StringComparison.Ordinal);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
