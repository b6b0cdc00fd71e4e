namespace Regard.Insight;

/// <summary>The different (repeats, recency, age) of a customer base and how many customers share each, in the order they first came.</summary>
internal sealed class DistinctRows
{
    private int[] _slots;
    private Row[] _rows = new Row[1024];

    public DistinctRows(int expected) => _slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(expected / 4, 1024, 1 << 22))];

    public int Count { get; private set; }

    public Row this[int row] => _rows[row];

    public double Weight(int row) => _rows[row].Customers;

    public void Add(in BuyingSummary customer)
    {
        var mask = _slots.Length - 1;
        for (var slot = (int)Hash(customer.Repeats, customer.Recency, customer.Age) & mask; ; slot = (slot + 1) & mask)
        {
            var at = _slots[slot] - 1;
            if (at < 0)
            {
                if (Count == _rows.Length) Array.Resize(ref _rows, Count * 2);
                _rows[Count] = new Row(customer.Recency, customer.Age, customer.Repeats, 1);
                _slots[slot] = ++Count;
                if (Count > _slots.Length / 2) Grow();
                return;
            }
            ref var row = ref _rows[at];
            if (row.Repeats != customer.Repeats || row.Recency != customer.Recency || row.Age != customer.Age) continue;
            row.Customers++;
            return;
        }
    }

    /// <summary>The rows with few repeats first, otherwise in the order they came.</summary>
    public int[] ByRepeats()
    {
        var order = new int[Count];
        var repeats = new int[Count];
        for (var i = 0; i < Count; i++) (order[i], repeats[i]) = (i, _rows[i].Repeats);
        var most = repeats.Max();
        if (most > 1_000_000)
        {
            // Sorting by both keeps the order; nobody buys that often, and the counts would not fit.
            return [.. order.OrderBy(i => _rows[i].Repeats)];
        }
        var next = new int[most + 2];
        foreach (var x in repeats) next[x + 1]++;
        for (var x = 1; x < next.Length; x++) next[x] += next[x - 1];
        for (var i = 0; i < Count; i++) order[next[repeats[i]]++] = i;
        return order;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var at = 0; at < Count; at++)
        {
            var slot = (int)Hash(_rows[at].Repeats, _rows[at].Recency, _rows[at].Age) & mask;
            while (_slots[slot] != 0) slot = (slot + 1) & mask;
            _slots[slot] = at + 1;
        }
    }

    // Doubles of dates differ in their high bits: they are mixed down twice, or neighbours would share their slots.
    private static ulong Hash(int repeats, double recency, double age)
    {
        var h = BitConverter.DoubleToUInt64Bits(recency) ^ ((ulong)(uint)repeats * 0x9E3779B97F4A7C15);
        h = (h ^ (h >> 32)) * 0xD6E8FEB86659FD93;
        h = (h ^ (h >> 32) ^ BitConverter.DoubleToUInt64Bits(age)) * 0xD6E8FEB86659FD93;
        h = (h ^ (h >> 32)) * 0xD6E8FEB86659FD93;
        return h ^ (h >> 32);
    }

    internal record struct Row(double Recency, double Age, int Repeats, int Customers);
}
