namespace Regard.Insight;

/// <summary>How one way of foretelling did on a part of the past that it had not seen.</summary>
public sealed record Foretold
{
    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The fitted model; null for the rule of silence.</summary>
    public BuyingFit? Fit { get; init; }

    /// <summary>The rule; null for a model.</summary>
    public HiatusRule? Rule { get; init; }

    /// <summary>Root of the mean squared error of the purchases of a customer.</summary>
    public required double Error { get; init; }

    /// <summary>Mean absolute error of the purchases of a customer.</summary>
    public required double AbsoluteError { get; init; }

    /// <summary>Foretold over real purchases of all customers, less one: −0.1 = ten per cent too few. NaN when nobody bought.</summary>
    public required double Bias { get; init; }

    /// <summary>
    /// How well the chance of being there (for the rule the shortness of the silence, for a model of which nobody leaves how usual it is) tells who came back: 0.5 = not at all, 1 = always,
    /// below 0.5 = worse than a coin. Ties count half; NaN when all or none came back.
    /// </summary>
    public required double AliveAuc { get; init; }

    /// <summary>
    /// The same among customers whose usual time between purchases fits twice into the known time: who of them does not come has changed
    /// their habit, while of a slow buyer it says nothing. NaN when there are too few of them.
    /// </summary>
    public double RegularAuc { get; init; }

    /// <summary>The same for the expected purchases.</summary>
    public required double ExpectedAuc { get; init; }

    /// <summary>Ten groups of equally many customers by what was expected: expected and real purchases of a customer, on average.</summary>
    public required IReadOnlyList<Calibration> Calibration { get; init; }

    /// <summary>Whether it may be chosen: its fit has no trouble.</summary>
    public bool IsSound => Fit is null || Fit.Trouble == FitTrouble.None;

    internal static Foretold Of(string name, IReadOnlyList<KnownCustomer> customers, double[] expected, double[] alive, int[] regular)
    {
        double[] errors = [.. customers.Select((c, i) => expected[i] - c.Later)];
        bool[] came = [.. customers.Select(c => c.Later > 0)];
        var real = customers.Sum(c => (long)c.Later);
        return new Foretold
        {
            Name = name,
            Error = Math.Sqrt(errors.Average(e => e * e)),
            AbsoluteError = errors.Average(e => Math.Abs(e)),
            Bias = real > 0 ? (expected.Sum() / real) - 1 : double.NaN,
            AliveAuc = Ranking.Auc(alive, came),
            RegularAuc = regular.Length < FewestRegular ? double.NaN : Ranking.Auc([.. regular.Select(i => alive[i])], [.. regular.Select(i => came[i])]),
            ExpectedAuc = Ranking.Auc(expected, came),
            Calibration = [.. Groups(customers, expected)],
        };
    }

    // Below it, chance says more than any of them.
    private const int FewestRegular = 30;

    private static IEnumerable<Calibration> Groups(IReadOnlyList<KnownCustomer> customers, double[] expected)
    {
        int[] order = [.. Enumerable.Range(0, expected.Length).OrderBy(i => expected[i])];
        for (var group = 0; group < 10; group++)
        {
            var mine = order[(int)((long)order.Length * group / 10)..(int)((long)order.Length * (group + 1) / 10)];
            if (mine.Length > 0) yield return new Calibration(mine.Length, mine.Average(i => expected[i]), mine.Average(i => (double)customers[i].Later));
        }
    }
}

/// <summary>A group of customers for whom about the same was expected, and what they did.</summary>
public readonly record struct Calibration(int Customers, double Expected, double Real);

/// <summary>
/// Which way of foretelling fits this shop, decided by its own past: everything is fitted to the time before a moment, and foretells the
/// time after it, which is known. Models whose fit has trouble are reported without numbers (NaN) and never chosen.
/// </summary>
public sealed record HoldOut
{
    /// <summary>Every way that was tried, the rule last.</summary>
    public required IReadOnlyList<Foretold> Tried { get; init; }

    /// <summary>Who foretells purchases: the smallest <see cref="Foretold.Error"/> among the sound.</summary>
    public required Foretold ForPurchases { get; init; }

    /// <summary>
    /// Who judges silence: the greatest <see cref="Foretold.RegularAuc"/> among the sound; where too few are regular the greatest
    /// <see cref="Foretold.AliveAuc"/>; the rule when nobody can be told from another.
    /// </summary>
    public required Foretold ForSilence { get; init; }

    /// <summary>Of those whom <see cref="ForSilence"/> did not hold for gone, the share who bought in the known time, one more of each kind counted.</summary>
    public required double BackIfActive { get; init; }

    /// <summary>Of those whom <see cref="ForSilence"/> held for gone, the share who bought in the known time, one more of each kind counted.</summary>
    public required double BackIfSilent { get; init; }

    /// <summary>Why, for people.</summary>
    public required IReadOnlyList<Sentence> Explanation { get; init; }

