namespace Regard.Orders;

/// <summary>A calendar month in UTC as one number, year × 100 + month (<c>202611</c>): the key of monthly rollups, in order of time.</summary>
public static class Month
{
    /// <summary>The month that an instant falls in.</summary>
    public static int Of(Instant at)
    {
        var date = at.InUtc().Date;
        return date.Year * 100 + date.Month;
    }

    /// <summary>The month so many months later; negative: earlier.</summary>
    public static int Add(int month, int months)
    {
        var count = month / 100 * 12 + month % 100 - 1 + months;
        return count / 12 * 100 + count % 12 + 1;
    }

    /// <summary>The months from one to another; 0 when they are the same, negative when the second is earlier.</summary>
    public static int Between(int first, int second) => second / 100 * 12 + second % 100 - (first / 100 * 12 + first % 100);

    /// <summary>The first instant of a month.</summary>
    public static Instant Start(int month) => Instant.FromUtc(month / 100, month % 100, 1, 0, 0);
}
