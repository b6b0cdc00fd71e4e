using System.Collections.Frozen;
using System.Text;

namespace Regard;

/// <summary>
/// The written form of an enum's value, used alike in SQL, JSON, URLs and CSV: lower case, words joined by <c>_</c>
/// (<c>CallTask</c> is <c>call_task</c>).
/// </summary>
public static class Words
{
    /// <summary>The written form of a value.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Known<T>.Words.TryGetValue(value, out var word) ? word : Snake(value.ToString());

    /// <summary>The value that a word stands for, or null when it stands for none. Case and surrounding space do not matter.</summary>
    public static T? Read<T>(string? word) where T : struct, Enum
    {
        var plain = word?.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (string.IsNullOrEmpty(plain) || char.IsDigit(plain[0]) || plain.Contains(',', StringComparison.Ordinal)) return null;
        return Enum.TryParse<T>(plain, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
    }

    /// <summary>The value of a word that this program itself wrote.</summary>
    /// <exception cref="FormatException">The word stands for no value: the record is damaged or of a newer version.</exception>
    public static T Must<T>(string word) where T : struct, Enum => Known<T>.Values.TryGetValue(word, out var value) ? value
        : Read<T>(word) ?? throw new FormatException($"'{word}' is no {typeof(T).Name}.");

    /// <summary>All values' words, in the order of declaration.</summary>
    public static IReadOnlyList<string> All<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }

    // Rows are full of them: each is looked up, not parsed.
    private static class Known<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Words = Enum.GetValues<T>().Distinct().ToFrozenDictionary(value => value, value => Snake(value.ToString()));
        public static readonly FrozenDictionary<string, T> Values = Words.ToFrozenDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
