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

    /// <summary>As many returns as there would be at the usual rate of their categories (of carriers and regions: as <see cref="Expected"/>).</summary>
    internal double AtUsualRate { get; init; }

    /// <summary>By how much a rate of its own explains its returns better than the usual one (Poisson): comparable between a batch and the product that it is of.</summary>
    internal double Evidence => Count.Returned <= AtUsualRate || AtUsualRate <= 0 ? 0 : (Count.Returned * Math.Log(Count.Returned / AtUsualRate)) - (Count.Returned - AtUsualRate);

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

    // By luck such a ratio is met about once in a thousand times.
    private const double SurelyOther = 5.4;

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
            clearest = Narrowed(clearest, now, left);
            findings.Add(clearest);
            left.RemoveAll(c => clearest.Thing.Holds(c.Kind));
            now = Look(left);
        }
        var found = findings.Select(f => f.Thing).ToHashSet();
        return new ReturnPatterns { Findings = findings, Rates = [.. first.Select(r => r.StandsOut && !found.Contains(r.Thing) ? r with { Because = Cause(r.Thing, findings, all) } : r)] };
    }

    // A product stands out because of one of its batches when the batch differs from the rest of it; likewise a supplier because of a product.
    private static ThingRate Narrowed(ThingRate wide, List<ThingRate> all, List<SoldCell> cells)
    {
        var inside = cells.Where(c => wide.Thing.Holds(c.Kind)).ToList();
        var narrower = all.Where(r => r.StandsOut && r.Thing.Dimension < wide.Thing.Dimension && wide.Thing.Dimension < ReturnDimension.Carrier && inside.Where(c => r.Thing.Holds(c.Kind)).Sum(c => c.Sold) == r.Count.Sold)
            .Select(r => (Rate: r, Ratio: Split(wide.Count, r.Count))).OrderByDescending(n => n.Ratio).FirstOrDefault();
        return narrower.Rate is { } found && narrower.Ratio > SurelyOther ? Narrowed(found, all, cells) : wide;
    }

    // The log-likelihood ratio of a part with a rate of its own against one rate for all.
    private static double Split(ReturnCount all, ReturnCount part)
    {
        static double Log(double sold, double returned) => Term(returned) + Term(sold - returned) - Term(sold);
        static double Term(double n) => n <= 0 ? 0 : n * Math.Log(n);
        double sold = all.Sold - part.Sold, returned = all.Returned - part.Returned;
        return sold <= 0 ? 0 : Log(part.Sold, part.Returned) + Log(sold, returned) - Log(all.Sold, all.Returned);
    }

    // What stood out at first and is no finding shares returns with one: with that of which most are its own.
    private static ReturnThing Cause(ReturnThing thing, List<ThingRate> findings, SoldCell[] cells) =>
        findings.Select(f => f.Thing).MaxBy(f => cells.Where(c => thing.Holds(c.Kind) && f.Holds(c.Kind)).Sum(c => c.Returned));

    private static List<ThingRate> Look(IReadOnlyList<SoldCell> cells)
    {
        var all = new List<Measured>();
        var usual = new Dictionary<string, ReturnRates>(StringComparer.Ordinal);
        var ofProducts = new Dictionary<Guid, (double Rate, int Sold)>();
        foreach (var category in cells.GroupBy(c => c.Kind.Category ?? "", StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            SoldCell[] mine = [.. category];
            usual[category.Key] = AddOwn(Counts(ReturnDimension.Product, mine), all);
            foreach (var product in all.Where(m => m.Thing.Dimension == ReturnDimension.Product)) ofProducts[product.Thing.ProductId!.Value] = (product.Rate.Rate, product.Count.Sold);
            AddOwn(Counts(ReturnDimension.Batch, mine), all);
        }
        foreach (var dimension in new[] { ReturnDimension.Supplier, ReturnDimension.Size }) AddOfProducts(dimension, cells, usual, all);
        foreach (var dimension in new[] { ReturnDimension.Carrier, ReturnDimension.Region }) AddOfOrders(dimension, cells, ofProducts, all);
        var adjusted = FalseDiscovery.Adjust([.. all.Select(m => m.PValue)]);
        var atUsual = AtUsual(cells, usual);
        return [.. all.Select((m, i) => new ThingRate { Thing = m.Thing, Count = m.Count, Expected = m.Expected, Rate = m.Rate, Adjusted = adjusted[i], AtUsualRate = atUsual.GetValueOrDefault(m.Thing, m.Expected) })];
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

    // Products and batches of one category: how their rates spread is learned from all of them.
    private static ReturnRates AddOwn(List<(ReturnThing Thing, ReturnCount Count)> counts, List<Measured> all)
    {
        var (rates, each) = ReturnRates.Of(counts.Select(c => c.Count));
        all.AddRange(counts.Select((c, i) => new Measured(c.Thing, c.Count, rates.Usual * c.Count.Sold, (each[i].Rate, each[i].Low, each[i].High), each[i].PValue)));
        return rates;
    }

    // What is expected of a supplier or a size follows from the categories of its products; it is allowed for that products differ, and that it has few of them.
    private static void AddOfProducts(ReturnDimension dimension, IReadOnlyList<SoldCell> cells, Dictionary<string, ReturnRates> usual, List<Measured> all)
    {
        var counts = Counts(dimension, cells);
        if (counts.Count < 2) return;
        var products = cells.Where(c => ReturnThing.Of(dimension, c.Kind) is not null).GroupBy(c => (Thing: ReturnThing.Of(dimension, c.Kind)!.Value, c.Kind.ProductId))
            .ToLookup(g => g.Key.Thing, g => (Sold: g.Sum(c => (double)c.Sold), Usual: usual[g.First().Kind.Category ?? ""]));
        foreach (var (thing, count) in counts)
        {
            double expected = products[thing].Sum(p => p.Sold * p.Usual.Usual), mean = Math.Clamp(expected / count.Sold, 1e-9, 1 - 1e-9);
            var alike = products[thing].Sum(p => p.Sold * p.Sold / (p.Usual.A + p.Usual.B + 1)) / ((double)count.Sold * count.Sold);
            var size = Math.Max(1e-6, (1 / Math.Clamp(alike, 1e-9, 0.999)) - 1);
            all.Add(new Measured(thing, count, expected, OfItself(count), new ReturnRates(mean * size, (1 - mean) * size).AtLeast(count)));
        }
    }

    // What is expected of a carrier or a region follows from what it carries or buys: from the rates of those products.
    private static void AddOfOrders(ReturnDimension dimension, IReadOnlyList<SoldCell> cells, Dictionary<Guid, (double Rate, int Sold)> ofProducts, List<Measured> all)
    {
        var counts = Counts(dimension, cells);
        if (counts.Count < 2) return;
        var foreseen = new Dictionary<ReturnThing, double>();
        foreach (var cell in cells)
            if (ReturnThing.Of(dimension, cell.Kind) is { } thing) foreseen[thing] = foreseen.GetValueOrDefault(thing) + (cell.Sold * ofProducts.GetValueOrDefault(cell.Kind.ProductId).Rate);
        // Shrunken rates need not add up to what came back.
        var scale = counts.Sum(c => (double)c.Count.Returned) / Math.Max(1e-9, counts.Sum(c => foreseen[c.Thing]));
        foreach (var (thing, count) in counts)
        {
            var expected = scale * foreseen[thing];
            all.Add(new Measured(thing, count, expected, OfItself(count), count.Returned == 0 || expected <= 0 ? 1 : GammaFunctions.LowerRegularized(count.Returned, expected)));
        }
    }

    // Few things have nothing to lean on (Jeffreys' prior).
    private static (double, double, double) OfItself(ReturnCount count)
    {
        double returned = count.Returned + 0.5, kept = count.Sold - count.Returned + 0.5;
        return (returned / (returned + kept), BetaFunctions.Quantile(0.05, returned, kept), BetaFunctions.Quantile(0.95, returned, kept));
    }

    private static Dictionary<ReturnThing, double> AtUsual(IReadOnlyList<SoldCell> cells, Dictionary<string, ReturnRates> usual)
    {
        var sums = new Dictionary<ReturnThing, double>();
        foreach (var cell in cells)
            for (var dimension = ReturnDimension.Batch; dimension < ReturnDimension.Carrier; dimension++)
                if (ReturnThing.Of(dimension, cell.Kind) is { } thing) sums[thing] = sums.GetValueOrDefault(thing) + (cell.Sold * usual[cell.Kind.Category ?? ""].Usual);
        return sums;
    }

    private readonly record struct Measured(ReturnThing Thing, ReturnCount Count, double Expected, (double Rate, double Low, double High) Rate, double PValue);

    private static Guid Number(int n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
}
