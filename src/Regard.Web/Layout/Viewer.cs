namespace Regard.Layout;

/// <summary>Who looks at the page, as far as the layouts need to know. No viewer among the request's features: nobody is signed in.</summary>
/// <param name="Name">How the person is called on the page.</param>
/// <param name="Role">Their role in words, such as "Administrator".</param>
/// <param name="Theme">"light", "dark" or "auto": see <see cref="Themes"/>.</param>
/// <param name="Zone">The zone in which <see cref="When"/> shows instants.</param>
/// <param name="Allowed">The <see cref="NavigationEntry.Key"/>s of the areas this person may open; others are not shown.</param>
public sealed record Viewer(string Name, string Role, string Theme, DateTimeZone Zone, IReadOnlyList<string> Allowed)
{
    /// <summary>At most two capital letters for the round mark beside the name.</summary>
    public string Initials
    {
        get
        {
            var words = Name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) return "?";
            var letters = words.Length == 1 ? FirstLetter(words[0]) : FirstLetter(words[0]) + FirstLetter(words[^1]);
            return letters.ToUpperInvariant();
        }
    }

    private static string FirstLetter(string word) => System.Globalization.StringInfo.GetNextTextElement(word);
}
