using System.Numerics;

namespace Regard.Insight;

/// <summary>
/// A customer base made ready for fitting: equal customers are counted once with a weight, and rows with equally many repeats lie
/// together, so that everything that depends on the number of repeats alone is reckoned once for all of them. The same customers in the
/// same order always give the same table, and every sum over it is made in the same order, on one core or many.
/// </summary>
public sealed class BuyingTable
{
    internal const int BlockRows = 4096;

    private BuyingTable(int customers, int rows, double logGaps)
    {
        Customers = customers;
        Rows = rows;
        LogGaps = logGaps;
    }

    /// <summary>Customers.</summary>
    public int Customers { get; }

    /// <summary>Different (repeats, recency, age) among them.</summary>
    public int Rows { get; }

    /// <summary>Repeat purchases of all customers.</summary>
    public long Repeats => Levels.Sum(level => (long)level.Repeats * level.Customers);

    internal double LogGaps { get; }

    internal double[] Recency { get; private init; } = [];

    internal double[] Age { get; private init; } = [];

    /// <summary>Customers of a row; 0 in the rows that fill a block up to the width of a vector.</summary>
    internal double[] Weight { get; private init; } = [];

    internal Block[] Blocks { get; private init; } = [];

    internal Level[] Levels { get; private init; } = [];

    /// <summary>Collapses customers.</summary>
    /// <exception cref="ArgumentException">A summary is not <see cref="BuyingSummary.IsPossible"/>, or there is none.</exception>
    public static BuyingTable Of(ReadOnlySpan<BuyingSummary> customers)
    {
        if (customers.IsEmpty) throw new ArgumentException("There is no customer to learn from.", nameof(customers));
        var distinct = new DistinctRows(customers.Length);
        var gaps = 0.0;
        foreach (ref readonly var customer in customers)
        {
            if (!customer.IsPossible) throw new ArgumentException($"{customer} cannot be a customer.", nameof(customers));
            distinct.Add(customer);
            gaps += customer.LogGaps;
        }
        return Arrange(distinct, customers.Length, gaps);
    }

    /// <summary>Something summed over all customers; what is known of one number of repeats and age is handed on to the next ones like it.</summary>
    internal double Sum(Func<Dictionary<(int, double), double[]>, BuyingSummary, double> one)
    {
        var known = new Dictionary<(int, double), double[]>();
        var sum = 0.0;
        foreach (var block in Blocks)
            for (var i = block.Start; i < block.End; i++)
                if (Weight[i] > 0) sum += Weight[i] * one(known, new BuyingSummary(block.Repeats, Recency[i], Age[i]));
        return sum;
    }

    internal static BuyingTable Arrange(DistinctRows rows, int customers, double gaps)
    {
        var order = rows.ByRepeats();
        List<double> recency = new(rows.Count + 64), age = new(rows.Count + 64), weight = new(rows.Count + 64);
        List<Block> blocks = [];
        List<Level> levels = [];
        for (var i = 0; i < order.Length;)
        {
            var (x, start, total) = (rows[order[i]].Repeats, recency.Count, 0.0);
            for (; i < order.Length && rows[order[i]].Repeats == x; i++)
            {
                recency.Add(rows[order[i]].Recency);
                age.Add(rows[order[i]].Age);
                weight.Add(rows.Weight(order[i]));
                total += weight[^1];
            }
            while (recency.Count % Vector<double>.Count != 0)
            {
                recency.Add(recency[^1]);
                age.Add(age[^1]);
                weight.Add(0);
            }
            for (; start < recency.Count; start += BlockRows) blocks.Add(new Block(x, start, Math.Min(start + BlockRows, recency.Count)));
            levels.Add(new Level(x, (int)total));
        }
        return new BuyingTable(customers, rows.Count, gaps)
        {
            Recency = [.. recency],
            Age = [.. age],
            Weight = [.. weight],
            Blocks = [.. blocks],
            Levels = [.. levels],
        };
    }

    /// <summary>Rows from <paramref name="Start"/> up to <paramref name="End"/> that share a number of repeats.</summary>
    internal readonly record struct Block(int Repeats, int Start, int End);

    /// <summary>How many customers have this number of repeats.</summary>
    internal readonly record struct Level(int Repeats, int Customers);
}
