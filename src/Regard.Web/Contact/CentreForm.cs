using System.Globalization;
using NodaTime.Text;

namespace Regard.Contact;

/// <summary>
/// The preference centre's form: the whole of somebody's wishes as fields by name. What is said is what differs from the present wishes;
/// a field that was not sent is unchanged.
/// </summary>
public sealed class CentreForm
{
    /// <summary>The limits' scopes: everything together, and each purpose that we begin.</summary>
    public static IReadOnlyList<(string Name, Purpose? Purpose)> Scopes { get; } =
        [("all", null), ("service", Purpose.Service), ("care", Purpose.Care), ("marketing", Purpose.Marketing), ("research", Purpose.Research)];

    private const int MostSlots = 7;
    private const int MostWindows = 6;
    private const int LongestPerson = 100;

    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private readonly Dictionary<string, string> _fields;

    private CentreForm(Dictionary<string, string> fields) => _fields = fields;

    public string this[string name] => _fields.GetValueOrDefault(name, "");

    /// <summary>The present wishes as the form shows them.</summary>
    public static CentreForm Of(Wishes wishes, string? timeZone, Instant now)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var purpose in Purposes.All)
        {
            var channels = wishes.For(purpose)?.Channels;
            if (channels is { Count: 0 }) fields[Slot(purpose, 1)] = "none";
            for (var n = 0; n < (channels?.Count ?? 0); n++) fields[Slot(purpose, n + 1)] = Words.Of(channels![n]);
        }
        var hours = Hours(wishes, Channel.Phone) ?? Hours(wishes, Channel.Sms) ?? Hours(wishes, Channel.Visit) ?? Hours(wishes, Channel.Email);
        foreach (var window in hours?.ToSpans() ?? [])
            foreach (var day in window.Days)
            {
                var place = Enumerable.Range(1, MostWindows).First(n => n == MostWindows || !fields.ContainsKey(From(day, n)));
                (fields[From(day, place)], fields[To(day, place)]) = (Time.Format(window.From), Time.Format(window.To));
            }
        fields["hours_for"] = hours is not null && Same(hours, Hours(wishes, Channel.Email)) ? "all" : "calls";
        foreach (var (scope, purpose) in Scopes)
        {
            var limits = wishes.Limits.Where(state => state.Limit.Purpose == purpose).ToList();
            for (var n = 0; n < limits.Count; n++)
                (fields[Count(scope, n + 1)], fields[Days(scope, n + 1)]) = (Number(limits[n].Limit.Count), Number(limits[n].Limit.Days));
        }
        if (wishes.Pause is { } pause && pause.Until > now) fields["PauseUntil"] = LocalDatePattern.Iso.Format(PauseDay(pause.Until, timeZone));
        if (wishes.Holidays is { } holidays) fields["holidays"] = holidays.IsWelcome ? "yes" : "no";
        if (wishes.Language is { } language) fields["language"] = language;
        if (wishes.Person is { } person) fields["person"] = person;
        return new CentreForm(fields);
    }

    /// <summary>What was sent, over what holds.</summary>
    public static CentreForm Sent(IFormCollection form, CentreForm present)
    {
        var fields = new Dictionary<string, string>(present._fields, StringComparer.Ordinal);
        foreach (var (name, value) in form) fields[name] = value.ToString().Trim();
        return new CentreForm(fields);
    }

    /// <summary>The form with offers and surveys ended, as a browser may ask.</summary>
    public CentreForm WithoutOffers()
    {
        var fields = new Dictionary<string, string>(_fields, StringComparer.Ordinal);
        foreach (var purpose in new[] { Purpose.Marketing, Purpose.Research })
            for (var n = 1; n <= MostSlots; n++) fields[Slot(purpose, n)] = n == 1 ? "none" : "";
        return new CentreForm(fields);
    }

    public static string Slot(Purpose purpose, int n) => $"{Words.Of(purpose)}_{n}";

    public static string From(IsoDayOfWeek day, int n) => $"from_{(int)day}_{n}";

    public static string To(IsoDayOfWeek day, int n) => $"to_{(int)day}_{n}";

    public static string Count(string scope, int n) => $"limit_{scope}_{n}_count";

    public static string Days(string scope, int n) => $"limit_{scope}_{n}_days";

    /// <summary>How many ways the form offers for a purpose: one more than are named.</summary>
    public int Slots(Purpose purpose) => Math.Clamp(Enumerable.Range(1, MostSlots).Count(n => this[Slot(purpose, n)].Length > 0) + 1, 3, MostSlots);

    /// <summary>How many stretches of time it offers for a day.</summary>
    public int Windows(IsoDayOfWeek day) => Math.Clamp(Enumerable.Range(1, MostWindows).Count(n => this[From(day, n)].Length > 0), 2, MostWindows);

    /// <summary>Whether any hours are named.</summary>
    public bool HasHours => _fields.Any(pair => pair.Value.Length > 0 && pair.Key.StartsWith("from_", StringComparison.Ordinal));

    /// <summary>How many limits of a scope it shows.</summary>
    public int Limits(string scope) => Math.Max(1, Enumerable.Range(1, 20).Count(n => this[Count(scope, n)].Length > 0));

    /// <summary>
    /// The statements that make the sent form hold, in their order: more than one when a limit ends, because a limit cannot be taken away
    /// singly. Empty = it says nothing new. Instead what is wrong with it.
    /// </summary>
    public (IReadOnlyList<Wish> Wishes, Phrase? Fault) Changes(CentreForm present, string? timeZone, Instant now)
    {
        var wish = new Wish();
        if (ReadPurposes(present) is not { } purposes) return ([], WishPhrases.BadChoice);
        if (purposes.Count > 0) wish = wish with { Purposes = purposes };
        if (ReadHours() is not { } windows || present.ReadHours() is not { } before) return ([], WishPhrases.BadHours);
        if (this["hours_for"] != present["hours_for"] || !Same(WeekHours.Of(windows), WeekHours.Of(before))) wish = wish with { Hours = HoursOf(windows, present) };
        if (this["PauseUntil"] != present["PauseUntil"])
        {
            var (until, fault) = WishForm.ReadPause(this["PauseUntil"], timeZone);
            if (fault is not null) return ([], fault);
            wish = wish with { PauseUntil = until ?? now };
        }
        if (this["holidays"] != present["holidays"] && this["holidays"].Length > 0) wish = wish with { OnHolidays = this["holidays"] == "yes" };
        if (this["language"] != present["language"] && this["language"].Length > 0)
        {
            if (HouseLanguages.Read(this["language"]) is not { } language) return ([], WishPhrases.BadChoice);
            wish = wish with { Language = language.Tag() };
        }
        if (this["person"].Length > LongestPerson) return ([], CentrePhrases.LongPerson);
        if (this["person"] != present["person"]) wish = wish with { Person = this["person"] };
        if (this["Everything"].Length > 0)
        {
            if (WishForm.OfEverything(this["Everything"], wish) is not { } whole) return ([], WishPhrases.BadChoice);
            wish = whole;
        }
        return WithLimits(wish, present);
    }

    private (IReadOnlyList<Wish>, Phrase?) WithLimits(Wish wish, CentreForm present)
    {
        List<ContactLimit> all = [], changed = [];
        var isEnded = false;
        foreach (var (scope, purpose) in Scopes)
        {
            if (ReadLimits(scope, purpose) is not { } limits || present.ReadLimits(scope, purpose) is not { } before) return ([], CentrePhrases.BadLimit);
            all.AddRange(limits);
            if (limits.SequenceEqual(before)) continue;
            if (limits.Count == 0) isEnded = true;
            changed.AddRange(limits);
        }
        if (isEnded) return (all.Count == 0 ? [wish with { Limits = [] }] : [wish with { Limits = [] }, new Wish { Limits = all }], null);
        if (changed.Count > 0) wish = wish with { Limits = changed };
        return (wish == new Wish() ? [] : [wish], null);
    }

    private List<PurposeWish>? ReadPurposes(CentreForm present)
    {
        var purposes = new List<PurposeWish>();
        foreach (var purpose in Purposes.All)
        {
            if (ReadChannels(purpose) is not { } read || present.ReadChannels(purpose) is not { } before) return null;
            if (read.Channels is null || (before.Channels is { } known && known.SequenceEqual(read.Channels))) continue;
            purposes.Add(new PurposeWish(purpose, read.Channels));
        }
        return purposes;
    }

    // Null = no choice of the form; a choice without channels leaves it to the house's rules.
    private Choice? ReadChannels(Purpose purpose)
    {
        var chosen = Enumerable.Range(1, MostSlots).Select(n => this[Slot(purpose, n)]).Where(word => word.Length > 0).ToList();
        if (chosen.Count == 0) return new Choice(null);
        if (chosen[0] == "none") return new Choice([]);
        var channels = chosen.Select(word => Words.Read<Channel>(word)).ToList();
        return channels.TrueForAll(channel => channel is not null) ? new Choice([.. channels.Select(channel => channel!.Value).Distinct()]) : null;
    }

    private List<ContactWindow>? ReadHours()
    {
        var windows = new List<ContactWindow>();
        foreach (var day in Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None))
            for (var n = 1; n <= MostWindows; n++)
            {
                var (from, to) = (this[From(day, n)], this[To(day, n)]);
                if (from.Length == 0 && to.Length == 0) continue;
                if (!Time.Parse(from).TryGetValue(default, out var start) || !Time.Parse(to).TryGetValue(default, out var end)) return null;
                windows.Add(new ContactWindow([day], start, end));
            }
        return windows;
    }

    private List<HoursWish> HoursOf(List<ContactWindow> windows, CentreForm present)
    {
        var isForAll = this["hours_for"] == "all";
        List<HoursWish> hours = [new(isForAll ? [Channel.Email, Channel.Phone, Channel.Sms, Channel.Visit] : [Channel.Phone, Channel.Sms, Channel.Visit], windows)];
        if (!isForAll && present["hours_for"] == "all") hours.Add(new HoursWish([Channel.Email], []));
        return hours;
    }

    private List<ContactLimit>? ReadLimits(string scope, Purpose? purpose)
    {
        var limits = new List<ContactLimit>();
        for (var n = 1; n <= 20; n++)
        {
            var (count, days) = (this[Count(scope, n)], this[Days(scope, n)]);
            if (count.Length == 0) continue;
            if (!int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var most) || most > 100) return null;
            if (!int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length is < 1 or > 3660) return null;
            limits.Add(new ContactLimit(purpose, most, length));
        }
        return limits;
    }

    private static WeekHours? Hours(Wishes wishes, Channel channel) =>
        wishes.Hours.FirstOrDefault(state => state.Channel == channel) is { } state ? WeekHours.Of(state.Windows) : null;

    private static bool Same(WeekHours one, WeekHours? other) => other is not null && one.OpenMinutes == other.OpenMinutes && one.And(other).OpenMinutes == one.OpenMinutes;

    // The day that WishForm.ReadPause makes the same instant of.
    private static LocalDate PauseDay(Instant until, string? timeZone) =>
        timeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is { } zone ? until.InZone(zone).Date : (until - Duration.FromHours(12)).InUtc().Date;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Choice(List<Channel>? Channels);
}
