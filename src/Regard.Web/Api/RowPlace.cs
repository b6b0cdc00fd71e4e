using System.Globalization;
using NodaTime.Text;

namespace Regard.Api;

/// <summary>Where a page of a list begins: after the row that these two words name, its moment or day and its id. Null = they name none: the first page.</summary>
internal static class RowPlace
{
    public static (Instant At, Guid Id)? ByInstant(IReadOnlyList<string>? words) =>
        words is [var at, var id] && InstantPattern.ExtendedIso.Parse(at) is { Success: true } parsed && IdOf(id) is { } row ? (parsed.Value, row) : null;

    public static (LocalDate Day, Guid Id)? ByDay(IReadOnlyList<string>? words) =>
        words is [var day, var id] && LocalDatePattern.Iso.Parse(day) is { Success: true } parsed && IdOf(id) is { } row ? (parsed.Value, row) : null;

    private static Guid? IdOf(string word) => Guid.TryParse(word, CultureInfo.InvariantCulture, out var id) ? id : null;
}
