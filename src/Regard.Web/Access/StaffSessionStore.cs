using Regard.Storage;

namespace Regard.Access;

/// <summary>A staff session with the person it belongs to, as they are now.</summary>
internal sealed record StaffSession
{
    public Guid StaffId { get; init; }

    public string Name { get; init; } = "";

    public string Role { get; init; } = "";

    public string TimeZone { get; init; } = "";

    public Instant CreatedAt { get; init; }

    public Instant LastSeenAt { get; init; }
}

/// <summary>The sessions of staff who signed in. Only the hash of a session's secret is kept.</summary>
internal sealed class StaffSessionStore(UnitOfWork work)
{
    /// <summary>Begins a session and answers its secret, which is told to nobody else.</summary>
    public async Task<string> BeginAsync(Guid staffId, Instant now)
    {
        var secret = Secret.New();
        await work.ExecuteAsync(
            "insert into staff_session (session_hash, staff_id, created_at, last_seen_at) values (@Hash, @staffId, @now, @now)",
            new { Hash = Secret.Hash(secret), staffId, now });
        return secret;
    }

    /// <summary>A session that was not ended, of somebody who is not disabled. Null when there is none; its age is the caller's to judge.</summary>
    public Task<StaffSession?> FindAsync(string secret) => work.FirstAsync<StaffSession>(
        """
        select s.staff_id, p.name, p.role, p.time_zone, s.created_at, s.last_seen_at
        from staff_session s join staff p on p.staff_id = s.staff_id
        where s.session_hash = @Hash and s.ended_at is null and p.disabled_at is null
        """,
        new { Hash = Secret.Hash(secret) });

    public Task NoteAsync(string secret, Instant now) => work.ExecuteAsync(
        "update staff_session set last_seen_at = @now where session_hash = @Hash and last_seen_at < @now", new { Hash = Secret.Hash(secret), now });

    public Task EndAsync(string secret, Instant now) => work.ExecuteAsync(
        "update staff_session set ended_at = @now where session_hash = @Hash and ended_at is null", new { Hash = Secret.Hash(secret), now });

    /// <summary>Ends every session of a person: they were disabled, or are somebody else now.</summary>
    public Task<int> EndAllAsync(Guid staffId, Instant now) => work.ExecuteAsync(
        "update staff_session set ended_at = @now where staff_id = @staffId and ended_at is null", new { staffId, now });
}
