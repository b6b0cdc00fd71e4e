using System.Threading.Tasks;

namespace Regard.Insight;

/// <summary>
/// Whether two groups differ in their mean by more than chance, without supposing how the values are spread: the groups are dealt again and
/// again (Fisher 1935; p-value with the observed deal counted, Phipson and Smyth 2010). From a fixed seed: the same values give the
/// same answer, on one core or many.
/// </summary>
public static class PermutationTest
{
    private const int Hands = 16;

    /// <summary>The two-sided p-value, from 1/(shuffles + 1) to 1; 1 when a group is empty.</summary>
    /// <param name="one">The values of the one group, finite. For waits their logarithms or ranks, or a single absurd one rules the mean.</param>
    /// <param name="other">The values of the other group.</param>
    /// <param name="shuffles">How often dealt, 1 or more.</param>
    public static double PValue(ReadOnlySpan<double> one, ReadOnlySpan<double> other, int shuffles = 10_000)
    {
        if (one.IsEmpty || other.IsEmpty) return 1;
        // The sum of the smaller group decides: the whole is known, and fewer cards are dealt.
        var few = one.Length <= other.Length ? one : other;
        double[] all = [.. one, .. other];
        var mean = all.Average();
        var scale = Math.Max(all.Max(v => Math.Abs(v - mean)), 1e-300);
        // Whole numbers add up alike in every order, so that ties are ties.
        int[] cards = [.. all.Select(v => (int)Math.Round((v - mean) / scale * 1_000_000))];
        var whole = cards.Sum(v => (long)v);
        double expected = (double)whole * few.Length / cards.Length, observed = 0;
        foreach (var value in few) observed += Math.Round((value - mean) / scale * 1_000_000);
        var distance = Math.Abs(observed - expected) - 1e-6;
        var reached = new int[Hands];
        var count = few.Length;
        Parallel.For(0, Hands, hand => reached[hand] = Deal(cards, count, (shuffles / Hands) + (hand < shuffles % Hands ? 1 : 0), (ulong)hand, expected, distance));
        return (reached.Sum() + 1.0) / (shuffles + 1.0);
    }

    // Each deal goes on from the last: a shuffled pack shuffled again is as good as a new one.
    private static int Deal(int[] sorted, int count, int times, ulong seed, double expected, double distance)
    {
        var cards = (int[])sorted.Clone();
        var dice = new Dice(0x5EED_0000 + seed);
        var reached = 0;
        for (var n = 0; n < times; n++)
        {
            long sum = 0;
            var left = (uint)cards.Length;
            for (var i = 0; i < count; i++, left--)
            {
                var j = i + (int)(((dice.Next() >> 32) * left) >> 32);
                var card = cards[j];
                cards[j] = cards[i];
                cards[i] = card;
                sum += card;
            }
            if (Math.Abs(sum - expected) >= distance) reached++;
        }
        return reached;
    }
}
