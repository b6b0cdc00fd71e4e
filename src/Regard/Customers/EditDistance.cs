namespace Regard.Customers;

/// <summary>
/// How many slips of the finger lie between two words: letters left out, added, mistaken, or two neighbours swapped
/// (Damerau-Levenshtein in its optimal string alignment form: no part of a word is edited twice).
/// </summary>
public static class EditDistance
{
    /// <summary>The distance, or null when it is more than <paramref name="bound"/>.</summary>
    /// <param name="bound">Zero or more; work grows with the bound times the length, not with the square of the length.</param>
    /// <param name="one">A folded word.</param>
    /// <param name="other">The word it may have been.</param>
    public static int? Within(int bound, string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > bound) return null;
        var beyond = bound + 1;
        var before = new int[other.Length + 1];
        var last = new int[other.Length + 1];
        var row = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++) last[j] = Math.Min(j, beyond);
        for (var i = 1; i <= one.Length; i++)
        {
            var (from, to) = (Math.Max(1, i - bound), Math.Min(other.Length, i + bound));
            Array.Fill(row, beyond);
            if (i <= bound) row[0] = i;
            var best = row[0];
            for (var j = from; j <= to; j++)
            {
                var same = one[i - 1] == other[j - 1] ? 0 : 1;
                var steps = Math.Min(Math.Min(last[j], row[j - 1]) + 1, last[j - 1] + same);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) steps = Math.Min(steps, before[j - 2] + 1);
                row[j] = Math.Min(steps, beyond);
                best = Math.Min(best, row[j]);
            }
            if (best > bound) return null;
            (before, last, row) = (last, row, before);
        }
        return last[other.Length] <= bound ? last[other.Length] : null;
    }
}
