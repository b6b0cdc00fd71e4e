using NodaTime.Text;

namespace Regard.Api;

/// <summary>Days as people and programs write them: 2027-01-31.</summary>
internal static class IsoDay
{
    /// <summary>The day; null = nothing was written, it cannot be read, or it lies outside of the years 1901 to 2999, where no shop has dates.</summary>
    public static LocalDate? Read(string? text) =>
        LocalDatePattern.Iso.Parse(text?.Trim() ?? "").TryGetValue(default, out var day) && day.Year is > 1900 and < 3000 ? day : null;
}
