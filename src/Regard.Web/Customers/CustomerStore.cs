using Regard.Access;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>Customers: recording them, finding them by what they are recognised by, opening their profile.</summary>
internal sealed class CustomerStore(UnitOfWork work)
{
    private readonly IdentityStore _identities = new(work);

    /// <summary>
    /// Finds the customer that a draft is about by any of its identities, or makes a new one; fills in what was not known. Processes that
    /// record the same new identity at once end with one customer.
    /// </summary>
    public async Task<RecordedCustomer> RecordAsync(CustomerDraft draft, Actor by, Instant now)
    {
        var readable = new List<IdentityDraft>();
        var unreadable = new List<IdentityDraft>();
        foreach (var given in draft.Identities)
        {
            if (IdentityForm.Normal(given.Kind, given.Value, draft.Country) is not { } normal) unreadable.Add(given);
            else if (!readable.Contains(given with { Value = normal })) readable.Add(given with { Value = normal });
        }
        var holders = await HoldersAsync(readable);
        var recorded = Matching.Choose(holders) is { } known
            ? await FillInAsync(known, draft, readable, by, now)
            : await MakeAsync(draft, readable, by, now);
        if (draft.Postal is not null) await new PostalStore(work).FillInAsync(recorded.Id, draft, by, now);
        return recorded with { Unreadable = unreadable };
    }

    /// <summary>Adds an identity to a known customer; null = there is no such customer.</summary>
    public async Task<RecordedCustomer?> IdentifyAsync(Guid id, IdentityDraft given, string source, Actor by, Instant now)
    {
        if (await CurrentAsync(id) is not { } current || await new ProfileStore(work).BareAsync(current) is not { } known) return null;
        if (IdentityForm.Normal(given.Kind, given.Value, known.Country) is not { } normal) return new RecordedCustomer(current, false) { Unreadable = [given] };
        return await FillInAsync(current, new CustomerDraft { Source = source }, [given with { Value = normal }], by, now);
    }

    /// <summary>Who is recognised by this, in whatever form it is written; merges are followed. Null = nobody.</summary>
    /// <param name="country">How a national phone number is read.</param>
    public async Task<Guid?> ResolveAsync(IdentityKind kind, string value, string? country = null)
    {
        if (IdentityForm.Normal(kind, value, country) is not { } normal) return null;
        return await _identities.HolderAsync(kind, normal) is { } holder ? await CurrentAsync(holder) : null;
    }

    /// <summary>
    /// The profile in which this one lives on (itself when it was never merged); null = there is no such customer. In a writing unit of
    /// work the profile cannot be merged away before the transaction ends: whoever writes a customer's rows asks this first.
    /// </summary>
    public async Task<Guid?> CurrentAsync(Guid id)
    {
        var keep = work.Transaction is null ? "" : work.ForKeyShare;
        while (true)
        {
            var row = await work.FirstAsync<Place>($"select customer_id, merged_into from customer where customer_id = @id{keep}", new { id });
            if (row is null) return null;
            if (row.MergedInto is null) return row.CustomerId;
            id = row.MergedInto.Value;
        }
    }

    /// <summary>
    /// The accessor: a profile with its identities, facts and members, for somebody who may see it. Null when there is no such customer
    /// or it is not theirs to see: the two look alike. A merged id opens the survivor.
    /// </summary>
    public async Task<CustomerProfile?> OpenAsync(Actor actor, Guid id)
    {
        if (!await MayAsync(actor, Right.CustomersRead, id) || await CurrentAsync(id) is not { } current) return null;
        return await new ProfileStore(work).ReadAsync(current);
    }

    /// <summary>Whether an actor reaches this customer: by a right over everybody, or because it is themselves, also under a merged id.</summary>
    public async Task<bool> MayAsync(Actor actor, Right right, Guid id)
    {
        if (actor.May(right, id)) return true;
        if (actor.Kind != ActorKind.Customer || actor.Id is not { } own) return false;
        return await CurrentAsync(own) is { } self && self == await CurrentAsync(id);
    }

    private async Task<IReadOnlyList<HeldIdentity>> HoldersAsync(IReadOnlyList<IdentityDraft> identities)
    {
        var held = new List<HeldIdentity>();
        foreach (var identity in identities)
        {
            if (await _identities.HolderAsync(identity.Kind, identity.Value) is { } holder && await CurrentAsync(holder) is { } current)
                held.Add(new HeldIdentity(identity.Kind, current));
        }
        return held;
    }

    private async Task<RecordedCustomer> MakeAsync(CustomerDraft draft, IReadOnlyList<IdentityDraft> identities, Actor by, Instant now)
    {
        var id = Ids.New(now);
        var taken = new List<HeldIdentity>();
        // Always in the same order, so that two processes with the same identities wait for, not upon, each other.
        foreach (var identity in Ordered(identities))
        {
            var holder = await _identities.ClaimAsync(id, identity.Kind, identity.Value);
            if (holder != id && await CurrentAsync(holder) is { } current) taken.Add(new HeldIdentity(identity.Kind, current));
        }
        if (Matching.Choose(taken) is { } winner)
        {
            foreach (var identity in Ordered(identities)) await _identities.RepointAsync(id, winner, identity.Kind, identity.Value);
            return await FillInAsync(winner, draft, identities, by, now);
        }
        await new ProfileStore(work).InsertAsync(id, draft, now);
        foreach (var identity in identities) await _identities.KeepAsync(id, identity, draft.Source, by, now);
        await new TermStore(work).WriteAsync(id);
        await new ErasedAddressStore(work).HonourAsync(id, identities, now);
        return new RecordedCustomer(id, true);
    }

    private async Task<RecordedCustomer> FillInAsync(Guid id, CustomerDraft draft, IReadOnlyList<IdentityDraft> identities, Actor by, Instant now)
    {
        var others = new List<Guid>();
        var added = new List<IdentityDraft>();
        foreach (var identity in Ordered(identities))
        {
            var holder = await _identities.ClaimAsync(id, identity.Kind, identity.Value);
            if (holder != id && await CurrentAsync(holder) is { } current && current != id && !others.Contains(current)) others.Add(current);
            if (await _identities.KeepAsync(id, identity, draft.Source, by, now)) added.Add(identity);
        }
        if (await new ProfileStore(work).FillInAsync(id, draft, now) || added.Count > 0) await new TermStore(work).WriteAsync(id);
        await new ErasedAddressStore(work).HonourAsync(id, added, now);
        return new RecordedCustomer(id, false) { PossibleDuplicates = others };
    }

    private static IEnumerable<IdentityDraft> Ordered(IReadOnlyList<IdentityDraft> identities) =>
        identities.OrderBy(i => i.Kind).ThenBy(i => i.Value, StringComparer.Ordinal);

    private sealed record Place
    {
        public Guid CustomerId { get; init; }

        public Guid? MergedInto { get; init; }
    }
}
