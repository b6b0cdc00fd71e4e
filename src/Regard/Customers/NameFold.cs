using System.Globalization;
using System.Text;

namespace Regard.Customers;

/// <summary>
/// Brings names to the one form in which they are compared: compatibility decomposition (Unicode NFKD, UAX 15), marks removed, letters
/// that do not decompose replaced (ß→ss, ø→o, ł→l …), lower case. <c>Müller</c>, <c>MÜLLER</c> and <c>Muller</c> are all <c>muller</c>.
/// </summary>
public static class NameFold
{
    /// <summary>No more than this many words of one name are searchable.</summary>
    public const int MaxWords = 16;

    /// <summary>Longer words are cut to this many letters.</summary>
    public const int MaxLetters = 40;

    /// <summary>The folded words of a text in their order, each once. Apostrophes join (<c>O'Brien</c> is <c>obrien</c>), all else that is no letter or digit separates.</summary>
    public static IReadOnlyList<string> Words(params ReadOnlySpan<string?> texts)
    {
        var words = new List<string>();
        foreach (var text in texts)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;
            foreach (var word in Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var cut = word.Length > MaxLetters ? word[..MaxLetters] : word;
                if (words.Count < MaxWords && !words.Contains(cut)) words.Add(cut);
            }
        }
        return words;
    }

    /// <summary>A text folded: only lower-case letters without marks, digits, and single spaces where anything else was.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length + 4);
        foreach (var rune in Decompose(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark) continue;
            if (rune.Value is '\'' or '’' or 'ʼ' or '`') continue;
            if (Replacement(rune.Value) is { } letters) folded.Append(letters);
            else if (Rune.IsLetterOrDigit(rune)) folded.Append(Rune.ToLowerInvariant(rune));
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }
        return folded.ToString().TrimEnd();
    }

    // A lone surrogate (broken input) cannot be normalised: it is dropped, the rest of the name still counts.
    private static string Decompose(string text)
    {
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune != Rune.ReplacementChar) whole.Append(rune);
        }
        return whole.ToString().Normalize(NormalizationForm.FormKD);
    }

    private static string? Replacement(int letter) => letter switch
    {
        'ß' or 'ẞ' => "ss",
        'ø' or 'Ø' => "o",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'þ' or 'Þ' => "th",
        'ħ' or 'Ħ' => "h",
        'ŋ' or 'Ŋ' => "n",
        'ŧ' or 'Ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        _ => null,
    };
}
