using Regard.Customers;
using Regard.Storage;

namespace Regard.Access;

/// <summary>A customer's session in the portal.</summary>
internal sealed record PortalSession
{
    /// <summary>The profile in which the customer lives on, when theirs was merged.</summary>
    public Guid CustomerId { get; init; }

    public string Name { get; init; } = "";

    /// <summary>IANA; null = not known.</summary>
    public string? TimeZone { get; init; }

    /// <summary>BCP 47; null = not known.</summary>
    public string? Language { get; init; }

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

    /// <summary>A session that was not ended, of a customer who was not erased; null when there is none. Its age is the caller's to judge.</summary>
    public async Task<PortalSession?> FindAsync(string secret)
    {
        var session = await work.FirstAsync<PortalSession>(
            "select customer_id, created_at, last_seen_at from portal_session where session_hash = @Hash and ended_at is null",
            new { Hash = Secret.Hash(secret) });
        if (session is null || await new CustomerStore(work).CurrentAsync(session.CustomerId) is not { } current) return null;
        var customer = await work.FirstAsync<PortalSession>(
            "select customer_id, name, time_zone, language from customer where customer_id = @current and erased_at is null", new { current });
        return customer is null ? null : customer with { CreatedAt = session.CreatedAt, LastSeenAt = session.LastSeenAt };
    }

    public Task NoteAsync(string secret, Instant now) => work.ExecuteAsync(
        "update portal_session set last_seen_at = @now where session_hash = @Hash and last_seen_at < @now", new { Hash = Secret.Hash(secret), now });

    public Task EndAsync(string secret, Instant now) => work.ExecuteAsync(
        "update portal_session set ended_at = @now where session_hash = @Hash and ended_at is null", new { Hash = Secret.Hash(secret), now });
}
