namespace Regard.Insight;

/// <summary>
/// The two plots that an analyst asks of a model: repeat purchases of each week beside those expected (Fader, Hardie and Lee 2005, fig. 2),
/// and how many customers came back how often (fig. 1).
/// </summary>
public sealed record Tracking
{
    /// <summary>First purchases of customers in each week, from the first week of the records on.</summary>
    public required IReadOnlyList<long> Firsts { get; init; }

    /// <summary>Repeat purchases in each week.</summary>
    public required IReadOnlyList<long> Real { get; init; }

    /// <summary>Repeat purchases expected in each week of customers who came when these did, by the model that saw only the weeks before <see cref="Cut"/>.</summary>
    public required IReadOnlyList<double> Expected { get; init; }

    /// <summary>The first week that the model had not seen.</summary>
    public required int Cut { get; init; }

    /// <summary>Customers by their number of repeats, 0 first, the last with all beyond.</summary>
    public required IReadOnlyList<long> RealRepeats { get; init; }

    /// <summary>The same, expected by the model of now; drawn, with the error of chance that goes with it.</summary>
    public required IReadOnlyList<double> ExpectedRepeats { get; init; }

    /// <summary>Expected repeat purchases of each week of customers who came in these weeks. Nothing of what the customers did later is used.</summary>
    /// <param name="model">In days.</param>
    /// <param name="firsts">First purchases of each week.</param>
    public static double[] Weeks(BuyingModel model, IReadOnlyList<long> firsts)
    {
        // Who came in a week came in its middle, on average.
        var grown = new double[firsts.Count + 1];
        for (var age = 1; age <= firsts.Count; age++) grown[age] = model.ExpectedPurchases(BuyingSummary.Newcomer, 7 * (age - 0.5));
        var weeks = new double[firsts.Count];
        for (var week = 0; week < weeks.Length; week++)
            for (var came = 0; came <= week; came++) weeks[week] += firsts[came] * (grown[week - came + 1] - grown[week - came]);
        return weeks;
    }

    /// <summary>Customers expected for each number of repeats; see <see cref="RealRepeats"/>.</summary>
    /// <param name="model">In days.</param>
    /// <param name="ages">How long customers are known, in days, with how many of them are.</param>
    /// <param name="numbers">How many numbers are told apart.</param>
    public static double[] Repeats(BuyingModel model, IReadOnlyList<(double Age, double Customers)> ages, int numbers) =>
        [.. Simulation.Repeats(model, ages, numbers).Select(share => share * ages.Sum(age => age.Customers))];

    /// <summary>Repeat purchases expected of all customers of a table in each coming time.</summary>
    public static double[] Coming(BuyingModel model, BuyingTable table, IReadOnlyList<double> horizons) =>
        [.. horizons.Select(horizon => table.Sum((known, customer) => model.ExpectedPurchases(customer, horizon, known)))];
}
