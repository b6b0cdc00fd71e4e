using System.Numerics;

namespace Regard.Insight;

/// <summary>
/// Pareto/NBD: customers buy at their own rate, Gamma(r, α), and leave at any moment at their own rate, Gamma(s, β). Schmittlein, Morrison
/// and Colombo, "Counting your customers: who are they and what will they do next?", Management Science 33 (1987); formulas as in Fader and
/// Hardie, "A note on deriving the Pareto/NBD model and related expressions" (2005).
/// </summary>
/// <param name="R">Shape of the purchase rates.</param>
/// <param name="Alpha">Scale of the purchase rates, in units of time.</param>
/// <param name="S">Shape of the rates of leaving.</param>
/// <param name="Beta">Scale of the rates of leaving, in units of time.</param>
public sealed record ParetoModel(double R, double Alpha, double S, double Beta) : BuyingModel
{
    /// <inheritdoc/>
    public override BuyingModelKind Kind => BuyingModelKind.ParetoNbd;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters => [R, Alpha, S, Beta];

    /// <summary>Fader and Hardie 2005, eq. 41; written with expm1, so that s = 1 is no exception.</summary>
    public override double ExpectedIfAlive(BuyingSummary customer, double horizon)
    {
        var end = Math.Log((Beta + customer.Age + horizon) / (Beta + customer.Age));
        var shape = S - 1;
        var time = Math.Abs(shape * end) < 1e-8 ? end * (1 - (shape * end / 2)) : (1 - Math.Exp(-shape * end)) / shape;
        return (R + customer.Repeats) * (Beta + customer.Age) / (Alpha + customer.Age) * time;
    }

    /// <inheritdoc/>
    internal override double LogLikelihood(BuyingTable table, Span<double> gradient) => new ParetoLikelihood(this).Of(table, gradient);

    /// <inheritdoc/>
    internal override Vector<double> LogOddsOfHavingLeft(Vector<double> repeats, Vector<double> recency, Vector<double> age) =>
        new ParetoLikelihood(this).LogOdds(repeats, recency, age);
}
