namespace Regard.Insight;

/// <summary>What must hold for every model and every customer.</summary>
[Trait("req", "L2")]
public sealed class BuyingLaws
{
    private static readonly BuyingModel[] Models =
    [
        new NbdModel(0.4, 12), new BetaGeometricModel(0.25, 4, 0.8, 2.5, 1, false), new BetaGeometricModel(0.5, 6, 1, 1.6),
        new BetaGeometricModel(0.6, 2.3, 1.1, 1.5, 3), new CnbdModel(0.7, 5, 3), new ParetoModel(0.5, 10, 0.6, 12), new ParetoModel(0.5, 12, 1, 3),
    ];

    private static readonly BuyingSummary[] Customers =
        [.. from x in new[] { 0, 1, 2, 7, 60 } from share in new[] { 0.2, 0.9, 1 } from age in new[] { 1.0, 30, 400 } select new BuyingSummary(x, x == 0 ? 0 : share * age, age)];

    [Fact]
    public void gradients_are_those_of_the_likelihood()
    {
        var table = BuyingTable.Of(Customers);
        foreach (var model in Models)
        {
            var gradient = new double[model.Parameters.Count];
            model.LogLikelihood(table, gradient);
            for (var i = 0; i < gradient.Length; i++)
            {
                const double H = 1e-5;
                var slope = (With(model, i, 1 + H).LogLikelihood(table) - With(model, i, 1 - H).LogLikelihood(table)) / (2 * H * model.Parameters[i]);
                gradient[i].ShouldBe(slope, 1e-6 * (1 + Math.Abs(slope)), $"parameter {i} of {model}");
            }
        }
    }

    [Fact]
    public void chances_are_chances_and_silence_never_raises_them()
    {
        foreach (var model in Models)
            foreach (var customer in Customers)
            {
                var now = model.ChanceAlive(customer);
                now.ShouldBeInRange(0, 1);
                model.ChanceAlive(customer with { Age = customer.Age * 1.5 }).ShouldBeLessThanOrEqualTo(now + 1e-12, $"{model} {customer}");
            }
    }

    [Fact]
    public void a_longer_horizon_never_holds_less()
    {
        foreach (var model in Models)
            foreach (var customer in Customers)
            {
                double[] expected = [.. new[] { 0, 0.1, 1, 10, 100, 1000 }.Select(h => model.ExpectedIfAlive(customer, h))];
                expected[0].ShouldBe(0);
                expected.SequenceEqual(expected.Order()).ShouldBeTrue($"{model} {customer}");
            }
    }

    [Fact]
    public void customers_in_another_order_and_counted_singly_are_the_same_base()
    {
        var customers = Enumerable.Range(0, 20_000).Select(n => new BuyingSummary(n % 7, n % 7 == 0 ? 0 : 1 + (n % 13), 20 + (n % 11))).ToArray();
        var table = BuyingTable.Of(customers);
        table.Rows.ShouldBeLessThan(1200);
        table.Customers.ShouldBe(20_000);
        foreach (var model in Models)
        {
            var whole = model.LogLikelihood(table);
            model.LogLikelihood(BuyingTable.Of([.. customers.Reverse()])).ShouldBe(whole, Math.Abs(whole) * 1e-12);
            customers.CountBy(c => c).Sum(c => model.LogLikelihood(c.Key) * c.Value).ShouldBe(whole, Math.Abs(whole) * 1e-11);
        }
    }

    private static BuyingModel With(BuyingModel model, int parameter, double factor)
    {
        double[] p = [.. model.Parameters];
        p[parameter] *= factor;
        return model switch
        {
            NbdModel => new NbdModel(p[0], p[1]),
            CnbdModel m => m with { R = p[0], Alpha = p[1] },
            ParetoModel => new ParetoModel(p[0], p[1], p[2], p[3]),
            BetaGeometricModel m => m with { R = p[0], Alpha = p[1], A = p[2], B = p[3] },
            _ => throw new InvalidOperationException(),
        };
    }
}
