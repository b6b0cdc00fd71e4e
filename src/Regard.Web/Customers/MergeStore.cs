using Regard.Access;
using Regard.Contact;
using Regard.Orders;
using Regard.Storage;
using Regard.Timeline;
using Regard.Webhooks;

namespace Regard.Customers;

/// <summary>What became of merging or of undoing it.</summary>
/// <param name="MergeId">The merge; null when it was refused.</param>
/// <param name="Refusal">Why it was refused, for people; null when it was done.</param>
internal sealed record MergeOutcome(Guid? MergeId, string? Refusal);

/// <summary>Makes two profiles one, and takes them apart again, in any order.</summary>
internal sealed class MergeStore(UnitOfWork work)
{
    private readonly CustomerStore _customers = new(work);

    /// <summary>
    /// Merges one profile into another: everything recorded for it moves to the survivor, who keeps every refusal of both. What the
    /// survivor has already stays with the absorbed profile, out of sight.
    /// </summary>
    /// <returns>Null = one of them does not exist.</returns>
    public async Task<MergeOutcome?> MergeAsync(Guid survivor, Guid absorbed, string reason, Actor by, Instant now)
    {
        if (await _customers.CurrentAsync(survivor) is not { } to || await _customers.CurrentAsync(absorbed) is not { } from) return null;
        var locked = await LockAsync(to, from);
        if (locked[to].IsMerged || locked[from].IsMerged) return new MergeOutcome(null, "One of them was merged by somebody else just now: look again.");
        if (Merging.Refusal(locked[to].Profile, locked[from].Profile, await IsInFlightAsync(to) || await IsInFlightAsync(from)) is { } refusal) return new MergeOutcome(null, refusal);
        var mergeId = Ids.New(now);
        await work.ExecuteAsync(
            "insert into customer_merge (customer_id, merge_id, absorbed_id, reason, merged_at, merged_by) values (@to, @mergeId, @from, @reason, @now, @by)",
            new { to, mergeId, from, reason, now, by = by.Reference });
        Follow(to, from);
        await new RowMoveStore(work, from, to, null).MoveAsync();
        await work.ExecuteAsync("update customer set merged_into = @to, version = version + 1 where customer_id = @from", new { to, from });
        await new MergedContactStore(work).HoldAsync(from, mergeId);
        await new PreferenceStore(work).RefreshAsync(to, now);
        await RecountAsync(to, now);
        await ForgetAsync(from);
        await new PreferenceStore(work).RefreshAsync(to, now);
        await new WebhookStore(work).TellAsync(to, WebhookTypes.CustomerMerged, mergeId, new { customer_id = to, absorbed_id = from, merge_id = mergeId }, now);
        return new MergeOutcome(mergeId, null);
    }

    private void Follow(params ReadOnlySpan<Guid> profiles)
    {
        foreach (var profile in profiles)
        {
            AudienceMemberStore.Follow(work, profile);
            AudienceHistoryStore.Follow(work, profile);
        }
    }

    /// <summary>
    /// Brings an absorbed profile back with everything that was recorded for it and for those merged into it. What was recorded since the
    /// merge stays with the survivor, except that a wish told since then binds for both: nobody knows who of them said it.
    /// </summary>
    /// <returns>Null = there is no such merge.</returns>
    public async Task<MergeOutcome?> UndoAsync(Guid mergeId, Actor by, Instant now)
    {
        // Over all customers: whoever undoes knows the merge, not who survived it.
        if (await work.FirstAsync<Merge>("select customer_id, absorbed_id, merged_at, undone_at from customer_merge where merge_id = @mergeId", new { mergeId }) is not { } merge) return null;
        var (back, holder) = (merge.AbsorbedId, await _customers.CurrentAsync(merge.CustomerId) ?? merge.CustomerId);
        var locked = await LockAsync(holder, back);
        if (locked[holder].IsMerged) return new MergeOutcome(null, "The survivor was merged by somebody else just now: look again.");
        if (Merging.UndoRefusal(locked[holder].Profile, locked[back].Profile, merge.UndoneAt is not null, await IsInFlightAsync(holder)) is { } refusal) return new MergeOutcome(null, refusal);
        var undone = await work.ExecuteAsync(
            "update customer_merge set undone_at = @now, undone_by = @by where customer_id = @CustomerId and merge_id = @mergeId and undone_at is null",
            new { merge.CustomerId, mergeId, now, by = by.Reference });
        if (undone == 0) return new MergeOutcome(null, "This merge was undone by somebody else just now.");
        var path = await PathAsync(back);
        await work.ExecuteAsync("update customer set merged_into = null, version = version + 1 where customer_id = @back", new { back });
        await new RowMoveStore(work, holder, back, await FamilyAsync(back)).MoveAsync();
        await new MergedContactStore(work).ReleaseAsync(back, mergeId);
        foreach (var (profile, since) in path) await new MergedContactStore(work).ShareAsync(holder, profile, back, since, now);
        Follow(holder, back);
        foreach (var profile in new[] { holder, back })
        {
            // What one who stays had in common with the one who left comes forth again.
            foreach (var member in (await FamilyAsync(profile)).Where(member => member != profile)) await new RowMoveStore(work, member, profile, null).MoveAsync();
            await RecountAsync(profile, now);
            await new PreferenceStore(work).RefreshAsync(profile, now);
        }
        await new WebhookStore(work).TellAsync(back, WebhookTypes.CustomerUnmerged, mergeId, new { customer_id = back, separated_from = holder, merge_id = mergeId }, now);
        return new MergeOutcome(mergeId, null);
    }

