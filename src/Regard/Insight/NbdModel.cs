using System.Numerics;

namespace Regard.Insight;

/// <summary>
/// The base line: every customer buys at their own rate for ever, rates are Gamma(r, α). Ehrenberg, "The pattern of consumer purchases",
/// Applied Statistics 8 (1959); with the purchases' times as in <see cref="BetaGeometricModel"/>, so that likelihoods compare.
/// </summary>
/// <param name="R">Shape of the rates.</param>
/// <param name="Alpha">Scale of the rates, in units of time.</param>
public sealed record NbdModel(double R, double Alpha) : BuyingModel
{
    /// <inheritdoc/>
    public override BuyingModelKind Kind => BuyingModelKind.Nbd;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters => [R, Alpha];

    /// <inheritdoc/>
    public override double ExpectedIfAlive(BuyingSummary customer, double horizon) => (R + customer.Repeats) * horizon / (Alpha + customer.Age);

    /// <inheritdoc/>
    internal override double LogLikelihood(BuyingTable table, Span<double> gradient)
    {
        var sums = BlockSums.Of(table, 3, (in BuyingTable.Block block, Span<double> mine) => Sum(table, block, mine));
        var logAlpha = Math.Log(Alpha);
        var value = sums[0] + (table.Customers * R * logAlpha);
        gradient[0] = sums[1] + (table.Customers * (logAlpha - GammaFunctions.Digamma(R)));
        gradient[1] = sums[2] + (table.Customers * R / Alpha);
        foreach (var (repeats, customers) in table.Levels)
        {
            value += customers * (GammaFunctions.LogGamma(R + repeats) - GammaFunctions.LogGamma(R));
            gradient[0] += customers * GammaFunctions.Digamma(R + repeats);
        }
        return value;
    }

    /// <inheritdoc/>
    internal override Vector<double> LogOddsOfHavingLeft(Vector<double> repeats, Vector<double> recency, Vector<double> age) => new(double.NegativeInfinity);

    private void Sum(BuyingTable table, in BuyingTable.Block block, Span<double> sums)
    {
        Vector<double> logs = default, shares = default, alpha = new(Alpha);
        for (var i = block.Start; i < block.End; i += Vector<double>.Count)
        {
            Vector<double> at = alpha + new Vector<double>(table.Age, i), weight = new(table.Weight, i);
            logs += weight * Vector.Log(at);
            shares += weight / at;
        }
        double m = R + block.Repeats, log = Vector.Sum(logs);
        sums[0] -= m * log;
        sums[1] -= log;
        sums[2] -= m * Vector.Sum(shares);
    }
}
