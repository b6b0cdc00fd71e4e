using Regard.Storage;

namespace Regard.Access;

/// <summary>The links by which customers sign in to the portal. Only a link's hash is kept.</summary>
internal sealed class PortalLinkStore(UnitOfWork work)
{
    public static readonly Duration Life = Duration.FromMinutes(15);

    /// <summary>Makes a link and answers its token.</summary>
    public async Task<string> MakeAsync(Guid customerId, Instant now)
    {
        var token = Secret.New();
        await work.ExecuteAsync(
            "insert into portal_link (token_hash, customer_id, created_at, expires_at) values (@Hash, @customerId, @now, @Expires)",
            new { Hash = Secret.Hash(token), customerId, now, Expires = now + Life });
        return token;
    }

    /// <summary>Whether a link can still be used. Looking uses nothing up.</summary>
    public async Task<bool> IsGoodAsync(string token, Instant now) =>
        await work.ScalarAsync<long>(
            "select count(*) from portal_link where token_hash = @Hash and used_at is null and expires_at > @now", new { Hash = Secret.Hash(token), now }) == 1;

    /// <summary>Uses a link up and answers whose it is; null when it was used, expired or never was. Of two at once one gets it.</summary>
    public async Task<Guid?> UseAsync(string token, Instant now)
    {
        var owner = await work.ListAsync<Guid>(
            "update portal_link set used_at = @now where token_hash = @Hash and used_at is null and expires_at > @now returning customer_id",
            new { Hash = Secret.Hash(token), now });
        return owner.Count == 1 ? owner[0] : null;
    }
}
