using System.Numerics;

namespace Regard.Insight;

/// <summary>Which story a model tells about how customers buy and leave.</summary>
public enum BuyingModelKind
{
    /// <summary>Everybody buys at their own rate, for ever (Ehrenberg 1959): the base line.</summary>
    Nbd,

    /// <summary>The same with a rhythm: gaps are Erlang-k (Chatfield and Goodhardt 1973).</summary>
    Cnbd,

    /// <summary>After each repeat purchase a customer may leave (Fader, Hardie and Lee 2005).</summary>
    BgNbd,

    /// <summary>After each purchase, also the first, a customer may leave (Batislam, Denizel and Filiztekin 2007).</summary>
    MbgNbd,

    /// <summary>The same with a rhythm: times between purchases are Erlang-k, more even than chance (Platzer and Reutterer 2016).</summary>
    MbgCnbd,

    /// <summary>A customer may leave at any moment (Schmittlein, Morrison and Colombo 1987).</summary>
    ParetoNbd,
}

/// <summary>
/// A fitted story of how the customers of a shop buy and leave. Unit of time: that of the <see cref="BuyingSummary"/> it was fitted to.
/// Every answer follows from the arguments alone, and nothing throws for a customer who <see cref="BuyingSummary.IsPossible"/>.
/// </summary>
public abstract record BuyingModel
{
    /// <summary>Which story.</summary>
    public abstract BuyingModelKind Kind { get; }

    /// <summary>Whether customers leave in this story; where nobody does, only an unusual silence tells anything.</summary>
    public bool KnowsLeaving => Kind is not (BuyingModelKind.Nbd or BuyingModelKind.Cnbd);

    /// <summary>The parameters in the order of the literature, all above 0.</summary>
    public abstract IReadOnlyList<double> Parameters { get; }

    /// <summary>How even the times between purchases are: 1 = as chance would have it, 2 and more = a rhythm.</summary>
    public virtual int Regularity => 1;

    /// <summary>A model from its parameters, as they were found once.</summary>
    /// <param name="kind">Which story.</param>
    /// <param name="p">In the order of <see cref="Parameters"/>.</param>
    /// <param name="k">The regularity of CNBD-k and MBG/CNBD-k; nothing for the others.</param>
    public static BuyingModel Of(BuyingModelKind kind, ReadOnlySpan<double> p, int k = 1) => kind switch
    {
        BuyingModelKind.Nbd => new NbdModel(p[0], p[1]),
        BuyingModelKind.Cnbd => new CnbdModel(p[0], p[1], k),
        BuyingModelKind.ParetoNbd => new ParetoModel(p[0], p[1], p[2], p[3]),
        _ => new BetaGeometricModel(p[0], p[1], p[2], p[3], kind == BuyingModelKind.MbgCnbd ? k : 1, kind != BuyingModelKind.BgNbd),
    };

    /// <summary>
    /// Log-likelihood of the customers, up to terms that no parameter changes (those of the purchases' times: the number of purchases is
    /// enough). Comparable between all models here.
    /// </summary>
    public double LogLikelihood(BuyingTable table) => LogLikelihood(table, stackalloc double[Parameters.Count]);

    /// <summary>Log-likelihood of one customer.</summary>
    public double LogLikelihood(BuyingSummary customer) => LogLikelihood(BuyingTable.Of([customer]));

    /// <summary>The chance from 0 to 1 that the customer has not left.</summary>
    public double ChanceAlive(BuyingSummary customer)
    {
        var odds = LogOddsOfHavingLeft(new Vector<double>(customer.Repeats), new Vector<double>(customer.Recency), new Vector<double>(customer.Age))[0];
        return odds > 0 ? Math.Exp(-odds) / (1 + Math.Exp(-odds)) : 1 / (1 + Math.Exp(odds));
    }

    /// <summary>Purchases expected of the customer in the coming time, whether or not they have left.</summary>
    /// <param name="customer">The customer; <see cref="BuyingSummary.Newcomer"/> for somebody new.</param>
    /// <param name="horizon">The coming time, 0 or more.</param>
    public double ExpectedPurchases(BuyingSummary customer, double horizon) => ChanceAlive(customer) * ExpectedIfAlive(customer, horizon);

