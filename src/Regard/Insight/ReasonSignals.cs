namespace Regard.Insight;

/// <summary>Lines of one product (and batch) that came back for one reason.</summary>
/// <param name="Kind">Of what: product and batch; suppliers and sizes where they are known.</param>
/// <param name="Reason">In the words in which it was told; returns without a reason are not among them.</param>
/// <param name="Lines">1 or more.</param>
public readonly record struct ReasonCount(SoldKind Kind, string Reason, int Lines);

/// <summary>A reason that is told of something more often than expected.</summary>
/// <param name="Thing">A finding, or a product.</param>
/// <param name="Reason">The reason.</param>
/// <param name="Signal">How much more often, with its bounds.</param>
public sealed record ReasonSignal(ReturnThing Thing, string Reason, Signal Signal);

/// <summary>
/// Which reasons are told of which products more often than they would be if products and reasons had nothing to do with each other
/// (<see cref="SignalPrior"/>). What is found already speaks for itself alone: its returns are a product of their own.
/// </summary>
public static class ReasonSignals
{
    /// <summary>A signal is surely (with a chance of 95 %) told twice as often as expected.</summary>
    public const double Mark = 2;

    private const int FewestLines = 3;

    /// <summary>The clearest reason of each finding, and the signals of products that no finding explains.</summary>
    /// <param name="counts">All returns with a reason.</param>
    /// <param name="findings">What stands out by its rate, the clearest first.</param>
    public static (IReadOnlyDictionary<ReturnThing, ReasonSignal> OfFindings, IReadOnlyList<ReasonSignal> Others) Of(IEnumerable<ReasonCount> counts, IReadOnlyList<ReturnThing> findings)
    {
        var things = new List<ReturnThing>();
        var reasons = new List<string>();
        var numbers = (new Dictionary<ReturnThing, int>(), new Dictionary<string, int>(StringComparer.Ordinal));
        var sums = new Dictionary<(int Thing, int Reason), int>();
        foreach (var count in counts)
        {
            var thing = findings.Where(f => f.Holds(count.Kind)).Append(ReturnThing.Of(ReturnDimension.Product, count.Kind)!.Value).First();
            var key = (Number(numbers.Item1, things, thing), Number(numbers.Item2, reasons, count.Reason));
            sums[key] = sums.GetValueOrDefault(key) + count.Lines;
        }
        var pairs = SignalTable.OfCounts([.. sums.Select(s => (s.Key.Thing, s.Key.Reason, s.Value))]);
        var prior = pairs.Count < 20 ? null : SignalPrior.Fit(Weighted.Of(pairs));
        var found = findings.ToHashSet();
        var each = pairs.Select(pair => new ReasonSignal(things[pair.Product], reasons[pair.Reason], (prior ?? SignalPrior.Stated).Score(pair))).ToList();
        var marked = prior is null ? Alone([.. each.Select(s => s.Signal.Pair)]) : [.. each.Where(s => s.Signal.Low >= Mark).Select(s => s.Signal.Pair)];
        return (
            each.Where(s => found.Contains(s.Thing) && s.Signal.Ebgm > 1).GroupBy(s => s.Thing).ToDictionary(g => g.Key, g => g.MaxBy(s => s.Signal.Low)!),
            [.. each.Where(s => !found.Contains(s.Thing) && marked.Contains(s.Signal.Pair) && s.Signal.Pair.Reports >= FewestLines).OrderByDescending(s => s.Signal.Low)]);
    }

    // A table whose pairs are all about as expected has no spread to learn from: each pair is judged by itself, for all that were looked at.
    private static HashSet<PairCount> Alone(IReadOnlyList<PairCount> pairs)
    {
        var adjusted = FalseDiscovery.Adjust([.. pairs.Select(p => GammaFunctions.LowerRegularized(p.Reports, p.Expected))]);
        return [.. pairs.Where((p, i) => adjusted[i] < ReturnRate.Level && Vague.Score(p).Low >= Mark)];
    }

    private static readonly SignalPrior Vague = new(0.5, 0.001, 0.5, 0.001, 0.5);

    private static int Number<T>(Dictionary<T, int> numbers, List<T> all, T one) where T : notnull
    {
        if (numbers.TryGetValue(one, out var known)) return known;
        all.Add(one);
        return numbers[one] = all.Count - 1;
    }
}