    /// <summary>The merges into a profile, latest first.</summary>
    public async Task<IReadOnlyList<Merge>> OfAsync(Guid customerId) => await work.ListAsync<Merge>(
        "select merge_id, customer_id, absorbed_id, reason, merged_at, undone_at from customer_merge where customer_id = @customerId order by merge_id desc", new { customerId });

    /// <summary>A profile and all those that live on in it, directly or through each other.</summary>
    public async Task<IReadOnlyList<Guid>> FamilyAsync(Guid customerId)
    {
        var family = new List<Guid> { customerId };
        for (var next = family; next.Count > 0;)
        {
            next = await work.ListAsync<Guid>($"select customer_id from customer where {work.InIds("merged_into", "@next")}", new { next = new IdList(next) });
            family.AddRange(next);
        }
        return family;
    }

    /// <summary>The profiles in which one lived on, nearest first, each with the moment since which both lived there.</summary>
    private async Task<IReadOnlyList<(Guid Profile, Instant Since)>> PathAsync(Guid absorbed)
    {
        var path = new List<(Guid, Instant)>();
        var since = Instant.MinValue;
        while (await work.ScalarAsync<Guid?>("select merged_into from customer where customer_id = @absorbed", new { absorbed }) is { } next)
        {
            var merge = await work.FirstAsync<Merge>(
                "select merged_at from customer_merge where customer_id = @next and absorbed_id = @absorbed order by merge_id desc", new { next, absorbed });
            since = Instant.Max(since, merge!.MergedAt);
            path.Add((next, since));
            absorbed = next;
        }
        return path;
    }

    private async Task RecountAsync(Guid customerId, Instant now)
    {
        foreach (var table in CustomerTable.Forgotten) await work.ExecuteAsync($"delete from {table.Name} where customer_id = @customerId", new { customerId });
        await new TimelineStore(work).RecountAsync(customerId);
        await new OrderRecountStore(work).RecountAsync(customerId, now);
    }

    private async Task ForgetAsync(Guid customerId)
    {
        foreach (var table in CustomerTable.Forgotten) await work.ExecuteAsync($"delete from {table.Name} where customer_id = @customerId", new { customerId });
        await work.ExecuteAsync("delete from timeline_rollup where customer_id = @customerId", new { customerId });
        await new OrderRecountStore(work).ForgetAsync(customerId);
    }

    private async Task<Dictionary<Guid, (CustomerProfile Profile, bool IsMerged)>> LockAsync(params Guid[] ids)
    {
        var locked = new Dictionary<Guid, (CustomerProfile, bool)>();
        foreach (var id in ids.Distinct().Order())
        {
            var profile = await work.FirstAsync<CustomerProfile>($"select * from customer where customer_id = @id{work.ForUpdate}", new { id });
            var isMerged = await work.ScalarAsync<Guid?>("select merged_into from customer where customer_id = @id", new { id }) is not null;
            locked[id] = (profile!, isMerged);
            await work.ScalarAsync<long?>($"select version from contact_state where customer_id = @id{work.ForUpdate}", new { id });
        }
        return locked;
    }

    private async Task<bool> IsInFlightAsync(Guid customerId) =>
        await work.ScalarAsync<long>("select count(*) from outbox where customer_id = @customerId and state = 'in_flight'", new { customerId }) > 0;

    internal sealed record Merge
    {
        public Guid MergeId { get; init; }

        public Guid CustomerId { get; init; }

        public Guid AbsorbedId { get; init; }

        public string Reason { get; init; } = "";

        public Instant MergedAt { get; init; }

        public Instant? UndoneAt { get; init; }
    }
}
