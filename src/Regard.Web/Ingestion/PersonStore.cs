using Regard.Access;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Ingestion;

/// <summary>Who the ids of a batch of events are: asked once for the whole batch, then kept up to date.</summary>
internal sealed class PersonStore(UnitOfWork work, Instant now)
{
    private readonly Dictionary<string, Guid> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _introduced = new(StringComparer.Ordinal);
    private readonly HashSet<CustomerEvent> _heard = new(ReferenceEqualityComparer.Instance);

    /// <summary>Visitors of whom it became known in this batch who they are.</summary>
    public IReadOnlyCollection<string> Introduced => _introduced;

    /// <summary>Looks up all ids of a batch.</summary>
    public async Task LoadAsync(IEnumerable<CustomerEvent> events)
    {
        var values = events.SelectMany(Keys).Distinct(StringComparer.Ordinal);
        var rows = await work.ListAsync<Row>(
            $"select value, customer_id from identity_lookup where kind = 'external' and {work.InWords("value", "@values")}", new { values = new WordList(values) });
        foreach (var row in rows) _known[row.Value] = row.CustomerId;
        // In the order of their ids from the beginning, so that whoever else writes several of them waits for, not upon, this.
        await LivingAsync(_known.Values.Distinct());
    }

    /// <summary>
    /// Makes the customers whom events name for the first time, all at once, each as the first of their events tells. Whoever cannot be
    /// told apart so simply is left to <see cref="FindAsync"/>.
    /// </summary>
    /// <param name="events">In the order in which they happened.</param>
    public async Task IntroduceAsync(IEnumerable<(CustomerEvent Told, Actor By)> events)
    {
        var first = new Dictionary<string, (CustomerEvent Told, Actor By)>(StringComparer.Ordinal);
        foreach (var (told, by) in events)
        {
            if (Key(Traits.UserSystem, told.UserId) is { } user && !_known.ContainsKey(user)) first.TryAdd(user, (told, by));
        }
        foreach (var sender in first.GroupBy(pair => pair.Value.By.Reference, StringComparer.Ordinal))
        {
            var named = sender.ToList();
            var made = await new CustomerBatchStore(work).MakeNewAsync([.. named.Select(pair => Traits.Draft(pair.Value.Told, sender.Key))], named[0].Value.By, now);
            for (var i = 0; i < named.Count; i++)
            {
                if (made[i] is not { } id) continue;
                var told = named[i].Value.Told;
                _known[named[i].Key] = id;
                if (Key(Traits.VisitorSystem, told.AnonymousId) is { } visitor && _known.TryAdd(visitor, id)) _introduced.Add(visitor);
                _heard.Add(told);
            }
        }
    }

    /// <summary>
    /// The customer of an event; recorded when the event names them (by user id, e-mail address or phone). Null = a visitor of whom
    /// nothing is known.
    /// </summary>
    public async Task<Guid?> FindAsync(CustomerEvent told, Actor by)
    {
        var (user, visitor) = (Key(Traits.UserSystem, told.UserId), Key(Traits.VisitorSystem, told.AnonymousId));
        var isNews = (told.Type == EventType.Identify && !_heard.Contains(told)) || (user is not null && !_known.ContainsKey(user)) || (user is not null && visitor is not null && !_known.ContainsKey(visitor));
        if (!isNews && (user ?? visitor) is { } key && _known.TryGetValue(key, out var known)) return known;
        var draft = Traits.Draft(told, by.Reference);
        if (draft.Identities.All(identity => identity.Kind == IdentityKind.External && identity.Value.StartsWith(Traits.VisitorSystem + ":", StringComparison.Ordinal)))
            return visitor is not null && _known.TryGetValue(visitor, out var met) ? met : null;
        var recorded = await new CustomerStore(work).RecordAsync(draft, by, now);
        if (user is not null) _known[user] = recorded.Id;
        if (visitor is not null && _known.TryAdd(visitor, recorded.Id)) _introduced.Add(visitor);
        return recorded.Id;
    }

    /// <summary>
    /// Those of the customers who were not merged into another; nor can they be before this transaction ends. Taken in the order of their
    /// ids, so that two workers wait for, not upon, each other.
    /// </summary>
    public async Task<HashSet<Guid>> LivingAsync(IEnumerable<Guid> customers) =>
        [.. await work.ListAsync<Guid>(
            $"select customer_id from customer where {work.InIds("customer_id", "@customers")} and merged_into is null order by customer_id{work.ForKeyShare}",
            new { customers = new IdList(customers) })];

    /// <summary>The account of a group event.</summary>
    public async Task<Guid> AccountAsync(CustomerEvent told, Actor by)
    {
        var draft = new CustomerDraft
        {
            Kind = CustomerKind.Account,
            Name = told.Traits.Text("name"),
            Source = by.Reference,
            Identities = [IdentityDraft.External("group", told.GroupId!)],
        };
        return (await new CustomerStore(work).RecordAsync(draft, by, now)).Id;
    }

    /// <summary>
    /// Notes that a visitor is this customer. False = the other id is another customer's: two people are never made one by an event, for
    /// anybody who has the write key of a web page could send it.
    /// </summary>
    public async Task<bool> LinkAsync(Guid customerId, CustomerEvent alias, Actor by)
    {
        var customers = new CustomerStore(work);
        var previous = Key(Traits.VisitorSystem, alias.PreviousId)!;
        if (await customers.ResolveAsync(IdentityKind.External, Key(Traits.UserSystem, alias.PreviousId)!) is { } other && other != customerId) return false;
        var draft = new CustomerDraft
        {
            Source = by.Reference,
            Identities = [IdentityDraft.External(Traits.UserSystem, alias.UserId!), IdentityDraft.External(Traits.VisitorSystem, alias.PreviousId!)],
        };
        if ((await customers.RecordAsync(draft, by, now)).PossibleDuplicates.Count > 0) return false;
        if (_known.TryAdd(previous, customerId)) _introduced.Add(previous);
        return true;
    }

    private static IEnumerable<string> Keys(CustomerEvent told) =>
        new[] { Key(Traits.UserSystem, told.UserId), Key(Traits.VisitorSystem, told.AnonymousId), Key(Traits.VisitorSystem, told.PreviousId) }.OfType<string>();

    private static string? Key(string system, string? id) => id is null ? null : $"{system}:{id}";

    private sealed record Row
    {
        public string Value { get; init; } = "";

        public Guid CustomerId { get; init; }
    }
}
