using Regard.Storage;

namespace Regard.Access;

/// <summary>A customer's session in the portal.</summary>
internal sealed record PortalSession
{
    public Guid CustomerId { get; init; }

    public Instant CreatedAt { get; init; }

    public Instant LastSeenAt { get; init; }
}

/// <summary>The sessions of customers in the portal. Only the hash of a session's secret is kept.</summary>
internal sealed class PortalSessionStore(UnitOfWork work)
{
    public async Task<string> BeginAsync(Guid customerId, Instant now)
    {
        var secret = Secret.New();
        await work.ExecuteAsync(
            "insert into portal_session (session_hash, customer_id, created_at, last_seen_at) values (@Hash, @customerId, @now, @now)",
            new { Hash = Secret.Hash(secret), customerId, now });
        return secret;
    }

    /// <summary>A session that was not ended; null when there is none. Its age is the caller's to judge.</summary>
    public Task<PortalSession?> FindAsync(string secret) => work.FirstAsync<PortalSession>(
        "select customer_id, created_at, last_seen_at from portal_session where session_hash = @Hash and ended_at is null",
        new { Hash = Secret.Hash(secret) });

    public Task NoteAsync(string secret, Instant now) => work.ExecuteAsync(
        "update portal_session set last_seen_at = @now where session_hash = @Hash and last_seen_at < @now", new { Hash = Secret.Hash(secret), now });

    public Task EndAsync(string secret, Instant now) => work.ExecuteAsync(
        "update portal_session set ended_at = @now where session_hash = @Hash and ended_at is null", new { Hash = Secret.Hash(secret), now });
}
