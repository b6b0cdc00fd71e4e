namespace Regard.Access;

/// <summary>How long a signed-in session lives, for staff and customers alike.</summary>
public static class SessionRules
{
    /// <summary>The longest a session lives, however busy it is.</summary>
    public static readonly Duration Longest = Duration.FromHours(12);

    /// <summary>How long a session lives without a request.</summary>
    public static readonly Duration Idle = Duration.FromMinutes(30);

    /// <summary>A request is written down at most this often: a session may so end up to this much early, never late.</summary>
    public static readonly Duration Grain = Duration.FromMinutes(1);

    /// <summary>Whether a session that began and was last used at these instants is still good. Both bounds are exclusive.</summary>
    public static bool IsAlive(Instant createdAt, Instant lastSeenAt, Instant now) => now < createdAt + Longest && now < lastSeenAt + Idle;

    /// <summary>Whether this use of the session is to be written down.</summary>
    public static bool IsWorthNoting(Instant lastSeenAt, Instant now) => now >= lastSeenAt + Grain;
}
