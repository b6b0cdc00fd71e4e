using Regard.Access;
using Regard.Contact;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>Records many customers at once: the answers are those of <see cref="CustomerStore.RecordAsync"/>, for imports in a few statements.</summary>
internal sealed class CustomerBatchStore(UnitOfWork work)
{
    private static readonly Bulk<(Entry Of, IdentityDraft Identity)> Lookups = new(
        "identity_lookup", "value, kind",
        Column<(Entry Of, IdentityDraft Identity)>.Text("value", row => row.Identity.Value),
        Column<(Entry Of, IdentityDraft Identity)>.Text("kind", row => Words.Of(row.Identity.Kind)),
        Column<(Entry Of, IdentityDraft Identity)>.Id("customer_id", row => row.Of.Id));

    private static readonly Bulk<Entry> Customers = new(
        "customer", "customer_id",
        Column<Entry>.Id("customer_id", row => row.Id),
        Column<Entry>.Text("kind", row => Words.Of(row.Draft.Kind)),
        Column<Entry>.Text("name", row => row.Profile.Name),
        Column<Entry>.Text("address_as", row => row.Profile.AddressAs),
        Column<Entry>.Text("given_name", row => row.Profile.GivenName),
        Column<Entry>.Text("family_name", row => row.Profile.FamilyName),
        Column<Entry>.Text("language", row => row.Profile.Language),
        Column<Entry>.Text("time_zone", row => row.Profile.TimeZone),
        Column<Entry>.Text("country", row => row.Profile.Country),
        Column<Entry>.Text("source", row => row.Draft.Source),
        Column<Entry>.At("created_at", row => row.Now),
        Column<Entry>.At("updated_at", row => row.Now));

    private static readonly Bulk<(Entry Of, IdentityDraft Identity)> Identities = new(
        "identity", "customer_id, identity_id",
        Column<(Entry Of, IdentityDraft Identity)>.Id("customer_id", row => row.Of.Id),
        Column<(Entry Of, IdentityDraft Identity)>.Id("identity_id", row => Ids.New(row.Of.Now)),
        Column<(Entry Of, IdentityDraft Identity)>.Text("kind", row => Words.Of(row.Identity.Kind)),
        Column<(Entry Of, IdentityDraft Identity)>.Text("value", row => row.Identity.Value),
        Column<(Entry Of, IdentityDraft Identity)>.Text("source", row => row.Of.Draft.Source),
        Column<(Entry Of, IdentityDraft Identity)>.At("recorded_at", row => row.Of.Now),
        Column<(Entry Of, IdentityDraft Identity)>.Text("recorded_by", row => row.Of.By));

    private static readonly Bulk<(Entry Of, PostalAddress Postal)> Addresses = new(
        "postal_address", "customer_id, address_id",
        Column<(Entry Of, PostalAddress Postal)>.Id("customer_id", row => row.Of.Id),
        Column<(Entry Of, PostalAddress Postal)>.Id("address_id", row => Ids.New(row.Of.Now)),
        Column<(Entry Of, PostalAddress Postal)>.Text("recipient", row => row.Postal.Recipient),
        Column<(Entry Of, PostalAddress Postal)>.Text("street", row => row.Postal.Street),
        Column<(Entry Of, PostalAddress Postal)>.Text("postal_code", row => row.Postal.PostalCode),
        Column<(Entry Of, PostalAddress Postal)>.Text("city", row => row.Postal.City),
        Column<(Entry Of, PostalAddress Postal)>.Text("region", row => row.Postal.Region),
        Column<(Entry Of, PostalAddress Postal)>.Text("country", row => row.Postal.Country),
        Column<(Entry Of, PostalAddress Postal)>.Text("source", row => row.Of.Draft.Source),
        Column<(Entry Of, PostalAddress Postal)>.At("recorded_at", row => row.Of.Now),
        Column<(Entry Of, PostalAddress Postal)>.Text("recorded_by", row => row.Of.By));

