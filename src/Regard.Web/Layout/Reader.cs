namespace Regard.Layout;

/// <summary>The customer who reads a page, as far as its words need to know: signed in, or meant by a link. Set among the request's features.</summary>
/// <param name="Language">BCP 47, their own; null = not known.</param>
/// <param name="TimeZone">IANA; null = not known.</param>
internal sealed record Reader(string? Language, string? TimeZone)
{
    public const string Cookie = "language";

    // Where the house speaks to customers; everything else is staff's, in English.
    private static readonly PathString[] Theirs = ["/me", "/wishes", "/how", "/consent", "/u"];

    /// <summary>The language of the page: chosen by hand, else the customer's own, else what the browser asks for, else English.</summary>
    public static HouseLanguage LanguageOf(HttpContext http) => !IsTheirs(http) ? HouseLanguage.English
        : HouseLanguages.Read(http.Request.Cookies[Cookie]) ?? HouseLanguages.Read(http.Features.Get<Reader>()?.Language)
        ?? HouseLanguages.Accepted(http.Request.Headers.AcceptLanguage) ?? HouseLanguage.English;

    /// <summary>The zone in which instants are shown; null = nobody's is known.</summary>
    public static DateTimeZone? ZoneOf(HttpContext http) =>
        http.Features.Get<Reader>()?.TimeZone is { } name ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) : null;

    /// <summary>Whether the page is one that customers read.</summary>
    public static bool IsTheirs(HttpContext http) => Theirs.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}

internal static class Speaking
{
    /// <summary>The phrase in the language of the page.</summary>
    public static string Say(this HttpContext http, Phrase phrase, params ReadOnlySpan<object?> values) => phrase.In(Reader.LanguageOf(http), values);
}
