namespace Regard;

/// <summary>
/// One thing that the house says to customers, in each of its languages: who adds a language adds it here, and nothing compiles until
/// every phrase has it. Places for values are <c>{0}</c>, <c>{1}</c>, the same in all of them.
/// </summary>
/// <param name="English">English.</param>
/// <param name="German">German, with "Sie".</param>
/// <param name="Spanish">Spanish, with "usted".</param>
public sealed record Phrase(string English, string German, string Spanish)
{
    /// <summary>The phrase in a language, with its values; numbers are written as that language does.</summary>
    public string In(HouseLanguage language, params ReadOnlySpan<object?> values)
    {
        var text = language switch { HouseLanguage.German => German, HouseLanguage.Spanish => Spanish, _ => English };
        return values.IsEmpty ? text : string.Format(language.Culture(), text, values);
    }

    /// <summary>A text that begins a sentence.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
