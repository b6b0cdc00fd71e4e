namespace Regard.Access;

/// <summary>How often something may be tried before each further try has to wait, twice as long each time.</summary>
/// <param name="Free">So many tries need no waiting.</param>
/// <param name="FirstWait">The wait after them.</param>
/// <param name="LongestWait">Where the doubling ends: nobody is ever locked out for good.</param>
public sealed record AttemptLimit(int Free, Duration FirstWait, Duration LongestWait)
{
    /// <summary>After so long without a try, earlier ones count no more.</summary>
    public static readonly Duration Memory = Duration.FromDays(1);

    /// <summary>One account tried from one address: five free, then up to a quarter of an hour.</summary>
    public static readonly AttemptLimit AccountFromAddress = new(5, Duration.FromSeconds(2), Duration.FromMinutes(15));

    /// <summary>One account tried from anywhere: short waits only, so that a stranger cannot keep its owner out.</summary>
    public static readonly AttemptLimit Account = new(30, Duration.FromSeconds(1), Duration.FromSeconds(30));

    /// <summary>One address, whatever accounts it tries.</summary>
    public static readonly AttemptLimit Address = new(50, Duration.FromSeconds(1), Duration.FromMinutes(15));

    /// <summary>Guesses at the second factor of one person whose password was right.</summary>
    public static readonly AttemptLimit Code = new(5, Duration.FromSeconds(5), Duration.FromMinutes(15));

    /// <summary>Sign-in links asked for one mail address.</summary>
    public static readonly AttemptLimit Link = new(3, Duration.FromMinutes(1), Duration.FromHours(4));

    /// <summary>The instant before which the next try is refused; null = it may be made now.</summary>
    /// <param name="attempts">Tries since the last success, 0 or more.</param>
    /// <param name="lastAt">When the last of them was made.</param>
    /// <param name="now">The instant of asking.</param>
    public Instant? NotBefore(int attempts, Instant lastAt, Instant now)
    {
        if (attempts < Free || now >= lastAt + Memory) return null;
        var doublings = Math.Min(attempts - Free, 30);
        var free = lastAt + Duration.Min(FirstWait * (1L << doublings), LongestWait);
        return now >= free ? null : free;
    }
}
