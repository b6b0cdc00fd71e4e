using System.Numerics;
using System.Threading.Tasks;

namespace Regard.Insight;

/// <summary>What a model foresees of a customer.</summary>
/// <param name="ChanceAlive">From 0 to 1.</param>
/// <param name="Expected">Purchases in the coming time.</param>
/// <param name="Value">What they are expected to spend in it, in the unit of money of the <see cref="SpendModel"/>.</param>
public readonly record struct LoyaltyScore(double ChanceAlive, double Expected, double Value);

/// <summary>
/// Scores very many customers on all cores. What is expected of a customer who has not left depends on repeats and age alone (with a rhythm:
/// for each tick), and is computed once for each that occurs; only the chance of having left is computed for everybody, in vectors.
/// </summary>
public static class Scoring
{
    private const int Chunk = 8192;

    /// <summary>Scores.</summary>
    /// <param name="foresight">The models and the coming time.</param>
    /// <param name="customers">In the model's unit of time.</param>
    /// <param name="spendings">Of the same customers in the same order.</param>
    /// <param name="into">As long as the customers.</param>
    public static void Score(Foresight foresight, ReadOnlyMemory<BuyingSummary> customers, ReadOnlyMemory<Spending> spendings, Memory<LoyaltyScore> into)
    {
        if (spendings.Length != customers.Length || into.Length < customers.Length) throw new ArgumentException("Customers, spendings and scores are not equally many.", nameof(into));
        Parallel.For(0, (customers.Length + Chunk - 1) / Chunk, () => new Known(foresight), (chunk, _, known) =>
        {
            var from = chunk * Chunk;
            var count = Math.Min(Chunk, customers.Length - from);
            Some(foresight, customers.Span.Slice(from, count), spendings.Span.Slice(from, count), into.Span.Slice(from, count), known);
            return known;
        }, _ => { });
    }

    private static void Some(Foresight foresight, ReadOnlySpan<BuyingSummary> customers, ReadOnlySpan<Spending> spendings, Span<LoyaltyScore> into, Known known)
    {
        var width = Vector<double>.Count;
        Span<double> repeats = stackalloc double[width], recency = stackalloc double[width], age = stackalloc double[width];
        for (var from = 0; from < customers.Length; from += width)
        {
            var count = Math.Min(width, customers.Length - from);
            for (var i = 0; i < count; i++) (repeats[i], recency[i], age[i]) = (customers[from + i].Repeats, customers[from + i].Recency, customers[from + i].Age);
            var alive = foresight.Model.ChancesAlive(new Vector<double>(repeats), new Vector<double>(recency), new Vector<double>(age));
            for (var i = 0; i < count; i++)
            {
                ref readonly var customer = ref customers[from + i];
                var expected = alive[i] * known.ExpectedIfAlive(customer);
                into[from + i] = new LoyaltyScore(alive[i], expected, expected * foresight.Spend.Expected(spendings[from + i].Purchases, spendings[from + i].Mean));
            }
        }
    }

    /// <summary>
    /// What was computed for (repeats, age) before: a table of fixed size in which a newer pair takes the place of an older one with the same
    /// slot. It forgets, and never grows: most customers share their pair with many others.
    /// </summary>
    private sealed class Known(Foresight foresight)
    {
        private const int Slots = 1 << 15;

        private readonly Slot[] _slots = new Slot[Slots];

        public double ExpectedIfAlive(in BuyingSummary customer)
        {
            var hash = (BitConverter.DoubleToUInt64Bits(customer.Age) ^ ((ulong)(uint)customer.Repeats * 0x9E3779B97F4A7C15)) * 0xD6E8FEB86659FD93;
            ref var slot = ref _slots[(int)((hash ^ (hash >> 32)) * 0xD6E8FEB86659FD93 >> 49)];
            if (slot.Prepared is null || slot.Age != customer.Age || slot.Repeats != customer.Repeats)
            {
                var prepared = foresight.Model.Prepare(customer.Repeats, customer.Age, foresight.Horizon);
                slot = new Slot(customer.Age, prepared[0], prepared, customer.Repeats);
            }
            return slot.Prepared.Length == 1 ? slot.First : foresight.Model.ExpectedFrom(slot.Prepared, customer);
        }

        private readonly record struct Slot(double Age, double First, double[] Prepared, int Repeats);
    }
}

/// <summary>What customers are scored by.</summary>
/// <param name="Model">How they buy and leave.</param>
/// <param name="Spend">What they spend at a purchase.</param>
/// <param name="Horizon">The coming time, in the model's unit.</param>
public sealed record Foresight(BuyingModel Model, SpendModel Spend, double Horizon);
