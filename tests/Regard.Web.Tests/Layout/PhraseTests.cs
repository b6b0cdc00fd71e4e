using System.Text.RegularExpressions;
using Regard.Kit;

namespace Regard.Layout;

public sealed class PhraseTests
{
    [Fact]
    public void every_phrase_is_said_in_every_language_with_the_same_places_for_values()
    {
        AllPhrases.List.Count.ShouldBeGreaterThan(250);
        var faults = new List<string>();
        foreach (var (name, phrase) in AllPhrases.List)
        {
            var texts = HouseLanguages.All.Select(language => phrase.In(language)).ToList();
            if (texts.Exists(string.IsNullOrWhiteSpace)) faults.Add($"{name}: a language is missing");
            if (texts.Exists(text => text.Contains("  ", StringComparison.Ordinal))) faults.Add($"{name}: two spaces");
            if (texts.Select(text => string.Concat(Places(text))).Distinct().Count() > 1) faults.Add($"{name}: the places for values differ: {string.Join(" | ", texts)}");
            // Words of one's own: what is alike in two languages is a name or a number.
            if (texts[0].Contains(' ') && texts[0].Length > 12 && texts.Skip(1).Contains(texts[0])) faults.Add($"{name}: not translated: {texts[0]}");
            if (texts[0].Length > 12 && !EndsAlike(texts)) faults.Add($"{name}: one is a sentence and another is not: {string.Join(" | ", texts)}");
        }
        faults.ShouldBeEmpty();
    }

    [Fact]
    public void a_value_is_never_read_as_a_phrase() => new Phrase("{0}!", "{0}!", "¡{0}!").In(HouseLanguage.Spanish, "{1} <b>").ShouldBe("¡{1} <b>!");

    private static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\d\}").Select(match => match.Value).Order(StringComparer.Ordinal);

    private static bool EndsAlike(List<string> texts) => texts.Select(text => text.TrimEnd('“', '”', '»', '"')[^1] is '.' or '?' or ':' or '!').Distinct().Count() == 1;
}
