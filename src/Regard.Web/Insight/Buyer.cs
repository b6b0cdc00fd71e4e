namespace Regard.Insight;

/// <summary>A customer as the models see one: the days on which they bought (UTC, days since 1970, rising), and what they kept in each currency.</summary>
internal sealed record Buyer(Guid CustomerId, IReadOnlyList<int> Days, IReadOnlyList<Spent> Spent)
{
    /// <summary>The currency they bought in on most days; of equals the first by its code.</summary>
    public Spent Main => Spent[0];

    public static int Day(Instant at) => (int)Math.Floor(at.ToUnixTimeTicks() / (double)NodaConstants.TicksPerDay);

    public static int Day(LocalDate date) => Day(date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant());

    public static Instant At(int day) => Instant.FromUnixTimeSeconds(day * 86_400L);

    /// <summary>All purchases up to a day, as known at its end.</summary>
    public BuyingSummary Summary(int today)
    {
        int last = Days[0], repeats = 0;
        var gaps = 0.0;
        foreach (var day in Days.Skip(1).TakeWhile(day => day <= today))
        {
            gaps += Math.Log(day - last);
            last = day;
            repeats++;
        }
        return new BuyingSummary(repeats, last - Days[0], Math.Max(today, last) - Days[0], gaps);
    }

    /// <summary>How many purchases there were after a day and up to another.</summary>
    public int Later(int after, int until) => Days.Count(day => day > after && day <= until);
}

/// <summary>What a customer spent in one currency: on how many days, and what they kept in minor units (bought less given back).</summary>
internal readonly record struct Spent(string Currency, int Purchases, long KeptMinor)
{
    /// <summary>For the spend model: who kept nothing says nothing about what a purchase is worth.</summary>
    public Spending Spending => KeptMinor > 0 ? new Spending(Purchases, (double)KeptMinor / Purchases) : default;
}
