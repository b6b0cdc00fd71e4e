using System.Globalization;

namespace Regard.Api;

/// <summary>A record's version as an HTTP entity tag, so that nobody overwrites what they have not seen.</summary>
internal static class Versions
{
    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that the caller read before this write, from <c>If-Match</c>; null when they say that any will do (<c>*</c>).</summary>
    /// <exception cref="ApiRefusal">428 without the header; 412 for a tag that no version of ours has.</exception>
    public static long? ExpectedVersion(this HttpContext http)
    {
        var value = http.Request.Headers.IfMatch.ToString().Trim();
        if (value.Length == 0) throw ApiProblem.VersionNeeded().Refusal();
        if (value == "*") return null;
        return long.TryParse(value.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw ApiProblem.Stale().Refusal();
    }

    /// <summary>Refuses a write to a version that is not the caller's.</summary>
    /// <exception cref="ApiRefusal">412.</exception>
    public static void RequireVersion(this HttpContext http, long current)
    {
        if (http.ExpectedVersion() is { } expected && expected != current) throw ApiProblem.Stale().Refusal();
    }
}
