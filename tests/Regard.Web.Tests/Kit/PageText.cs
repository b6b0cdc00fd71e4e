using System.Net;
using System.Text.RegularExpressions;

namespace Regard.Kit;

/// <summary>Finds things in a page's text.</summary>
internal static class PageText
{
    /// <summary>The first group of every match, as a person would read it.</summary>
    public static IEnumerable<string> All(string page, string pattern) =>
        Regex.Matches(page, pattern, RegexOptions.None, TimeSpan.FromSeconds(5)).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value));
}
