using System.Threading.Tasks;

namespace Regard.Insight;

/// <summary>
/// Sums over a <see cref="BuyingTable"/> on all cores. The blocks are grouped alike on every machine, each group is summed by itself, and
/// the groups are added in their order: the answer is the same to the last bit however many cores there are.
/// </summary>
internal static class BlockSums
{
    private const int GroupRows = 8192;

    /// <summary>Adds the part of one block to the sums.</summary>
    public delegate void OfBlock(in BuyingTable.Block block, Span<double> sums);

    public static double[] Of(BuyingTable table, int width, OfBlock one)
    {
        var groups = Groups(table);
        var parts = new double[groups.Count * width];
        if (groups.Count < 4) for (var g = 0; g < groups.Count; g++) Group(g);
        else Parallel.For(0, groups.Count, Group);
        var sums = new double[width];
        for (var i = 0; i < parts.Length; i++) sums[i % width] += parts[i];
        return sums;

        void Group(int g)
        {
            var mine = parts.AsSpan(g * width, width);
            foreach (ref readonly var block in table.Blocks.AsSpan(groups[g].From, groups[g].To - groups[g].From)) one(block, mine);
        }
    }

    private static List<(int From, int To)> Groups(BuyingTable table)
    {
        List<(int, int)> groups = [];
        for (int from = 0, to = 0; to < table.Blocks.Length; from = to)
        {
            for (var rows = 0; to < table.Blocks.Length && rows < GroupRows; to++) rows += table.Blocks[to].End - table.Blocks[to].Start;
            groups.Add((from, to));
        }
        return groups;
    }
}
