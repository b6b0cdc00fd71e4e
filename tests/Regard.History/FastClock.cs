using System.Diagnostics;

namespace Regard.History;

/// <summary>
/// The customers' time of a run, the same in all its processes: two seconds are a minute, and every six seconds eight days pass at once. So a
/// claim's lease is two seconds, and the windows of limits roll on while somebody watches.
/// </summary>
internal sealed class FastClock(long start) : IClock
{
    private static readonly Instant Beginning = Instant.FromUtc(2026, 11, 23, 11, 0);

    public Instant GetCurrentInstant()
    {
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return Beginning + Duration.FromMinutes(seconds / 2) + Duration.FromDays(8 * Math.Floor(seconds / 6));
    }

    public long Microseconds() => GetCurrentInstant().ToUnixTimeTicks() / 10;

    public static Instant Of(long microseconds) => Instant.FromUnixTimeTicks(microseconds * 10);
}
