using System.Collections.Concurrent;
using NodaTime.TimeZones;

namespace Regard.Contact;

/// <summary>
/// The time zones in which a customer may be: their own one, else all of their country, else all there are. An hour is welcome only
/// when it is in every one of them, so that not knowing never wakes anybody.
/// </summary>
public sealed class ZoneSet
{
    // The earliest and latest clocks on earth: UTC-12 and UTC+14.
    private const int WestmostMinutes = -12 * 60;
    private const int EastmostMinutes = 14 * 60;

    private static readonly ConcurrentDictionary<(string?, string?), ZoneSet> Known = new();
    private static readonly Duration LongestShift = Duration.FromHours(12);
    private static readonly ZoneSet Everywhere = new([]);

    private readonly PlausibleZone[] _zones;

    private ZoneSet(DateTimeZone[] zones) => _zones = [.. zones.Select(zone => new PlausibleZone(zone))];

    /// <summary>Whether the customer's own zone is known, or their country has only one.</summary>
    public bool IsCertain => _zones.Length == 1;

    /// <summary>The zones to be considered; empty = all there are.</summary>
    public IReadOnlyList<DateTimeZone> Zones => [.. _zones.Select(plausible => plausible.Zone)];

    /// <summary>The plausible zones. A name or code that is not known counts as absent.</summary>
    /// <param name="timeZone">IANA name, or null.</param>
    /// <param name="country">ISO 3166-1 alpha-2, or null.</param>
    public static ZoneSet Of(string? timeZone, string? country)
    {
        if (timeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is null) timeZone = null;
        if (timeZone is not null) country = null;
        else if (country is { Length: not 2 }) country = null;
        return timeZone is null && country is null ? Everywhere : Known.GetOrAdd((timeZone, country?.ToUpperInvariant()), static key => Find(key));
    }

    /// <summary>
    /// Whether a moment lies in these hours on every plausible clock. Around a change of the clocks, where a time of day comes twice or
    /// not at all, the hours that are repeated or left out must be open as a whole: the quieter reading wins.
    /// </summary>
    public bool IsOpen(WeekHours hours, Instant at)
    {
        if (hours.IsAlways) return true;
        if (_zones.Length == 0) return hours.ContainsAll(MinuteOfWeek(at, WestmostMinutes * 60), EastmostMinutes - WestmostMinutes + 1);
        foreach (var zone in _zones)
            if (!IsOpen(hours, zone, at))
                return false;
        return true;
    }

    /// <summary>The first moment not before <paramref name="from"/> that is open; null = none up to <paramref name="limit"/>.</summary>
    public Instant? NextOpen(WeekHours hours, Instant from, Instant limit)
    {
        if (IsOpen(hours, from)) return from;
        if (hours.IsEmpty || (_zones.Length == 0 && !hours.IsAlways && hours.OpenMinutes < EastmostMinutes - WestmostMinutes)) return null;
        // Hours repeat every week, and a change of the clocks can spoil one of them: what is not open in fifteen days is never open.
        var last = Instant.Min(limit, from + Duration.FromDays(15));
        for (var at = NextMinute(from); at <= last; at = NextMinute(at.Plus(Wait(hours, at))))
            if (IsOpen(hours, at))
                return at;
        return null;
    }

    /// <summary>Whether a moment lies on one of these days on any plausible calendar.</summary>
    public bool IsOn(PublicHolidays holidays, Instant at)
    {
        if (ReferenceEquals(holidays, PublicHolidays.None)) return false;
        if (_zones.Length == 0)
            return holidays.Contains(DayOf(at, WestmostMinutes * 60)) || holidays.Contains(DayOf(at, 0)) || holidays.Contains(DayOf(at, EastmostMinutes * 60));
        foreach (var plausible in _zones)
            if (holidays.Contains(DayOf(at, plausible.Zone.GetUtcOffset(at).Seconds)))
                return true;
        return false;
    }

    /// <summary>The first moment at which the next day has begun on every plausible calendar.</summary>
    public Instant NextDay(Instant at)
    {
        if (_zones.Length == 0) return Instant.FromUnixTimeSeconds((DayOf(at, WestmostMinutes * 60) + 1) * 86400L - WestmostMinutes * 60);
        // A day can be left out altogether, as in Apia in 2011: then it is the one after.
        return _zones.Max(plausible => at.InZone(plausible.Zone).Date.PlusDays(1).AtMidnight().InZoneLeniently(plausible.Zone).ToInstant());
    }

