using Regard.Storage;

namespace Regard.Customers;

/// <summary>The words under which customers are found: of their names, phone numbers and ids elsewhere, with the misspelt forms of each word.</summary>
internal sealed class TermStore(UnitOfWork work)
{
    private const long VocabularyLock = 0x5265_6761_7265;

    private static readonly Bulk<(string Variant, string Term)> Variants = new(
        "term_variant", "variant, term",
        Column<(string Variant, string Term)>.Text("variant", row => row.Variant),
        Column<(string Variant, string Term)>.Text("term", row => row.Term));

    /// <summary>Writes the search terms of a customer anew from their record.</summary>
    public async Task WriteAsync(Guid customerId)
    {
        var profile = await work.FirstAsync<CustomerProfile>("select * from customer where customer_id = @customerId", new { customerId });
        if (profile is null) return;
        var terms = SearchTerm.Of(profile with { Identities = await new IdentityStore(work).AllAsync(customerId) });
        await work.ExecuteAsync("delete from customer_term where customer_id = @customerId and origin_id is null", new { customerId });
        await work.ExecuteAsync(
            "insert into customer_term (customer_id, term, name_key) values (@customerId, @Term, @NameKey) on conflict do nothing",
            terms.Select(t => new { customerId, t.Term, t.NameKey }));
        await LearnAsync([.. terms.Where(t => t.IsWord).Select(t => t.Term)]);
    }

    /// <summary>Makes words findable although misspelt.</summary>
    public async Task LearnAsync(IReadOnlyList<string> words)
    {
        var known = await work.ListAsync<string>(
            $"select variant from term_variant where variant = term and {work.InWords("variant", "@words")}", new { words = new WordList(words) });
        var unknown = words.Except(known, StringComparer.Ordinal).ToList();
        if (unknown.Count == 0) return;
        // Two batches that bring the same new words in another order would wait for each other for ever.
        if (work.Engine == Engine.Postgres) await work.ExecuteAsync("select pg_advisory_xact_lock(@VocabularyLock)", new { VocabularyLock });
        await Variants.InsertNewAsync(work, [.. unknown.SelectMany(term => TermVariants.Of(term).Select(variant => (variant, term)))]);
    }
}
