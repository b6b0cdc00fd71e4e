namespace Regard.Insight;

/// <summary>Whether a fitted model says something about the customers, or has run to an edge where its story falls apart.</summary>
public enum FitTrouble
{
    /// <summary>None.</summary>
    None,

    /// <summary>The chance of leaving went to zero: the data show no leaving of this kind, and every chance of being there is 1.</summary>
    NobodyLeaves,

    /// <summary>The spread between customers went to nothing: no customer can be told from another.</summary>
    EverybodyAlike,

    /// <summary>The search ended without a flat gradient.</summary>
    NotFound,
}

/// <summary>A model with what is known about how well its parameters are known.</summary>
public sealed record BuyingFit
{
    /// <summary>An average chance of leaving below this, at each purchase or in a tenth of the time watched, is none.</summary>
    private const double NoLeaving = 1e-3;

    /// <summary>Likelihoods that differ by less than this do not justify two more parameters (half of Akaike's 2 × 2).</summary>
    private const double WorthTwoParameters = 2;

    // Nobody's gaps are more even than those of a magazine by subscription.
    private const int MostTicks = 8;

    /// <summary>The model at its most likely parameters.</summary>
    public required BuyingModel Model { get; init; }

    /// <summary>See <see cref="BuyingModel.LogLikelihood(BuyingTable)"/>.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Of each parameter, from the curvature; NaN where the data do not hold it.</summary>
    public required IReadOnlyList<double> StandardErrors { get; init; }

    /// <summary>Length of the gradient per customer by the logarithms of the parameters, where the search ended.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>How often likelihood and gradient were computed.</summary>
    public required int Evaluations { get; init; }

    /// <summary>When not <see cref="FitTrouble.None"/>, a simpler model is to be used.</summary>
    public required FitTrouble Trouble { get; init; }

    /// <summary>Fits one model by maximum likelihood.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="table">The customers.</param>
    /// <param name="regularity">k of CNBD-k and MBG/CNBD-k; null = the k, from 2 up, that is the most likely one. Nothing for the others.</param>
    public static BuyingFit Of(BuyingModelKind kind, BuyingTable table, int? regularity = null)
    {
        if (kind is not (BuyingModelKind.MbgCnbd or BuyingModelKind.Cnbd) || regularity is not null) return One(kind, table, regularity ?? 1);
        var best = One(kind, table, 2);
        for (var k = 3; k <= MostTicks; k++)
        {
            var next = One(kind, table, k);
            if (next.LogLikelihood <= best.LogLikelihood) break;
            best = next;
        }
        return best;
    }

    private static BuyingFit One(BuyingModelKind kind, BuyingTable table, int k)
    {
        double Objective(ReadOnlySpan<double> p, Span<double> gradient) => BuyingModel.Of(kind, p, k).LogLikelihood(table, gradient);
        var optimum = Maximum.Find(Objective, Start(kind, table, k), table.Customers);
        var model = BuyingModel.Of(kind, optimum.Parameters, k);
        return new BuyingFit
        {
            Model = model,
            LogLikelihood = optimum.Value,
            StandardErrors = Maximum.StandardErrors(Objective, optimum.Parameters),
            GradientNorm = optimum.GradientNorm,
            Evaluations = optimum.Evaluations + (2 * optimum.Parameters.Length),
            Trouble = Look(model, optimum, table),
        };
    }

    private static FitTrouble Look(BuyingModel model, Optimum optimum, BuyingTable table) => model switch
    {
        _ when model.Parameters[0] > 1e3 => FitTrouble.EverybodyAlike,
        BetaGeometricModel m when m.A / (m.A + m.B) < NoLeaving => FitTrouble.NobodyLeaves,
        ParetoModel m when m.S / m.Beta * MeanAge(table) / 10 < NoLeaving => FitTrouble.NobodyLeaves,
        _ when !optimum.IsConverged && !IsOnRidge(model, optimum) => FitTrouble.NotFound,
        BetaGeometricModel { Ticks: > 1 } when optimum.Value < One(BuyingModelKind.Cnbd, table, model.Regularity).LogLikelihood + WorthTwoParameters => FitTrouble.NobodyLeaves,
        BetaGeometricModel or ParetoModel when optimum.Value < One(BuyingModelKind.Nbd, table, 1).LogLikelihood + WorthTwoParameters => FitTrouble.NobodyLeaves,
        _ => FitTrouble.None,
    };

    // Where everybody leaves with the same chance, both parameters of its spread grow without end, the likelihood hardly does, and any
    // point far enough out says the same.
    private static bool IsOnRidge(BuyingModel model, Optimum optimum) => model is BetaGeometricModel { A: var a, B: var b } && a + b > 1e3 && optimum.GradientNorm < 1e-3;

    // Rates as spread as r = 1/2, as many purchases as there were, and one in four who leaves: near enough for any shop.
    private static double[] Start(BuyingModelKind kind, BuyingTable table, int k)
    {
        double age = MeanAge(table), alpha = 0.5 * age * table.Customers / Math.Max(1, table.Repeats) / Math.Max(1, k);
        return kind switch
        {
            BuyingModelKind.Nbd or BuyingModelKind.Cnbd => [0.5, alpha],
            BuyingModelKind.ParetoNbd => [0.5, alpha / 2, 0.5, age / 2],
            _ => [0.5, alpha / 2, 0.7, 2],
        };
    }

    private static double MeanAge(BuyingTable table)
    {
        var sum = 0.0;
        for (var i = 0; i < table.Age.Length; i++) sum += table.Age[i] * table.Weight[i];
        return Math.Max(sum / table.Customers, 1e-9);
    }
}
