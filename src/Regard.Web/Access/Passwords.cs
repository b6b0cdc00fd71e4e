using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Regard.Access;

/// <summary>
/// Hashes and compares passwords: PBKDF2 with HMAC-SHA-512 at OWASP's number of rounds. That costs processor time by design,
/// so only a few are worked on at once, a few more wait, and the rest are told to come back: signing in cannot starve the pages.
/// </summary>
internal sealed class Passwords : IDisposable
{
    /// <summary>OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA512.</summary>
    public const int Rounds = 220_000;

    public const int Waiting = 16;

    private static readonly StaffMember Somebody = new();

    private static readonly string HashOfNobody = NewHasher().HashPassword(Somebody, Secret.New());

    private readonly PasswordHasher<StaffMember> _hasher = NewHasher();

    private readonly ConcurrencyLimiter _turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = AtOnce,
        QueueLimit = Waiting,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>At most half of the processors work on passwords, at least one does.</summary>
    public static int AtOnce => Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>A turn at the processor; it is over when disposed. Not acquired when too many are waiting: answer 503.</summary>
    public ValueTask<RateLimitLease> TurnAsync(CancellationToken stop) => _turns.AcquireAsync(1, stop);

    /// <summary>The hash to keep. Needs a turn.</summary>
    public string Hash(RateLimitLease turn, string password)
    {
        Require(turn);
        return _hasher.HashPassword(Somebody, password);
    }

    /// <summary>Whether this is the password of the hash. Null = there is no such account: false, after the same work. Needs a turn.</summary>
    public bool Match(RateLimitLease turn, string? hash, string password)
    {
        Require(turn);
        var matches = _hasher.VerifyHashedPassword(Somebody, hash ?? HashOfNobody, password) != PasswordVerificationResult.Failed;
        return matches && hash is not null;
    }

    public void Dispose() => _turns.Dispose();

    private static PasswordHasher<StaffMember> NewHasher() => new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));

    private static void Require(RateLimitLease turn)
    {
        if (!turn.IsAcquired) throw new InvalidOperationException("No password is worked on without a turn.");
    }
}
