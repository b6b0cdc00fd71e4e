using System.Numerics;

namespace Regard.Insight;

/// <summary>
/// The base line with a rhythm: every customer buys at their own rate for ever, and their gaps are Erlang-k, more even than chance. Chatfield
/// and Goodhardt, "A consumer purchasing model with Erlang inter-purchase times", Journal of the American Statistical Association 68 (1973).
/// It is <see cref="BetaGeometricModel"/> of which nobody leaves.
/// </summary>
/// <param name="R">Shape of the rates of ticks.</param>
/// <param name="Alpha">Scale of the rates of ticks, in units of time.</param>
/// <param name="Ticks">Regularity k: so many ticks make a purchase.</param>
public sealed record CnbdModel(double R, double Alpha, int Ticks) : BuyingModel
{
    // A chance of leaving of 10⁻³⁰⁰ at each purchase: none. Not kept in a field, which a copy with other parameters would carry along.
    private BetaGeometricModel Rhythm => new(R, Alpha, 1e-300, 1, Ticks);

    /// <inheritdoc/>
    public override BuyingModelKind Kind => BuyingModelKind.Cnbd;

    /// <inheritdoc/>
    public override IReadOnlyList<double> Parameters => [R, Alpha];

    /// <inheritdoc/>
    public override int Regularity => Ticks;

    /// <inheritdoc/>
    public override double ExpectedIfAlive(BuyingSummary customer, double horizon) => Rhythm.ExpectedIfAlive(customer, horizon);

    /// <inheritdoc/>
    internal override double[] Prepare(int repeats, double age, double horizon) => Rhythm.Prepare(repeats, age, horizon);

    /// <inheritdoc/>
    internal override double ExpectedFrom(double[] prepared, BuyingSummary customer) => Rhythm.ExpectedFrom(prepared, customer);

    /// <inheritdoc/>
    internal override double LogLikelihood(BuyingTable table, Span<double> gradient)
    {
        Span<double> all = stackalloc double[4];
        var value = Rhythm.LogLikelihood(table, all);
        all[..2].CopyTo(gradient);
        return value;
    }

    /// <inheritdoc/>
    internal override Vector<double> LogOddsOfHavingLeft(Vector<double> repeats, Vector<double> recency, Vector<double> age) => new(double.NegativeInfinity);
}
