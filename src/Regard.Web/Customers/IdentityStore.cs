using Regard.Access;
using Regard.Contact;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>By what customers are recognised. <c>identity_lookup</c> is the one gate: of any number of processes that bring the same new identity, one gets it.</summary>
internal sealed class IdentityStore(UnitOfWork work)
{
    /// <summary>Who the look-up names for this normal form, before merges are followed; null = nobody.</summary>
    public Task<Guid?> HolderAsync(IdentityKind kind, string normal) => work.FirstAsync<Guid?>(
        "select customer_id from identity_lookup where value = @value and kind = @kind", new { value = normal, kind = Words.Of(kind) });

    /// <summary>
    /// Takes an identity for a customer when nobody has it. Waits for another process that is just taking it; answers its holder then
    /// (before merges are followed), and the customer itself when it is theirs.
    /// </summary>
    public async Task<Guid> ClaimAsync(Guid customerId, IdentityKind kind, string normal)
    {
        var taken = await work.ExecuteAsync(
            "insert into identity_lookup (value, kind, customer_id) values (@value, @kind, @customerId) on conflict do nothing",
            new { value = normal, kind = Words.Of(kind), customerId });
        return taken == 1 ? customerId : await HolderAsync(kind, normal) ?? customerId;
    }

    /// <summary>Hands over identities that were claimed for a customer that was then not made.</summary>
    public Task<int> RepointAsync(Guid from, Guid to, IdentityKind kind, string normal) => work.ExecuteAsync(
        "update identity_lookup set customer_id = @to where value = @value and kind = @kind and customer_id = @from",
        new { from, to, value = normal, kind = Words.Of(kind) });

    /// <summary>Gives back an identity that was claimed for a customer that was then not made.</summary>
    public Task<int> ReleaseAsync(Guid customerId, IdentityKind kind, string normal) => work.ExecuteAsync(
        "delete from identity_lookup where value = @value and kind = @kind and customer_id = @customerId",
        new { customerId, value = normal, kind = Words.Of(kind) });

    /// <summary>Writes an identity to a customer's record. Answers false when it was there already.</summary>
    public async Task<bool> KeepAsync(Guid customerId, IdentityDraft normal, string source, Actor by, Instant now)
    {
        AudienceMemberStore.Follow(work, customerId);
        AudienceHistoryStore.Follow(work, customerId);
        return await work.ExecuteAsync(
            """
            insert into identity (customer_id, identity_id, kind, value, source, recorded_at, recorded_by)
            values (@customerId, @id, @kind, @Value, @source, @now, @by) on conflict do nothing
            """,
            new { customerId, id = Ids.New(now), kind = Words.Of(normal.Kind), normal.Value, source, now, by = by.Reference }) == 1;
    }

    /// <summary>All of a customer's identities, oldest first.</summary>
    public async Task<IReadOnlyList<Identity>> AllAsync(Guid customerId) => await work.ListAsync<Identity>(
        "select * from identity where customer_id = @customerId order by recorded_at, identity_id", new { customerId });

    /// <summary>Takes an identity off a customer's record, and frees it when it led to them. Answers false when it was not there.</summary>
    public async Task<bool> RemoveAsync(Guid customerId, Guid identityId)
    {
        var identity = await work.FirstAsync<Identity>("select * from identity where customer_id = @customerId and identity_id = @identityId", new { customerId, identityId });
        if (identity is null) return false;
        AudienceMemberStore.Follow(work, customerId);
        await work.ExecuteAsync("delete from identity where customer_id = @customerId and identity_id = @identityId", new { customerId, identityId });
        await work.ExecuteAsync(
            "delete from identity_lookup where value = @Value and kind = @kind and customer_id = @customerId",
            new { identity.Value, kind = Words.Of(identity.Kind), customerId });
        return true;
    }

    /// <summary>The customer proved that an identity is theirs (opened a sign-in link, answered a code).</summary>
    public Task<int> ConfirmAsync(Guid customerId, IdentityKind kind, string normal, Instant now) => work.ExecuteAsync(
        "update identity set confirmed_at = coalesce(confirmed_at, @now) where customer_id = @customerId and kind = @kind and value = @value",
        new { customerId, kind = Words.Of(kind), value = normal, now });

    /// <summary>Since when mail or calls to an identity fail; null = they do not, and whoever complained there has been asked. The earlier moment stays.</summary>
    public Task<int> MarkAsync(Guid customerId, Guid identityId, Instant? since)
    {
        AudienceMemberStore.Follow(work, customerId);
        return work.ExecuteAsync(
            $"update identity set undeliverable_since = {(since is null ? "null, complained_at = null, text_failed_at = null" : "coalesce(undeliverable_since, @since)")} where customer_id = @customerId and identity_id = @identityId",
            new { customerId, identityId, since });
    }
}
