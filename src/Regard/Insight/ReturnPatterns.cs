namespace Regard.Insight;

/// <summary>What was said of one thing when all were looked at.</summary>
public sealed record ThingRate
{
    /// <summary>Of what.</summary>
    public required ReturnThing Thing { get; init; }

    /// <summary>Its sales and returns; of a finding without what an earlier finding explains.</summary>
    public required ReturnCount Count { get; init; }

    /// <summary>As many returns as there would be, were it like the others.</summary>
    public required double Expected { get; init; }

    /// <summary>The shrunken rate, with the bounds above and below which the true one lies with a chance of 95 % each.</summary>
    public required (double Rate, double Low, double High) Rate { get; init; }

    /// <summary>The chance of so many returns or more by luck, adjusted for everything that was looked at.</summary>
    public required double Adjusted { get; init; }

    /// <summary>The finding that explains what is unusual about it; null = none, or it is a finding itself.</summary>
    public ReturnThing? Because { get; init; }

    /// <summary>What the returns beyond the expected cost; 0 when there are none beyond.</summary>
    public long ExcessCostMinor => Count.Returned == 0 ? 0 : (long)Math.Max(0, Count.CostMinor * (1 - (Expected / Count.Returned)));

    /// <summary>By how much two rates explain the returns better than one (Poisson).</summary>
    internal double Evidence => Count.Returned <= Expected || Expected <= 0 ? 0 : (Count.Returned * Math.Log(Count.Returned / Expected)) - (Count.Returned - Expected);

    /// <summary>Beyond chance, and so far beyond the usual that it matters: surely a fifth more than expected, and three returns at least.</summary>
    internal bool StandsOut => Adjusted < ReturnRate.Level && Count.Returned - Expected >= 3 && Rate.Low * Count.Sold > 1.2 * Expected;
}

/// <summary>
/// What comes back beyond chance: batches, products, suppliers, sizes, carriers and regions are looked at together, and what explains most is
/// taken first. Its sales are then set aside and all are looked at again, so that a bad batch accuses neither its product nor its supplier,
/// nor the country that bought most of it. Chances are adjusted for everything that was looked at in a round
/// (<see cref="FalseDiscovery"/>): of what is found, about one in twenty at most is chance.
/// </summary>
public sealed record ReturnPatterns
{
    /// <summary>More is not said at once: who has so many has another problem than finding them.</summary>
    private const int MostFindings = 25;

    private static readonly ReturnDimension[] Dimensions = Enum.GetValues<ReturnDimension>();

    /// <summary>Everything that was looked at, with all its sales.</summary>
    public required IReadOnlyList<ThingRate> Rates { get; init; }

    /// <summary>What stands out, the clearest first.</summary>
    public required IReadOnlyList<ThingRate> Findings { get; init; }

    /// <summary>Looks at sales that were made so long ago that most returns have come.</summary>
    /// <param name="cells">Sales; the same kind may be told in several.</param>
    public static ReturnPatterns Of(IEnumerable<SoldCell> cells)
    {
        SoldCell[] all = [.. cells.Where(c => c.Sold > 0 || c.Returned > 0)];
        List<SoldCell> left = [.. all];
        List<ThingRate> findings = [];
        var first = Look(left);
        for (var now = first; findings.Count < MostFindings;)
        {
            var clearest = now.Where(r => r.StandsOut).OrderByDescending(r => Math.Round(r.Evidence, 6)).ThenBy(r => r.Thing.Dimension).ThenBy(r => r.Thing.Key, StringComparer.Ordinal).FirstOrDefault();
            if (clearest is null) break;
            findings.Add(clearest);
            left.RemoveAll(c => clearest.Thing.Holds(c.Kind));
            now = Look(left);
        }
        var found = findings.Select(f => f.Thing).ToHashSet();
        return new ReturnPatterns { Findings = findings, Rates = [.. first.Select(r => r.StandsOut && !found.Contains(r.Thing) ? r with { Because = Cause(r.Thing, findings, all) } : r)] };
    }

    // What stood out at first and is no finding shares returns with one: with that of which most are its own.
    private static ReturnThing Cause(ReturnThing thing, List<ThingRate> findings, SoldCell[] cells) =>
        findings.Select(f => f.Thing).MaxBy(f => cells.Where(c => thing.Holds(c.Kind) && f.Holds(c.Kind)).Sum(c => c.Returned));

