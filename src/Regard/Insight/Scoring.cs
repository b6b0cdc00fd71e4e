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
        Parallel.For(0, (customers.Length + Chunk - 1) / Chunk, () => new Dictionary<(int, double), double[]>(), (chunk, _, known) =>
        {
            var from = chunk * Chunk;
            var count = Math.Min(Chunk, customers.Length - from);
            Some(foresight, customers.Span.Slice(from, count), spendings.Span.Slice(from, count), into.Span.Slice(from, count), known);
            return known;
        }, _ => { });
    }

    private static void Some(Foresight foresight, ReadOnlySpan<BuyingSummary> customers, ReadOnlySpan<Spending> spendings, Span<LoyaltyScore> into, Dictionary<(int, double), double[]> known)
    {
        var width = Vector<double>.Count;
        Span<double> repeats = stackalloc double[width], recency = stackalloc double[width], age = stackalloc double[width];
        for (var from = 0; from < customers.Length; from += width)
        {
            var count = Math.Min(width, customers.Length - from);
            for (var i = 0; i < count; i++) (repeats[i], recency[i], age[i]) = (customers[from + i].Repeats, customers[from + i].Recency, customers[from + i].Age);
            var odds = foresight.Model.LogOddsOfHavingLeft(new Vector<double>(repeats), new Vector<double>(recency), new Vector<double>(age));
            var (_, alive) = Odds.Soften(-odds);
            for (var i = 0; i < count; i++)
            {
                ref readonly var customer = ref customers[from + i];
                if (!known.TryGetValue((customer.Repeats, customer.Age), out var prepared))
                    known[(customer.Repeats, customer.Age)] = prepared = foresight.Model.Prepare(customer.Repeats, customer.Age, foresight.Horizon);
                var expected = alive[i] * foresight.Model.ExpectedFrom(prepared, customer);
                into[from + i] = new LoyaltyScore(alive[i], expected, expected * foresight.Spend.Expected(spendings[from + i].Purchases, spendings[from + i].Mean));
            }
        }
    }
}

/// <summary>What customers are scored by.</summary>
/// <param name="Model">How they buy and leave.</param>
/// <param name="Spend">What they spend at a purchase.</param>
/// <param name="Horizon">The coming time, in the model's unit.</param>
public sealed record Foresight(BuyingModel Model, SpendModel Spend, double Horizon);
