using NodaTime.Text;
using Regard.Contact;

namespace Regard.Imports;

/// <summary>Hours as people write them in a table: <c>mon-fri 09:00-17:00; sat 10:00-12:00</c>, or <c>daily 18:00-20:00</c>.</summary>
internal static class HoursText
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("H:mm");
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>The windows; null = it cannot be read.</summary>
    public static IReadOnlyList<ContactWindow>? Read(string text)
    {
        var windows = new List<ContactWindow>();
        foreach (var part in text.ToLowerInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var days, var hours] || ReadDays(days) is not { } on) return null;
            if (hours.Split('-') is not [var from, var to] || !Time.Parse(from).TryGetValue(default, out var begin) || !Time.Parse(to).TryGetValue(default, out var end)) return null;
            windows.Add(new ContactWindow(on, begin, end));
        }
        return windows.Count == 0 ? null : windows;
    }

    private static List<IsoDayOfWeek>? ReadDays(string text)
    {
        if (text == "daily") text = "mon-sun";
        var on = new List<IsoDayOfWeek>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-').Select(day => Array.IndexOf(Days, day)).ToList();
            if (ends.Count > 2 || ends.Contains(-1)) return null;
            for (var day = ends[0]; ; day = (day + 1) % 7)
            {
                on.Add((IsoDayOfWeek)(day + 1));
                if (day == ends[^1]) break;
            }
        }
        return on;
    }
}
