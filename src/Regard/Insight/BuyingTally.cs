namespace Regard.Insight;

/// <summary>
/// Gathers a customer base one customer at a time and keeps only how many share each (repeats, recency, age): ten million customers of a
/// shop that counts in days need as much memory as the few hundred thousand different rows among them.
/// </summary>
public sealed class BuyingTally
{
    private readonly DistinctRows _rows = new(1 << 16);
    private double _gaps;

    /// <summary>Customers so far.</summary>
    public int Customers { get; private set; }

    /// <summary>Different (repeats, recency, age) among them.</summary>
    public int Rows => _rows.Count;

    /// <summary>Adds a customer.</summary>
    /// <exception cref="ArgumentException">The summary is not <see cref="BuyingSummary.IsPossible"/>.</exception>
    public void Add(in BuyingSummary customer)
    {
        if (!customer.IsPossible) throw new ArgumentException($"{customer} cannot be a customer.", nameof(customer));
        _rows.Add(customer);
        _gaps += customer.LogGaps;
        Customers++;
    }

    /// <summary>The customers so far, ready for fitting.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public BuyingTable ToTable() => Customers > 0 ? BuyingTable.Arrange(_rows, Customers, _gaps) : throw new InvalidOperationException("There is no customer to learn from.");
}
