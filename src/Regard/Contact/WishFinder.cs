namespace Regard.Contact;

/// <summary>
/// Finds sentences in a mail or in the note of a call that seem to say how somebody wants to be contacted. It never decides: what it finds
/// is shown to a person, and it would rather miss a wish than make one up.
/// </summary>
public static class WishFinder
{
    /// <summary>A longer text is read up to here, in characters.</summary>
    public const int Longest = 20_000;

    /// <summary>The sentences found, in the order of the text; each kind once, where it is said first.</summary>
    /// <param name="text">Plain text. Lines that quote an earlier mail (<c>&gt;</c>) are somebody else's words and are not read.</param>
    public static IReadOnlyList<FoundWish> Find(string text)
    {
        var found = new List<FoundWish>();
        foreach (var (start, length) in Sentences(text))
        {
            var sentence = text.Substring(start, length).ToLowerInvariant().Replace('’', '\'').Replace('\n', ' ').Replace('\r', ' ');
            var kinds = WishWords.All.SelectMany(words => words.In(sentence)).Distinct().ToList();
            foreach (var kind in kinds.Where(kind => !IsCovered(kind, kinds)))
                if (found.TrueForAll(one => one.Kind != kind))
                    found.Add(new FoundWish(start, length, kind));
        }
        return found;
    }

    // "Stop calling, only e-mail please" is one wish.
    private static bool IsCovered(FoundKind kind, List<FoundKind> kinds) =>
        (kind != FoundKind.NothingAtAll && kinds.Contains(FoundKind.NothingAtAll)) || (kind is FoundKind.NoPhone or FoundKind.NoText && kinds.Contains(FoundKind.OnlyEmail))
        || (kind == FoundKind.NoText && (kinds.Contains(FoundKind.NoPhone) || kinds.Contains(FoundKind.OnlyPhone)))
        || (kind == FoundKind.NoEmail && kinds.Contains(FoundKind.OnlyPhone));

    private static IEnumerable<(int Start, int Length)> Sentences(string text)
    {
        var end = Math.Min(text.Length, Longest);
        for (var start = 0; start < end;)
        {
            while (start < end && char.IsWhiteSpace(text[start])) start++;
            if (start == end) yield break;
            var isQuoted = text[start] == '>';
            var stop = start;
            while (stop < end && !(isQuoted ? text[stop] == '\n' : IsEnd(text, stop, end))) stop++;
            if (stop < end && text[stop] != '\n') stop++;
            if (!isQuoted) yield return (start, stop - start);
            start = stop;
        }
    }

    // A line that ends without a stop goes on; an empty line or a quoted one ends the sentence.
    private static bool IsEnd(string text, int at, int end) => text[at] switch
    {
        '.' or '!' or '?' or ';' => at + 1 == end || char.IsWhiteSpace(text[at + 1]),
        '\n' => at + 1 == end || text[at + 1] is '\n' or '\r' or '>' or '-',
        _ => false,
    };
}
