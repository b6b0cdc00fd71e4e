using System.Numerics;
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
        var deal = new Deal(cards, few.Length, expected, Math.Abs(observed - expected) - 1e-6);
        var reached = new int[Hands];
        Parallel.For(0, Hands, hand => reached[hand] = deal.Reached((shuffles / Hands) + (hand < shuffles % Hands ? 1 : 0), new Dice(0x5EED_0000 + (ulong)hand)));
        return (reached.Sum() + 1.0) / (shuffles + 1.0);
    }

    /// <summary>Deals and counts. Not the cards are moved (that would wait for memory), but marks of one bit.</summary>
    /// <param name="cards">The values, all of them.</param>
    /// <param name="count">How many are dealt, at most half.</param>
    /// <param name="expected">Their sum on average.</param>
    /// <param name="distance">Deals at least so far from it are counted.</param>
    private sealed class Deal(int[] cards, int count, double expected, double distance)
    {
        public int Reached(int times, Dice dice)
        {
            var reached = 0;
            var marks = new ulong[(cards.Length + 63) / 64];
            for (var n = 0; n < times; n++)
                if (Math.Abs(Sum(marks, ref dice) - expected) >= distance) reached++;
            return reached;
        }

        private long Sum(ulong[] marks, ref Dice dice)
        {
            Mark(marks, ref dice);
            return Sum(marks);
        }

        // Every card is marked with a chance of so many 64ths, a little below the right one, 64 cards at a time; then cards drawn at random are
        // marked or freed until their number is right. Whatever the number was, all sets of it were equally likely, and they stay so.
        private void Mark(ulong[] marks, ref Dice dice)
        {
            var chance = (int)(64L * count / cards.Length);
            var marked = 0;
            for (var word = 0; word < marks.Length; word++)
            {
                ulong bits = 0;
                for (var bit = BitOperations.TrailingZeroCount(chance); bit < 6; bit++) bits = (chance >> bit & 1) == 1 ? bits | dice.Next() : bits & dice.Next();
                marks[word] = bits;
            }
            if (cards.Length % 64 != 0) marks[^1] &= (1UL << (cards.Length % 64)) - 1;
            foreach (var bits in marks) marked += BitOperations.PopCount(bits);
            for (var isMore = marked < count; marked != count;)
            {
                var at = dice.Below(cards.Length);
                var mark = 1UL << (at % 64);
                if (((marks[at / 64] & mark) != 0) == isMore) continue;
                marks[at / 64] ^= mark;
                marked += isMore ? 1 : -1;
            }
        }

        private long Sum(ulong[] marks)
        {
            var lanes = Vector<int>.Count;
            Span<int> powers = stackalloc int[lanes];
            for (var i = 0; i < lanes; i++) powers[i] = 1 << i;
            var power = new Vector<int>(powers);
            long sum = 0;
            var whole = cards.Length / 64;
            for (var word = 0; word < whole;)
            {
                // A sum of sixteen words in whole numbers of 32 bits: at most 128 times a million in a lane.
                var part = Vector<int>.Zero;
                for (var end = Math.Min(word + 16, whole); word < end; word++)
                {
                    var bits = marks[word];
                    for (var i = 0; i < 64; i += lanes, bits >>= lanes)
                        part += new Vector<int>(cards, (word * 64) + i) & Vector.Equals(new Vector<int>((int)bits) & power, power);
                }
                Vector.Widen(part, out var low, out var high);
                sum += Vector.Sum(low) + Vector.Sum(high);
            }
            for (var i = whole * 64; i < cards.Length; i++) sum += (marks[^1] >> (i % 64) & 1) == 1 ? cards[i] : 0;
            return sum;
        }
    }
}