    // Far from a change of the clocks an offset is all there is to know of a zone; the last stretch asked for is kept.
    private static bool IsOpen(WeekHours hours, PlausibleZone plausible, Instant at)
    {
        if (plausible.Calm is { } calm && at >= calm.From && at < calm.To) return hours.Contains(MinuteOfWeek(at, calm.OffsetSeconds));
        var zone = plausible.Zone;
        var interval = zone.GetZoneInterval(at);
        plausible.Calm = new CalmStretch(
            interval.HasStart ? interval.Start + LongestShift : Instant.MinValue, interval.HasEnd ? interval.End - LongestShift : Instant.MaxValue, interval.WallOffset.Seconds);
        if (!hours.Contains(MinuteOfWeek(at, interval.WallOffset.Seconds))) return false;
        if (interval.HasStart && at - interval.Start < LongestShift && !IsQuiet(hours, zone, interval.Start, at)) return false;
        return !interval.HasEnd || interval.End - at > LongestShift || IsQuiet(hours, zone, interval.End, at);
    }

    private static bool IsQuiet(WeekHours hours, DateTimeZone zone, Instant change, Instant at)
    {
        var before = zone.GetUtcOffset(change - Duration.Epsilon).Seconds;
        var after = zone.GetUtcOffset(change).Seconds;
        var shift = Math.Abs(after - before);
        // A shift by a day (Apia 2011) leaves the time of day as it was: nothing is repeated or left out within a day.
        if (shift == 0 || shift >= 12 * 3600) return true;
        var distance = at < change ? change - at : at - change;
        return distance > Duration.FromSeconds(shift) || hours.ContainsAll(MinuteOfWeek(change, Math.Min(before, after)), (shift + 59) / 60);
    }

    // How long it is certain that the moment after stays closed; one minute less than the longest wait, as the loop goes on a minute.
    private Duration Wait(WeekHours hours, Instant at)
    {
        var longest = 0;
        foreach (var zone in _zones)
        {
            var interval = zone.Zone.GetZoneInterval(at);
            var wait = hours.WaitFrom(MinuteOfWeek(at, interval.WallOffset.Seconds)) ?? WeekHours.Minutes;
            // Near a change of the clocks the week is not the week of the table: go on minute by minute.
            if (interval.HasEnd) wait = (int)Math.Clamp((interval.End - at - LongestShift).TotalMinutes, 0, wait);
            longest = Math.Max(longest, wait);
        }
        return Duration.FromMinutes(Math.Max(0, longest - 1));
    }

    private static int MinuteOfWeek(Instant at, int offsetSeconds)
    {
        // 1970-01-01 was a Thursday, three days into the week.
        var minutes = Math.DivRem(at.ToUnixTimeSeconds() + offsetSeconds, 60, out var rest) - (rest < 0 ? 1 : 0) + 3 * 24 * 60;
        var minute = (int)(minutes % WeekHours.Minutes);
        return minute < 0 ? minute + WeekHours.Minutes : minute;
    }

    private static int DayOf(Instant at, int offsetSeconds)
    {
        var seconds = at.ToUnixTimeSeconds() + offsetSeconds;
        return (int)(seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400);
    }

    private static Instant NextMinute(Instant at) => Instant.FromUnixTimeSeconds((at.ToUnixTimeSeconds() / 60 + 1) * 60);

    private static ZoneSet Find((string? TimeZone, string? Country) key)
    {
        if (key.TimeZone is not null) return new ZoneSet([DateTimeZoneProviders.Tzdb[key.TimeZone]]);
        var zones = TzdbDateTimeZoneSource.Default.ZoneLocations!
            .Where(location => string.Equals(location.CountryCode, key.Country, StringComparison.Ordinal))
            .Select(location => DateTimeZoneProviders.Tzdb[location.ZoneId]).Distinct().ToArray();
        return zones.Length == 0 ? Everywhere : new ZoneSet(zones);
    }

    private sealed class PlausibleZone(DateTimeZone zone)
    {
        public DateTimeZone Zone { get; } = zone;

        public CalmStretch? Calm { get; set; }
    }

    private sealed record CalmStretch(Instant From, Instant To, int OffsetSeconds);
}
