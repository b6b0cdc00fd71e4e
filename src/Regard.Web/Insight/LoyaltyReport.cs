namespace Regard.Insight;

/// <summary>Everything that is known about a fit, as it is kept for ever. A number that nobody knows is null.</summary>
internal sealed record LoyaltyReport
{
    /// <summary>Whether the records were still growing: if not, "today" is the day on which they end.</summary>
    public bool IsLive { get; init; }

    /// <summary>The share of the customers that was learned from: above a million more customers teach nothing more.</summary>
    public double Share { get; init; } = 1;

    public int Rows { get; init; }
    public long Repeats { get; init; }

    /// <summary>The last day that the hold-out's models saw.</summary>
    public LocalDate CutOn { get; init; }

    public int HoldOutDays { get; init; }
    public int HoldOutCustomers { get; init; }

    /// <summary>Every way of foretelling on the part of the past that it had not seen, the rule of silence last.</summary>
    public IReadOnlyList<TriedWay> Tried { get; init; } = [];

    /// <summary>The models fitted to everything.</summary>
    public IReadOnlyList<KeptFit> Fits { get; init; } = [];

    /// <summary>Why these were chosen, for people.</summary>
    public IReadOnlyList<string> Explanation { get; init; } = [];

    public KeptModel Rhythm { get; init; } = new(BuyingModelKind.Nbd, [1, 1], 1);

    /// <summary>Null = the rule of silence.</summary>
    public KeptModel? Foreteller { get; init; }

    /// <summary>Null = the rule of silence.</summary>
    public KeptModel? Silence { get; init; }

    public double RuleDays { get; init; }
    public double BackIfActive { get; init; }
    public double BackIfSilent { get; init; }
    public IReadOnlyDictionary<string, KeptSpend> Spend { get; init; } = new Dictionary<string, KeptSpend>();
    public Tracking? Tracking { get; init; }

    /// <summary>The Monday-less first day of the weeks in <see cref="Tracking"/>.</summary>
    public LocalDate FirstWeek { get; init; }

    /// <summary>Repeat purchases expected of all customers within 1, 2, 3 … weeks after the fit.</summary>
    public IReadOnlyList<double> Coming { get; init; } = [];

    public LoyaltyJudge Judge() => new()
    {
        Rhythm = Rhythm.Read(),
        Foreteller = Foreteller?.Read(),
        Silence = Silence?.Read(),
        Rule = new HiatusRule(RuleDays),
        BackIfActive = BackIfActive,
        BackIfSilent = BackIfSilent,
        Spend = Spend.ToDictionary(pair => pair.Key, pair => new SpendModel(pair.Value.P, pair.Value.Q, pair.Value.V), StringComparer.Ordinal),
    };
}

/// <summary>A model by its parameters.</summary>
internal sealed record KeptModel(BuyingModelKind Kind, IReadOnlyList<double> Parameters, int Regularity)
{
    public static KeptModel Of(BuyingModel model) => new(model.Kind, model.Parameters, model.Regularity);

    public BuyingModel Read() => BuyingModel.Of(Kind, [.. Parameters], Regularity);
}

/// <summary>A fit to everything.</summary>
internal sealed record KeptFit(string Name, KeptModel Model, IReadOnlyList<double?> StandardErrors, double LogLikelihood, double GradientNorm, int Evaluations, FitTrouble Trouble)
{
    public static KeptFit Of(BuyingFit fit) => new(
        HoldOut.Name(fit.Model), KeptModel.Of(fit.Model), [.. fit.StandardErrors.Select(KeptNumbers.Known)], KeptNumbers.Known(fit.LogLikelihood) ?? 0, KeptNumbers.Known(fit.GradientNorm) ?? -1, fit.Evaluations, fit.Trouble);
}

/// <summary>One way of foretelling on the part of the past that it had not seen.</summary>
internal sealed record TriedWay
{
    public string Name { get; init; } = "";

    /// <summary>Null for the rule.</summary>
    public FitTrouble? Trouble { get; init; }

    public double? Error { get; init; }
    public double? AbsoluteError { get; init; }
    public double? Bias { get; init; }
    public double? AliveAuc { get; init; }
    public double? RegularAuc { get; init; }
    public double? ExpectedAuc { get; init; }
    public bool ForPurchases { get; init; }
    public bool ForSilence { get; init; }
    public IReadOnlyList<KeptGroup> Calibration { get; init; } = [];

    public static TriedWay Of(Foretold told, LoyaltyJudge judge) => new()
    {
        Name = told.Name,
        Trouble = told.Fit?.Trouble,
        Error = KeptNumbers.Known(told.Error),
        AbsoluteError = KeptNumbers.Known(told.AbsoluteError),
        Bias = KeptNumbers.Known(told.Bias),
        AliveAuc = KeptNumbers.Known(told.AliveAuc),
        RegularAuc = KeptNumbers.Known(told.RegularAuc),
        ExpectedAuc = KeptNumbers.Known(told.ExpectedAuc),
        ForPurchases = Is(told, judge.Foreteller),
        ForSilence = Is(told, judge.Silence),
        Calibration = [.. told.Calibration.Select(group => new KeptGroup(group.Customers, KeptNumbers.Known(group.Expected), group.Real))],
    };

    private static bool Is(Foretold told, BuyingModel? used) => used is null ? told.Rule is not null : told.Fit?.Model.Kind == used.Kind;
}

/// <summary>A group of customers for whom about the same was expected, and what they did.</summary>
internal sealed record KeptGroup(int Customers, double? Expected, double Real);

/// <summary>What customers spend in one currency, in minor units.</summary>
internal sealed record KeptSpend(double P, double Q, double V, IReadOnlyList<double?> StandardErrors, int Customers, double Correlation, double MeanMinor);

/// <summary>Numbers as they can be written down.</summary>
internal static class KeptNumbers
{
    public static double? Known(double number) => double.IsFinite(number) ? number : null;
}