    private static List<ThingRate> Look(IReadOnlyList<SoldCell> cells)
    {
        List<(ReturnThing Thing, ReturnCount Count, double Expected, (double, double, double) Rate, double PValue)> all = [];
        var usual = new Dictionary<ReturnThing, double>();
        foreach (var dimension in Dimensions)
        {
            var counts = Counts(dimension, cells);
            if (dimension < ReturnDimension.Carrier) AddOwn(counts, all, usual);
            else if (counts.Count > 1) AddForeseen(counts, Foreseen(dimension, cells, usual), all);
        }
        var adjusted = FalseDiscovery.Adjust([.. all.Select(a => a.PValue)]);
        return [.. all.Select((a, i) => new ThingRate { Thing = a.Thing, Count = a.Count, Expected = a.Expected, Rate = a.Rate, Adjusted = adjusted[i] })];
    }

    private static List<(ReturnThing Thing, ReturnCount Count)> Counts(ReturnDimension dimension, IReadOnlyList<SoldCell> cells)
    {
        var sums = new Dictionary<ReturnThing, (int Sold, int Returned, long Cost)>();
        foreach (var cell in cells)
        {
            if (ReturnThing.Of(dimension, cell.Kind) is not { } thing) continue;
            var (sold, returned, cost) = sums.GetValueOrDefault(thing);
            sums[thing] = (sold + cell.Sold, returned + cell.Returned, cost + cell.CostMinor);
        }
        // What came back of nobody known may be more than was sold to nobody known.
        return [.. sums.Where(s => s.Value.Sold > 0).OrderBy(s => s.Key.Key, StringComparer.Ordinal)
            .Select((s, n) => (s.Key, new ReturnCount(Number(n), s.Value.Sold, Math.Min(s.Value.Sold, s.Value.Returned), s.Value.Cost)))];
    }

    // Batches, products, suppliers and sizes: how their rates spread is learned from all of them.
    private static void AddOwn(
        List<(ReturnThing Thing, ReturnCount Count)> counts, List<(ReturnThing, ReturnCount, double, (double, double, double), double)> all, Dictionary<ReturnThing, double> usual)
    {
        var (rates, each) = ReturnRates.Of(counts.Select(c => c.Count));
        for (var i = 0; i < counts.Count; i++)
        {
            all.Add((counts[i].Thing, each[i].Count, rates.Usual * each[i].Count.Sold, (each[i].Rate, each[i].Low, each[i].High), each[i].PValue));
            usual[counts[i].Thing] = each[i].Rate;
        }
    }

    // What is expected of a carrier or a region follows from what it carries or buys: from the rates of those products.
    private static Dictionary<ReturnThing, double> Foreseen(ReturnDimension dimension, IReadOnlyList<SoldCell> cells, Dictionary<ReturnThing, double> usual)
    {
        var sums = new Dictionary<ReturnThing, double>();
        foreach (var cell in cells)
        {
            if (ReturnThing.Of(dimension, cell.Kind) is not { } thing) continue;
            sums[thing] = sums.GetValueOrDefault(thing) + (cell.Sold * usual.GetValueOrDefault(ReturnThing.Of(ReturnDimension.Product, cell.Kind)!.Value));
        }
        return sums;
    }

    private static void AddForeseen(
        List<(ReturnThing Thing, ReturnCount Count)> counts, Dictionary<ReturnThing, double> foreseen, List<(ReturnThing, ReturnCount, double, (double, double, double), double)> all)
    {
        // Shrunken rates need not add up to what came back.
        var scale = counts.Sum(c => (double)c.Count.Returned) / Math.Max(1e-9, counts.Sum(c => foreseen[c.Thing]));
        foreach (var (thing, count) in counts)
        {
            var expected = scale * foreseen[thing];
            double returned = count.Returned + 0.5, kept = count.Sold - count.Returned + 0.5;
            var chance = count.Returned == 0 || expected <= 0 ? 1 : GammaFunctions.LowerRegularized(count.Returned, expected);
            all.Add((thing, count, expected, (returned / (returned + kept), BetaFunctions.Quantile(0.05, returned, kept), BetaFunctions.Quantile(0.95, returned, kept)), chance));
        }
    }

    private static Guid Number(int n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
