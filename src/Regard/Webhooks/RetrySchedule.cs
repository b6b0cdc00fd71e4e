namespace Regard.Webhooks;

/// <summary>When a delivery that failed is tried again, and when an endpoint that fails is given up.</summary>
public static class RetrySchedule
{
    /// <summary>How long a delivery is tried, from the moment it became due.</summary>
    public static readonly Duration Lasts = Duration.FromDays(3);

    /// <summary>How long nothing at all may come through before an endpoint is switched off.</summary>
    public static readonly Duration LongestFailure = Duration.FromHours(60);

    private static readonly Duration First = Duration.FromSeconds(5);
    private static readonly Duration Longest = Duration.FromHours(12);

    /// <summary>
    /// The time from an attempt to the next: 5 seconds, then four times as long each time, at most 12 hours; a fifth more or less, so that
    /// what failed together does not come again together.
    /// </summary>
    /// <param name="attempts">How many were made, at least 1.</param>
    /// <param name="chance">A random number from 0 to 1.</param>
    /// <param name="asked">How long the receiver asked to wait (<c>Retry-After</c>); null = it did not. More than 12 hours counts as 12.</param>
    public static Duration Wait(int attempts, double chance, Duration? asked = null)
    {
        var doublings = 2 * Math.Clamp(attempts - 1, 0, 10);
        var wait = Duration.Min(First * (1 << doublings), Longest) * (0.8 + (0.4 * chance));
        return asked is { } wished ? Duration.Max(wait, Duration.Min(wished, Longest)) : wait;
    }
}
