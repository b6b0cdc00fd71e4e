using System.Numerics;

namespace Regard.Contact;

/// <summary>The open minutes of a week on a clock without zone, Monday 00:00 first; immutable, one bit a minute.</summary>
public sealed class WeekHours
{
    /// <summary>Minutes of a week.</summary>
    public const int Minutes = 7 * 24 * 60;

    private readonly ulong[] _open;

    private WeekHours(ulong[] open)
    {
        _open = open;
        OpenMinutes = open.Sum(BitOperations.PopCount);
    }

    /// <summary>Every minute.</summary>
    public static WeekHours Always { get; } = Of([new ContactWindow(
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday],
        LocalTime.Midnight, LocalTime.Midnight)]);

    /// <summary>How many minutes of the week are open.</summary>
    public int OpenMinutes { get; }

    /// <summary>Whether no minute is open.</summary>
    public bool IsEmpty => OpenMinutes == 0;

    /// <summary>Whether every minute is open.</summary>
    public bool IsAlways => OpenMinutes == Minutes;

    /// <summary>The minutes that lie in any of the windows. A minute that is only partly in a window is closed.</summary>
    public static WeekHours Of(IEnumerable<ContactWindow> windows)
    {
        var open = new ulong[(Minutes + 63) / 64];
        foreach (var window in windows)
        {
            if (window.From > new LocalTime(23, 59)) continue;
            var from = Minute(window.From.PlusTicks(NodaConstants.TicksPerMinute - 1));
            var length = (Minute(window.To) - from + 24 * 60) % (24 * 60);
            if (length == 0 && window.From != window.To) continue;
            if (length == 0) length = 24 * 60;
            foreach (var day in window.Days)
                for (var n = 0; n < length; n++)
                {
                    var minute = (((int)day - 1) * 24 * 60 + from + n) % Minutes;
                    open[minute / 64] |= 1UL << (minute % 64);
                }
        }
        return new WeekHours(open);
    }

    /// <summary>Whether a minute of the week is open.</summary>
    public bool Contains(int minute) => (_open[minute >> 6] >> (minute & 63) & 1) != 0;

    /// <summary>Whether a stretch is open without a break; it may reach over the end of the week.</summary>
    public bool ContainsAll(int minute, int length)
    {
        if (IsAlways) return true;
        for (var n = 0; n < length; n++)
            if (!Contains((minute + n) % Minutes))
                return false;
        return true;
    }

    /// <summary>How many minutes after <paramref name="minute"/> the next open one begins: 0 = it is open; null = none is open, ever.</summary>
    public int? WaitFrom(int minute)
    {
        if (IsEmpty) return null;
        if (Contains(minute)) return 0;
        // Sixty-four minutes at once; from the last of the week the first one follows.
        var place = minute >> 6;
        var open = _open[place] >> (minute & 63) << (minute & 63);
        while (open == 0)
        {
            place = place + 1 == _open.Length ? 0 : place + 1;
            open = _open[place];
        }
        var next = place * 64 + BitOperations.TrailingZeroCount(open);
        return next > minute ? next - minute : next + Minutes - minute;
    }

    /// <summary>The minutes that are open in both.</summary>
    public WeekHours And(WeekHours other) => new([.. _open.Zip(other._open, (a, b) => a & b)]);

    /// <summary>The same minutes as windows within days: what <see cref="Of"/> reads back to the same minutes.</summary>
    public IReadOnlyList<ContactWindow> ToWindows() =>
        [.. Enumerable.Range(0, 7).SelectMany(Runs).GroupBy(run => (run.From, run.To)).OrderBy(same => same.Min(run => run.Day)).ThenBy(same => same.Key.From)
            .Select(same => new ContactWindow([.. same.Select(run => (IsoDayOfWeek)(run.Day + 1))], At(same.Key.From), At(same.Key.To)))];

    /// <summary>
    /// The same minutes as people say them: what goes on after midnight belongs to the evening before. At most a day long each;
    /// <see cref="Of"/> reads them back to the same minutes.
    /// </summary>
    public IReadOnlyList<ContactWindow> ToSpans()
    {
        var runs = Enumerable.Range(0, 7).SelectMany(Runs).Select(run => (run.Day, run.From, run.To)).ToList();
        // A run that fills the whole day goes on for ever, and one that goes on longer than it leaves out of a day would be read as shorter.
        foreach (var evening in runs.Where(run => run.To == 24 * 60 && run.From > 0).ToList())
        {
            var morning = runs.Find(run => run.Day == (evening.Day + 1) % 7 && run.From == 0 && run.To < evening.From);
            if (morning.To == 0) continue;
            runs.Remove(morning);
            runs[runs.IndexOf(evening)] = (evening.Day, evening.From, morning.To);
        }
        return [.. runs.GroupBy(run => (run.From, run.To)).OrderBy(same => same.Min(run => run.Day)).ThenBy(same => same.Key.From)
            .Select(same => new ContactWindow([.. same.Select(run => (IsoDayOfWeek)(run.Day + 1)).Order()], At(same.Key.From), At(same.Key.To)))];
    }

    private IEnumerable<(int Day, int From, int To)> Runs(int day)
    {
        for (var from = 0; from < 24 * 60;)
        {
            if (!Contains(day * 24 * 60 + from)) { from++; continue; }
            var to = from;
            while (to < 24 * 60 && Contains(day * 24 * 60 + to)) to++;
            yield return (day, from, to);
            from = to;
        }
    }

    private static int Minute(LocalTime time) => time.Hour * 60 + time.Minute;

    private static LocalTime At(int minute) => LocalTime.FromMinutesSinceMidnight(minute % (24 * 60));
}