    /// <summary>Purchases expected of the customer in the coming time, if they have not left.</summary>
    public abstract double ExpectedIfAlive(BuyingSummary customer, double horizon);

    /// <summary>
    /// If the customer still bought at their own rhythm, the chance of a silence at least as long as the present one:
    /// ((α+t_x)/(α+T))^(r+kx) · Q, the rate learned from their own purchases and, where these are few, from everybody's. It supposes nothing
    /// about leaving: of customers who go on buying, this share is as silent at some moment.
    /// </summary>
    public double ChanceOfSilence(BuyingSummary customer)
    {
        double m = Parameters[0] + (Regularity * (double)customer.Repeats), alpha = Parameters[1];
        double u = (customer.Age - customer.Recency) / (alpha + customer.Age), sum = 0, term = 1;
        for (var j = 0; j < Regularity; j++)
        {
            sum += term;
            term *= (m + j) / (j + 1) * u;
        }
        return Math.Min(1, Math.Exp((m * Math.Log((alpha + customer.Recency) / (alpha + customer.Age))) + Math.Log(sum)));
    }

    /// <summary>
    /// Purchases expected in the coming time, each counted with exp(−rate × its distance): what they are worth today. Integrated by parts
    /// from <see cref="ExpectedIfAlive"/>, by Gauss and Legendre, to about 10⁻⁸. Fader, Hardie and Lee 2005, "RFM and CLV", discount alike.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="horizon">The coming time, 0 or more.</param>
    /// <param name="rate">Continuous rate of discount per unit of time, 0 or more: ln(1 + yearly rate) / units in a year.</param>
    public double DiscountedPurchases(BuyingSummary customer, double horizon, double rate)
    {
        // What is further away than forty e-foldings of the discount is worth nothing; close by the curve bends most, so pieces double.
        var end = Math.Min(horizon, 40 / Math.Max(rate, 1e-300));
        var sum = 0.0;
        for (double to = end, from = end / 2; to > 0; (to, from) = (from, from > end / 200 ? from / 2 : 0))
            for (var i = 0; i < GaussLegendre.Nodes.Length; i++)
            {
                var at = from + ((to - from) * GaussLegendre.Nodes[i]);
                sum += GaussLegendre.Weights[i] * (to - from) * rate * Math.Exp(-rate * at) * ExpectedIfAlive(customer, at);
            }
        return ChanceAlive(customer) * (sum + (Math.Exp(-rate * end) * ExpectedIfAlive(customer, end)));
    }

    /// <summary>The same as <see cref="ExpectedPurchases(BuyingSummary, double)"/> for one of many customers, with what is known from those before: of one horizon.</summary>
    internal double ExpectedPurchases(BuyingSummary customer, double horizon, Dictionary<(int, double), double[]> known)
    {
        if (!known.TryGetValue((customer.Repeats, customer.Age), out var prepared))
            known[(customer.Repeats, customer.Age)] = prepared = Prepare(customer.Repeats, customer.Age, horizon);
        return ChanceAlive(customer) * ExpectedFrom(prepared, customer);
    }

    /// <summary>What of <see cref="ExpectedIfAlive"/> depends on repeats, age and horizon alone.</summary>
    internal virtual double[] Prepare(int repeats, double age, double horizon) => [ExpectedIfAlive(new BuyingSummary(repeats, repeats == 0 ? 0 : age, age), horizon)];

    /// <summary>The same as <see cref="ExpectedIfAlive"/> from what was prepared.</summary>
    internal virtual double ExpectedFrom(double[] prepared, BuyingSummary customer) => prepared[0];

    /// <summary>Log-likelihood and its gradient by the parameters.</summary>
    internal abstract double LogLikelihood(BuyingTable table, Span<double> gradient);

    /// <summary>Chances of being there, for as many customers as a vector is wide.</summary>
    internal virtual Vector<double> ChancesAlive(Vector<double> repeats, Vector<double> recency, Vector<double> age) => Odds.Soften(-LogOddsOfHavingLeft(repeats, recency, age)).Chance;

    /// <summary>ln of (chance of having left / chance of being there), for as many customers as a vector is wide.</summary>
    internal abstract Vector<double> LogOddsOfHavingLeft(Vector<double> repeats, Vector<double> recency, Vector<double> age);
}