    private static readonly Bulk<(Guid Id, SearchTerm Term)> Terms = new(
        "customer_term", "customer_id, term",
        Column<(Guid Id, SearchTerm Term)>.Id("customer_id", row => row.Id),
        Column<(Guid Id, SearchTerm Term)>.Text("term", row => row.Term.Term),
        Column<(Guid Id, SearchTerm Term)>.Text("name_key", row => row.Term.NameKey));

    /// <summary>
    /// Who each draft is about, in their order; of several drafts with the same single identity the first makes the customer. A known
    /// customer with one identity is found and not filled in: in a file of orders the same few words about a customer come again and again.
    /// </summary>
    public async Task<RecordedCustomer[]> RecordAsync(IReadOnlyList<CustomerDraft> drafts, Actor by, Instant now)
    {
        var answers = new RecordedCustomer[drafts.Count];
        var single = new Dictionary<IdentityDraft, List<int>>();
        for (var i = 0; i < drafts.Count; i++)
        {
            if (Single(drafts[i]) is not { } identity) answers[i] = await new CustomerStore(work).RecordAsync(drafts[i], by, now);
            else if (single.TryGetValue(identity, out var same)) same.Add(i);
            else single.Add(identity, [i]);
        }
        var found = await FindAsync(single.Keys);
        var missing = single.Keys.Where(identity => !found.ContainsKey(identity)).OrderBy(identity => identity.Kind).ThenBy(identity => identity.Value, StringComparer.Ordinal)
            .Select(identity => new Entry(Ids.New(now), [identity], drafts[single[identity][0]], by.Reference, now)).ToList();
        var made = (await MakeAsync(missing)).ToDictionary(entry => entry.Identities[0], entry => entry.Id);
        foreach (var (identity, indices) in single)
        {
            foreach (var index in indices)
            {
                answers[index] = found.TryGetValue(identity, out var known) ? new RecordedCustomer(known, false)
                    : made.TryGetValue(identity, out var id) ? new RecordedCustomer(id, index == indices[0])
                    : await new CustomerStore(work).RecordAsync(drafts[index], by, now);
            }
        }
        return answers;
    }