    /// <summary>Tries all.</summary>
    /// <param name="customers">All customers who were known at the moment between past and known time.</param>
    /// <param name="horizon">The length of the known time, above 0.</param>
    /// <param name="rule">
    /// The rule of silence as it was known then (<see cref="HiatusRule.Learn"/> on an earlier time). Null = learned on half of the customers,
    /// every second one, and judged like the others on all: that favours the rule a little.
    /// </param>
    /// <exception cref="ArgumentException">No customer.</exception>
    public static HoldOut Try(IReadOnlyList<KnownCustomer> customers, double horizon, HiatusRule? rule = null)
    {
        var table = BuyingTable.Of([.. customers.Select(c => c.Past)]);
        int[] regular = [.. Enumerable.Range(0, customers.Count).Where(i => customers[i].Past is { Repeats: > 0 } past && 2 * past.Recency / past.Repeats <= horizon)];
        List<Foretold> tried = [];
        foreach (var kind in Enum.GetValues<BuyingModelKind>())
        {
            var fit = BuyingFit.Of(kind, table);
            var isSound = fit.Trouble == FitTrouble.None;
            var known = new Dictionary<(int, double), double[]>();
            double[] expected = [.. customers.Select(c => isSound ? fit.Model.ExpectedPurchases(c.Past, horizon, known) : double.NaN)];
            // Where nobody leaves, the less usual a silence is for a customer the less they are expected back.
            double[] alive = [.. customers.Select(c => !isSound ? double.NaN : fit.Model.KnowsLeaving ? fit.Model.ChanceAlive(c.Past) : fit.Model.ChanceOfSilence(c.Past))];
            tried.Add(Foretold.Of(Name(fit.Model), customers, expected, alive, regular) with { Fit = fit });
        }
        rule ??= HiatusRule.Learn([.. customers.Where((_, i) => i % 2 == 0)]);
        tried.Add(Foretold.Of("the rule of silence", customers, [.. customers.Select(c => rule.ExpectedPurchases(c.Past, horizon))], [.. customers.Select(c => c.Past.Recency - c.Past.Age)], regular) with { Rule = rule });
        var sound = tried.Where(t => t.IsSound).ToList();
        var purchases = sound.MinBy(t => t.Error)!;
        var silence = sound.Where(t => !double.IsNaN(t.RegularAuc)).MaxBy(t => t.RegularAuc) ?? sound.Where(t => !double.IsNaN(t.AliveAuc)).MaxBy(t => t.AliveAuc) ?? tried[^1];
        return new HoldOut
        {
            Tried = tried,
            ForPurchases = purchases,
            ForSilence = silence,
            BackIfActive = Back([.. customers.Where(c => !LoyaltyJudge.IsGone(silence.Fit?.Model, rule, c.Past))]),
            BackIfSilent = Back([.. customers.Where(c => LoyaltyJudge.IsGone(silence.Fit?.Model, rule, c.Past))]),
            Explanation = [.. Explain(tried, purchases, silence)],
        };
    }

    // One more of each kind (Laplace): of a handful of customers nothing is certain.
    private static double Back(IReadOnlyCollection<KnownCustomer> customers) => (customers.Count(c => c.Later > 0) + 1.0) / (customers.Count + 2);

    /// <summary>A model's name as the field writes it.</summary>
    public static string Name(BuyingModel model) => model.Kind switch
    {
        BuyingModelKind.Nbd => "NBD",
        BuyingModelKind.Cnbd => $"CNBD-{model.Regularity}",
        BuyingModelKind.BgNbd => "BG/NBD",
        BuyingModelKind.MbgNbd => "MBG/NBD",
        BuyingModelKind.MbgCnbd => $"MBG/CNBD-{model.Regularity}",
        _ => "Pareto/NBD",
    };

    private static IEnumerable<Sentence> Explain(List<Foretold> tried, Foretold purchases, Foretold silence)
    {
        yield return new Sentence($"{purchases.Name} foretold the purchases of the time held out best: {{bias}} of all were {(purchases.Bias < 0 ? "missed" : "foretold too many")}, and one customer was off by {{error}} on average.",
            new Figure("bias", Math.Abs(purchases.Bias), FigureKind.Percent), new Figure("error", purchases.AbsoluteError, FigureKind.Number));
        yield return double.IsNaN(silence.RegularAuc)
            ? new Sentence($"{silence.Name} told best who came back: right in {{auc}} of all pairs of one who did and one who did not.", new Figure("auc", silence.AliveAuc, FigureKind.Percent))
            : new Sentence($"{silence.Name} told best which of the regular customers came back: right in {{auc}} of all pairs of one who did and one who did not.", new Figure("auc", silence.RegularAuc, FigureKind.Percent));
        foreach (var one in tried)
        {
            if (one.AliveAuc < 0.5 && one.Fit?.Model.Kind == BuyingModelKind.BgNbd) yield return new Sentence($"{one.Name} ranks silent customers worse than a coin would ({{auc}}): it holds everybody who bought once to be there for ever.", new Figure("auc", one.AliveAuc, FigureKind.Percent));
            if (one.Fit is { Trouble: not FitTrouble.None } fit) yield return new Sentence($"{one.Name} was left out: {Words(fit.Trouble)}.");
        }
    }

    private static string Words(FitTrouble trouble) => trouble switch
    {
        FitTrouble.NobodyLeaves => "by these purchases nobody ever leaves, so a simpler model says the same",
        FitTrouble.EverybodyAlike => "it cannot tell one customer from another",
        _ => "no parameters were found that fit",
    };
}
