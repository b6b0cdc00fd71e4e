using System.Text;
using Dapper;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>
/// Finds names that have all the words looked for. The rarest word leads: its entries in the index of terms carry the whole folded name,
/// so that the other words are looked for beside it without opening any customer. Slips are only looked for when too few names fit.
/// </summary>
internal sealed class NameSearchStore(UnitOfWork work)
{
    private const int MaxWords = 5;
    private const int MaxSpellings = 20;
    private const int Countable = 20_000;
    private const string End = "\U0010FFFF";

    public async Task<IReadOnlyList<SearchCandidate>> FindAsync(IReadOnlyList<string> allWords, int wanted)
    {
        var words = allWords.OrderByDescending(w => w.Length).ThenBy(w => w, StringComparer.Ordinal).Take(MaxWords).Select(w => new Word(w)).ToList();
        await CountAsync(words);
        var lead = words.MinBy(w => w.Entries)!;
        var found = lead.Entries == 0 ? [] : await SelectAsync(words, lead, wanted);
        if (found.Count >= wanted) return found;
        await SpellAsync(words);
        if (words.TrueForAll(w => w.Spellings.Count == 0)) return found;
        lead = words.MinBy(w => w.Entries + w.SpeltEntries)!;
        return [.. found, .. await SelectAsync(words, lead, wanted)];
    }

    private async Task CountAsync(List<Word> words)
    {
        var sql = string.Join(" ", words.Select((_, i) => $"select count(*) from (select 1 from customer_term /* all customers: a name is looked for among everybody's */ where term >= @word{i} and term < @end{i} limit {Countable}) entries;"));
        var arguments = new DynamicParameters();
        for (var i = 0; i < words.Count; i++)
        {
            arguments.Add($"word{i}", words[i].Text);
            arguments.Add($"end{i}", words[i].Text + End);
        }
        using var rows = await work.ManyAsync(sql, arguments);
        foreach (var word in words) word.Entries = await rows.ReadSingleAsync<long>();
    }

    private async Task SpellAsync(List<Word> words)
    {
        foreach (var word in words.Where(w => SearchRanking.Slips(w.Text) > 0))
        {
            var terms = await work.ListAsync<string>(
                $"select distinct term from term_variant where {work.InWords("variant", "@forms")}", new { forms = new WordList(TermVariants.Of(word.Text)) });
            word.Spellings =
            [
                .. terms.Where(t => !t.StartsWith(word.Text, StringComparison.Ordinal))
                    .Select(t => (Term: t, Slips: EditDistance.Within(SearchRanking.Slips(word.Text), word.Text, t)))
                    .Where(t => t.Slips is not null)
                    .OrderBy(t => t.Slips).ThenBy(t => t.Term, StringComparer.Ordinal)
                    .Take(MaxSpellings).Select(t => t.Term),
            ];
            if (word.Spellings.Count == 0) continue;
            word.SpeltEntries = await work.ScalarAsync<long>(
                $"select count(*) from (select 1 from customer_term /* all customers: a name is looked for among everybody's */ where {work.InWords("term", "@terms")} limit {Countable}) entries", new { terms = new WordList(word.Spellings) });
        }
    }

    // Every branch reads the index in its own order and stops at its limit: no engine sorts a common name's thousands.
    private async Task<IReadOnlyList<SearchCandidate>> SelectAsync(List<Word> words, Word lead, int wanted)
    {
        var arguments = new DynamicParameters(new { lead = lead.Text, leadEnd = lead.Text + End, wanted });
        var beside = Beside(words.Where(w => w != lead), arguments);
        var sql = new StringBuilder(
            $"select * from (select customer_id, name_key from customer_term where term >= @lead and term < @leadEnd{beside} order by term, name_key, customer_id limit @wanted) beginning");
        for (var i = 0; i < lead.Spellings.Count; i++)
        {
            sql.Append($" union all select * from (select customer_id, name_key from customer_term where term = @spelling{i}{beside} order by term, name_key, customer_id limit @wanted) spelt{i}");
            arguments.Add($"spelling{i}", lead.Spellings[i]);
        }
        return [.. (await work.ListAsync<Row>(sql.ToString(), arguments)).Select(r => new SearchCandidate(r.CustomerId, FoundBy.Name, r.NameKey))];
    }

    private static string Beside(IEnumerable<Word> others, DynamicParameters arguments)
    {
        var sql = new StringBuilder();
        foreach (var (index, word) in others.Index())
        {
            sql.Append($" and (name_key like @beside{index}");
            arguments.Add($"beside{index}", $"% {word.Text}%");
            for (var i = 0; i < word.Spellings.Count; i++)
            {
                sql.Append($" or name_key like @beside{index}_{i}");
                arguments.Add($"beside{index}_{i}", $"% {word.Spellings[i]} %");
            }
            sql.Append(')');
        }
        return sql.ToString();
    }

    private sealed class Word(string text)
    {
        public string Text { get; } = text;

        /// <summary>How many terms begin with it, counted up to a bound.</summary>
        public long Entries { get; set; }

        /// <summary>Known words that it may be a slip of, nearest first.</summary>
        public IReadOnlyList<string> Spellings { get; set; } = [];

        public long SpeltEntries { get; set; }
    }

    private sealed record Row
    {
        public Guid CustomerId { get; init; }

        public string NameKey { get; init; } = "";
    }
}