    /// <summary>
    /// Makes the customers of those drafts whose identities can all be read, are nobody's yet (nor were an erased customer's) and are told by
    /// no other of the drafts. The others are null and left to <see cref="CustomerStore.RecordAsync"/>.
    /// </summary>
    public async Task<Guid?[]> MakeNewAsync(IReadOnlyList<CustomerDraft> drafts, Actor by, Instant now)
    {
        var identities = drafts.Select(Normal).ToList();
        var tellings = identities.SelectMany(told => told).CountBy(identity => identity).ToDictionary();
        var taken = (await FindAsync(tellings.Keys)).Keys.Concat(await new ErasedAddressStore(work).FindAsync(tellings.Keys)).ToHashSet();
        var entries = Enumerable.Range(0, drafts.Count)
            .Where(i => identities[i].Count > 0 && identities[i].All(identity => tellings[identity] == 1 && !taken.Contains(identity)))
            .ToDictionary(i => i, i => new Entry(Ids.New(now), identities[i], drafts[i], by.Reference, now));
        var made = (await MakeAsync([.. entries.Values])).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. drafts.Select((_, i) => entries.TryGetValue(i, out var entry) && made.Contains(entry) ? entry.Id : (Guid?)null)];
    }

    /// <summary>A draft's identities in their normal form; none when one of them cannot be read.</summary>
    private static IReadOnlyList<IdentityDraft> Normal(CustomerDraft draft)
    {
        var readable = new List<IdentityDraft>();
        foreach (var given in draft.Identities)
        {
            if (IdentityForm.Normal(given.Kind, given.Value, draft.Country) is not { } normal) return [];
            if (!readable.Contains(given with { Value = normal })) readable.Add(given with { Value = normal });
        }
        return readable;
    }

    private static IdentityDraft? Single(CustomerDraft draft) =>
        draft.Identities.Count == 1 && IdentityForm.Normal(draft.Identities[0].Kind, draft.Identities[0].Value, draft.Country) is { } normal
            ? draft.Identities[0] with { Value = normal }
            : null;

    private async Task<Dictionary<IdentityDraft, Guid>> FindAsync(IReadOnlyCollection<IdentityDraft> identities)
    {
        var found = new Dictionary<IdentityDraft, Guid>();
        var keep = work.Engine == Engine.Postgres ? " for key share of c" : "";
        var rows = await work.ListAsync<Holder>($"""
            select l.value, l.kind, c.customer_id, c.merged_into from identity_lookup l join customer c on c.customer_id = l.customer_id
            where {work.InWords("l.value", "@values")} order by c.customer_id{keep}
            """, new { values = new WordList(identities.Select(identity => identity.Value)) });
        foreach (var row in rows)
        {
            var identity = new IdentityDraft(Words.Must<IdentityKind>(row.Kind), row.Value);
            if (row.MergedInto is null) found[identity] = row.CustomerId;
            else if (await new CustomerStore(work).CurrentAsync(row.CustomerId) is { } current) found[identity] = current;
        }
        return found;
    }

    /// <summary>Makes customers; answers those all of whose identities were still nobody's.</summary>
    private async Task<List<Entry>> MakeAsync(IReadOnlyList<Entry> missing)
    {
        // Always in the same order, so that two processes with the same identities wait for, not upon, each other.
        var claims = missing.SelectMany(entry => entry.Identities.Select(identity => (Of: entry, Identity: identity)))
            .OrderBy(claim => claim.Identity.Kind).ThenBy(claim => claim.Identity.Value, StringComparer.Ordinal).ToList();
        var isOurs = await Lookups.InsertNewAsync(work, claims);
        var lost = claims.Where((_, index) => !isOurs[index]).Select(claim => claim.Of).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var (entry, identity) in claims.Where((claim, index) => isOurs[index] && lost.Contains(claim.Of)))
            await new IdentityStore(work).ReleaseAsync(entry.Id, identity.Kind, identity.Value);
        var made = missing.Where(entry => !lost.Contains(entry)).ToList();
        await Customers.AppendAsync(work, made);
        foreach (var entry in made)
        {
            AudienceMemberStore.Follow(work, entry.Id);
            AudienceHistoryStore.Follow(work, entry.Id);
        }
        await Identities.AppendAsync(work, [.. claims.Where(claim => !lost.Contains(claim.Of))]);
        await Addresses.AppendAsync(work, [.. from entry in made let postal = entry.Draft.Postal?.Normal() where postal is not null select (entry, postal)]);
        var terms = made.SelectMany(entry => SearchTerm.Of(entry.Profile with { Identities = [.. entry.Identities.Select(identity => new Identity { Kind = identity.Kind, Value = identity.Value })] })
            .DistinctBy(term => term.Term, StringComparer.Ordinal).Select(term => (entry.Id, term))).ToList();
        await Terms.AppendAsync(work, terms);
        await new TermStore(work).LearnAsync([.. terms.Where(term => term.term.IsWord).Select(term => term.term.Term).Distinct(StringComparer.Ordinal)]);
        return made;
    }

    private sealed record Entry(Guid Id, IReadOnlyList<IdentityDraft> Identities, CustomerDraft Draft, string By, Instant Now)
    {
        public CustomerProfile Profile { get; } = Draft.FillIn(new CustomerProfile { Name = Draft.ListName });
    }

    private sealed record Holder
    {
        public string Value { get; init; } = "";

        public string Kind { get; init; } = "";

        public Guid CustomerId { get; init; }

        public Guid? MergedInto { get; init; }
    }
}
