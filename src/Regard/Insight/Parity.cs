namespace Regard.Insight;

/// <summary>Whether two groups of customers are served the same.</summary>
public enum ParityVerdict
{
    /// <summary>Proven to differ by less than the margin.</summary>
    Same,

    /// <summary>Proven to differ, and not proven to be within the margin.</summary>
    Different,

    /// <summary>Neither: there are too few cases, or the difference lies at the margin.</summary>
    CannotTellYet,
}

/// <summary>
/// One measure of service (a wait, an answer, a share given up) compared between a group and everybody else. "Not shown to differ" is not "the
/// same": sameness must be proven, by two one-sided tests against a margin that the business sets (TOST: Schuirmann, J. Pharmacokinetics and
/// Biopharmaceutics 15 (1987)), with Welch's t for unequal spreads; difference must be proven by a permutation test.
/// </summary>
public sealed record Parity
{
    /// <summary>Chance of a wrong "the same" and of a wrong "different", each.</summary>
    public const double Level = 0.05;

    /// <summary>What was compared, for people: "customers who write Spanish".</summary>
    public required string Group { get; init; }

    /// <summary>Cases of the group, and of everybody else.</summary>
    public required (int Group, int Others) Cases { get; init; }

    /// <summary>Mean of the group less that of the others, in the unit of the values.</summary>
    public required double Difference { get; init; }

    /// <summary>Ninety per cent interval of the difference: inside the margin exactly when the test says "the same".</summary>
    public required (double Low, double High) Interval { get; init; }

    /// <summary>A difference smaller than this does not matter, by the business.</summary>
    public required double Margin { get; init; }

    /// <summary>Of the permutation test; adjusted for the number of comparisons when made by <see cref="OfAll"/>.</summary>
    public required double DifferentP { get; init; }

    /// <summary>Of the two one-sided tests, the greater.</summary>
    public required double SameP { get; init; }

    /// <summary>In one word. A proven difference within the margin is "the same": it does not matter.</summary>
    public ParityVerdict Verdict => SameP < Level ? ParityVerdict.Same : DifferentP < Level ? ParityVerdict.Different : ParityVerdict.CannotTellYet;

    /// <summary>In a sentence.</summary>
    public Sentence Told => new(Verdict switch
    {
        ParityVerdict.Same => $"{Group}: served the same as everybody else (a difference of {{difference}}, within the margin of {{margin}}; {{cases}} cases).",
        ParityVerdict.Different => $"{Group}: served differently from everybody else, by {{difference}} (between {{low}} and {{high}}; {{cases}} cases; chance of such a difference by luck {{chance}}).",
        _ => $"{Group}: cannot tell yet. The difference of {{difference}} may be anything between {{low}} and {{high}} ({{cases}} cases).",
    }, [
        new Figure("difference", Difference, FigureKind.Number), new Figure("margin", Margin, FigureKind.Number), new Figure("cases", Cases.Group, FigureKind.Count),
        new Figure("low", Interval.Low, FigureKind.Number), new Figure("high", Interval.High, FigureKind.Number), new Figure("chance", DifferentP, FigureKind.Percent)]);

    /// <summary>Compares one group with the others.</summary>
    /// <param name="group">What it is, for people.</param>
    /// <param name="mine">Its values, finite.</param>
    /// <param name="others">Those of everybody else.</param>
    /// <param name="margin">Above 0, in the unit of the values.</param>
    public static Parity Of(string group, IReadOnlyList<double> mine, IReadOnlyList<double> others, double margin)
    {
        double difference = Mean(mine) - Mean(others), v1 = Variance(mine) / Math.Max(1, mine.Count), v2 = Variance(others) / Math.Max(1, others.Count);
        var error = Math.Sqrt(v1 + v2);
        // Welch and Satterthwaite; with fewer than two values of a side nothing is known of its spread.
        var isKnown = mine.Count > 1 && others.Count > 1;
        var freedom = !isKnown ? 0 : error > 0 ? (v1 + v2) * (v1 + v2) / ((v1 * v1 / (mine.Count - 1)) + (v2 * v2 / (others.Count - 1))) : mine.Count + others.Count - 2;
        var reach = isKnown ? Critical(freedom) * error : double.PositiveInfinity;
        return new Parity
        {
            Group = group,
            Cases = (mine.Count, others.Count),
            Difference = difference,
            Interval = (difference - reach, difference + reach),
            Margin = margin,
            DifferentP = PermutationTest.PValue([.. mine], [.. others]),
            SameP = !isKnown ? 1 : Math.Max(Above((difference + margin) / error, freedom), Above((margin - difference) / error, freedom)),
        };
    }

    /// <summary>
    /// Compares every group with everybody else. The chances of "different" are adjusted for the number of groups, so that of those accused
    /// at most about one in twenty is innocent.
    /// </summary>
    /// <param name="values">Each case's group and value.</param>
    /// <param name="margin">Above 0.</param>
    public static IReadOnlyList<Parity> OfAll(IReadOnlyCollection<(string Group, double Value)> values, double margin)
    {
        Parity[] each = [.. values.Select(v => v.Group).Distinct().Order(StringComparer.Ordinal)
            .Select(group => Of(group, [.. values.Where(v => v.Group == group).Select(v => v.Value)], [.. values.Where(v => v.Group != group).Select(v => v.Value)], margin))];
        var adjusted = FalseDiscovery.Adjust([.. each.Select(p => p.DifferentP)]);
        return [.. each.Select((p, i) => p with { DifferentP = adjusted[i] })];
    }

    private static double Above(double t, double freedom) => double.IsNaN(t) ? 1 : double.IsInfinity(t) ? (t > 0 ? 0 : 1) : BetaFunctions.StudentAbove(t, freedom);

    private static double Critical(double freedom)
    {
        double low = 0, high = 700;
        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (BetaFunctions.StudentAbove(middle, freedom) > Level) low = middle;
            else high = middle;
        }
        return high;
    }

    private static double Mean(IReadOnlyList<double> values) => values.Count == 0 ? double.NaN : values.Average();

    private static double Variance(IReadOnlyList<double> values)
    {
        if (values.Count < 2) return 0;
        var mean = Mean(values);
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1);
    }
}
