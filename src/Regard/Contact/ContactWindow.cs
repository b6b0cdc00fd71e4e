namespace Regard.Contact;

/// <summary>
/// A stretch of time on some days of the week, in the customer's own time. It reaches across midnight when <paramref name="To"/> is not
/// after <paramref name="From"/>; the day is then the one on which it begins. 00:00 to 00:00 is the whole day.
/// </summary>
/// <param name="Days">The days on which it begins.</param>
/// <param name="From">The first minute that is welcome.</param>
/// <param name="To">The first minute that is not.</param>
public sealed record ContactWindow(IReadOnlyList<IsoDayOfWeek> Days, LocalTime From, LocalTime To);
