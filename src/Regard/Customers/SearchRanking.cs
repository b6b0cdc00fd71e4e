namespace Regard.Customers;

/// <summary>By what a customer was found.</summary>
public enum FoundBy
{
    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>A card.</summary>
    Card,

    /// <summary>An id in another system.</summary>
    External,

    /// <summary>The number of one of their orders.</summary>
    Order,

    /// <summary>Their name.</summary>
    Name,
}

/// <summary>A customer who may be the one looked for.</summary>
/// <param name="CustomerId">Who.</param>
/// <param name="By">By what they were found.</param>
/// <param name="Found">What was found: the whole address or number, or the folded words of the name.</param>
public sealed record SearchCandidate(Guid CustomerId, FoundBy By, string Found);

/// <summary>Puts the customers found in the order in which they are shown.</summary>
public static class SearchRanking
{
    private const int Unlike = 100;

    /// <summary>
    /// Each customer once: first who is found by a whole address or number, then by the beginning of one, then by name: fewest slips,
    /// most whole words, fewest other words, then by the name found and the id, so that every engine shows the same order.
    /// </summary>
    public static IReadOnlyList<SearchCandidate> Rank(SearchQuery query, IEnumerable<SearchCandidate> candidates) =>
    [
        .. candidates
            .Select(candidate => (Candidate: candidate, Cost: Cost(query, candidate)))
            .Where(c => c.Cost < Unlike * 10)
            .OrderBy(c => c.Cost).ThenBy(c => c.Candidate.Found, StringComparer.Ordinal).ThenBy(c => c.Candidate.CustomerId.ToString(), StringComparer.Ordinal)
            .DistinctBy(c => c.Candidate.CustomerId)
            .Select(c => c.Candidate),
    ];

    /// <summary>How many slips a word of this length may have: one; in a long word two, when it is one letter too many and another too few.</summary>
    public static int Slips(string word) => word.Length < TermVariants.ShortestMisspelt - 1 || word.Any(char.IsDigit) ? 0 : word.Length < 8 ? 1 : 2;

    private static int Cost(SearchQuery query, SearchCandidate candidate)
    {
        if (candidate.By != FoundBy.Name)
        {
            string?[] whole = [query.Text, query.Digits, query.International, query.Code];
            return whole.Contains(candidate.Found, StringComparer.OrdinalIgnoreCase) ? 0 : 1;
        }
        var words = candidate.Found.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var slips = query.Words.Sum(wanted => words.Min(word => Cost(wanted, word)));
        // A slip weighs more than a beginning, a beginning more than a word that was not asked for.
        return slips >= Unlike ? Unlike * 10 : 2 + (10 * slips) + Math.Min(9, Math.Abs(words.Length - query.Words.Count));
    }

    private static int Cost(string wanted, string word)
    {
        if (word == wanted) return 0;
        if (word.StartsWith(wanted, StringComparison.Ordinal)) return 1;
        return EditDistance.Within(Slips(wanted), wanted, word) is { } slips ? 4 * slips : Unlike;
    }
}
