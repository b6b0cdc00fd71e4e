namespace Regard.Customers;

/// <summary>
/// The deletion neighbourhood of a word (Garbe's SymSpell idea): two words one slip apart always share a form, namely one of them, or one
/// with a letter left out. So a misspelt word is found by a few exact look-ups, whatever the number of words known.
/// </summary>
public static class TermVariants
{
    /// <summary>Shorter words are only found as written: one slip in three letters can be any word.</summary>
    public const int ShortestMisspelt = 4;

    /// <summary>A word and the forms with one letter left out; the word alone when it is too short or has a digit.</summary>
    public static IReadOnlyList<string> Of(string word)
    {
        var forms = new List<string> { word };
        if (word.Length < ShortestMisspelt || word.Any(char.IsDigit)) return forms;
        for (var i = 0; i < word.Length; i++)
        {
            // Leaving out either of two equal neighbours gives the same form.
            if (i > 0 && word[i] == word[i - 1]) continue;
            forms.Add(word.Remove(i, 1));
        }
        return forms;
    }
}
