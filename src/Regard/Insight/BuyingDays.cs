using System.Numerics;

namespace Regard.Insight;

/// <summary>Summaries of purchases, from rows of (customer, day).</summary>
public static class BuyingDays
{
    private static readonly double[] LogDays = [.. Enumerable.Range(0, 4096).Select(n => Math.Log(Math.Max(1, n)))];

    /// <summary>
    /// Summaries from purchases in key order, customers together and their days rising, in one pass that keeps nothing but the customer at
    /// hand. Several rows of one day are one purchase.
    /// </summary>
    /// <param name="customers">The customer of each purchase: any numbers, equal ones together.</param>
    /// <param name="days">The day of each purchase, rising within a customer.</param>
    /// <param name="today">The last day seen; purchases after it are not to be among the rows.</param>
    /// <param name="daysInUnit">1 for summaries in days, 7 for weeks.</param>
    /// <param name="into">Called for each customer in turn, with the customer's number.</param>
    /// <exception cref="ArgumentException">A customer's days fall, or lie after today.</exception>
    public static void InOrder(ReadOnlySpan<int> customers, ReadOnlySpan<int> days, int today, double daysInUnit, Action<int, BuyingSummary> into)
    {
        var unit = 1 / daysInUnit;
        var logUnit = Math.Log(daysInUnit);
        for (int i = 0, next; i < customers.Length; i = next)
        {
            int customer = customers[i], first = days[i], last = first, repeats = 0;
            var gaps = 0.0;
            for (next = i + 1; next < customers.Length && customers[next] == customer; next++)
            {
                var gap = days[next] - last;
                if (gap == 0) continue;
                if (gap < 0) throw new ArgumentException($"The purchases of customer {customer} are not in the order of time.", nameof(days));
                repeats++;
                last = days[next];
                gaps += gap < LogDays.Length ? LogDays[gap] : Math.Log(gap);
            }
            if (last > today) throw new ArgumentException($"Customer {customer} bought after the last day.", nameof(days));
            into(customer, new BuyingSummary(repeats, (last - first) * unit, (today - first) * unit, gaps - (repeats * logUnit)));
        }
    }

    /// <summary>The same from purchases in any order: sorted first, by radix, in twice the memory of the keys.</summary>
    /// <param name="customers">0 or above.</param>
    /// <param name="days">0 or above.</param>
    /// <param name="today">As for <see cref="InOrder"/>.</param>
    /// <param name="daysInUnit">As for <see cref="InOrder"/>.</param>
    /// <param name="into">Called for each customer, the smallest number first.</param>
    public static void InAnyOrder(ReadOnlySpan<int> customers, ReadOnlySpan<int> days, int today, double daysInUnit, Action<int, BuyingSummary> into)
    {
        int dayBits = Bits(days), bits = dayBits + Bits(customers);
        if (bits > 32) Sorted<ulong>(customers, days, dayBits, bits, (c, d) => InOrder(c, d, today, daysInUnit, into));
        else Sorted<uint>(customers, days, dayBits, bits, (c, d) => InOrder(c, d, today, daysInUnit, into));
    }

    private delegate void Columns(ReadOnlySpan<int> customers, ReadOnlySpan<int> days);

    private static void Sorted<T>(ReadOnlySpan<int> customers, ReadOnlySpan<int> days, int dayBits, int bits, Columns use)
        where T : unmanaged, IBinaryInteger<T>
    {
        var keys = new T[customers.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = (T.CreateTruncating(customers[i]) << dayBits) | T.CreateTruncating(days[i]);
        keys = Radix(keys, bits);
        // Handed on in pieces that end between customers, so that columns of the whole are never made again.
        var day = T.CreateTruncating((1L << dayBits) - 1);
        for (int from = 0, to; from < keys.Length; from = to)
        {
            to = Math.Min(keys.Length, from + 65_536);
            while (to < keys.Length && keys[to] >> dayBits == keys[to - 1] >> dayBits) to++;
            int[] c = new int[to - from], d = new int[to - from];
            for (var i = from; i < to; i++) (c[i - from], d[i - from]) = (int.CreateTruncating(keys[i] >> dayBits), int.CreateTruncating(keys[i] & day));
            use(c, d);
        }
    }

    private static T[] Radix<T>(T[] keys, int bits)
        where T : unmanaged, IBinaryInteger<T>
    {
        const int Digit = 11;
        var other = new T[keys.Length];
        var mask = T.CreateTruncating((1 << Digit) - 1);
        for (var shift = 0; shift < bits; shift += Digit)
        {
            var next = new int[(1 << Digit) + 1];
            foreach (var key in keys) next[int.CreateTruncating((key >> shift) & mask) + 1]++;
            for (var i = 1; i < next.Length; i++) next[i] += next[i - 1];
            foreach (var key in keys) other[next[int.CreateTruncating((key >> shift) & mask)]++] = key;
            (keys, other) = (other, keys);
        }
        return keys;
    }

    private static int Bits(ReadOnlySpan<int> values)
    {
        var all = 0;
        foreach (var value in values) all |= value;
        return all >= 0 ? 32 - BitOperations.LeadingZeroCount((uint)all) : throw new ArgumentException("Customers and days are 0 or above.", nameof(values));
    }
}
