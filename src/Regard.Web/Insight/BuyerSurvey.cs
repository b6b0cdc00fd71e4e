using System.Buffers.Binary;

namespace Regard.Insight;

/// <summary>
/// What the models learn from, gathered in one pass over all customers: different rows with their numbers, never a list of everybody. Above
/// <see cref="MostCustomers"/> customers a part of them is learned from, chosen by their ids: a million give every parameter to less than one
/// per cent, and more only cost memory.
/// </summary>
/// <param name="customers">How many there are, about.</param>
/// <param name="firstDay">The day of the first purchase of all.</param>
/// <param name="today">The last day looked at.</param>
internal sealed class BuyerSurvey(long customers, int firstDay, int today)
{
    public const int MostCustomers = 1_000_000;

    /// <summary>Hold-out and spending are learned from at most so many.</summary>
    public const int MostInHoldOut = 200_000;

    private const int QuarterDays = 91;

    private readonly uint _inHoldOut = Below(Math.Min(1, (double)MostInHoldOut / Math.Max(1, customers)));
    private readonly uint _in = Below(Math.Min(1, (double)MostCustomers / Math.Max(1, customers)));

    public double Share { get; } = Math.Min(1, (double)MostCustomers / Math.Max(1, customers));

    /// <summary>How many customers there are, about: also those who are not learned from.</summary>
    public long Customers => customers;

    public int FirstDay => firstDay;

    public int Today => today;

    /// <summary>The last day before the time held out: the last quarter, or a third of the records where they are short.</summary>
    public int Cut { get; } = today - Math.Min(QuarterDays, Math.Max(1, (today - firstDay) / 3));

    public BuyingTally Tally { get; } = new();

    public List<KnownCustomer> Known { get; } = [];

    public Dictionary<string, List<Spending>> Spendings { get; } = new(StringComparer.Ordinal);

    /// <summary>First purchases by day since the first of all.</summary>
    public long[] Firsts { get; } = new long[today - firstDay + 1];

    /// <summary>Repeat purchases by day.</summary>
    public long[] Again { get; } = new long[today - firstDay + 1];

    public Dictionary<int, long> ByRepeats { get; } = [];

    public long Repeats { get; private set; }

    /// <summary>Looks at one customer.</summary>
    public void Add(Buyer buyer)
    {
        if (buyer.Days[0] > today || !IsIn(buyer.CustomerId, _in)) return;
        var summary = buyer.Summary(today);
        Tally.Add(summary);
        Repeats += summary.Repeats;
        ByRepeats[summary.Repeats] = ByRepeats.GetValueOrDefault(summary.Repeats) + 1;
        Firsts[buyer.Days[0] - firstDay]++;
        for (var n = 1; n <= summary.Repeats; n++) Again[buyer.Days[n] - firstDay]++;
        if (!IsIn(buyer.CustomerId, _inHoldOut)) return;
        if (buyer.Days[0] <= Cut) Known.Add(new KnownCustomer(buyer.Summary(Cut), buyer.Later(Cut, today)));
        if (buyer.Main.Spending is not { Mean: > 0 } spending) return;
        if (!Spendings.TryGetValue(buyer.Main.Currency, out var list)) Spendings[buyer.Main.Currency] = list = [];
        list.Add(spending);
    }

    /// <summary>Sums by weeks that end today: the first one may be shorter.</summary>
    public static long[] Weeks(long[] days)
    {
        var weeks = new long[(days.Length + 6) / 7];
        for (var day = 0; day < days.Length; day++) weeks[weeks.Length - 1 - ((days.Length - 1 - day) / 7)] += days[day];
        return weeks;
    }

    // The last bytes of an id are random, whenever it was made.
    private static bool IsIn(Guid id, uint below)
    {
        if (below == uint.MaxValue) return true;
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) < below;
    }

    private static uint Below(double share) => share >= 1 ? uint.MaxValue : (uint)(share * uint.MaxValue);
}
