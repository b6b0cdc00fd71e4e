namespace Regard.Demo;

/// <summary>One line of an invented order.</summary>
internal sealed record DemoLine(string Sku, int Quantity, long AmountMinor, string? Batch);

/// <summary>One invented order; <see cref="ReturnedLine"/> is the index of a line that came back, with the reason, days later.</summary>
internal sealed record DemoOrder(DemoPerson Person, string Number, Instant At, IReadOnlyList<DemoLine> Lines, bool IsLate, int? ReturnedLine, string? ReturnReason, int ReturnAfterDays)
{
    /// <summary>Who brings it.</summary>
    public string Carrier { get; init; } = "";
}

/// <summary>
/// Draws two years of orders. Planted: silent leavers stop about four months before today, a third of them after a late delivery;
/// the kettle's batch <see cref="DemoCatalogue.DefectiveBatch"/> comes back eight times as often as other goods.
/// </summary>
internal static class DemoOrders
{
    public static IReadOnlyList<DemoOrder> Draw(IReadOnlyList<DemoPerson> people, Seeded seeded, LocalDate today)
    {
        var orders = new List<DemoOrder>();
        foreach (var person in people) Add(orders, person, seeded.For(person.Key), today);
        var inOrder = orders.OrderBy(o => o.At).ThenBy(o => o.Person.Number).ToList();
        var carriers = seeded.For("carriers");
        return [.. inOrder.Select((order, n) => order with { Number = $"L{100_001 + n}", Carrier = carriers.Pick(Carriers) })];
    }

    private static void Add(List<DemoOrder> orders, DemoPerson person, Seeded seeded, LocalDate today)
    {
        var end = person.Truth == DemoTruth.SilentLeaver ? today.PlusDays(-seeded.Between(100, 135)) : today;
        var day = person.Since;
        var first = orders.Count;
        while (day < end)
        {
            orders.Add(One(person, seeded, day, today));
            if (person.Truth == DemoTruth.OneTime) break;
            var gap = person.Rhythm * Math.Max(0.25, 1 + person.Unrest * seeded.Normal());
            day = day.PlusDays(Math.Max(1, (int)Math.Round(gap)));
        }
        if (person.Truth == DemoTruth.SilentLeaver && person.Number % 3 == 0 && orders.Count > first) orders[^1] = orders[^1] with { IsLate = true };
    }

    private static DemoOrder One(DemoPerson person, Seeded seeded, LocalDate day, LocalDate today)
    {
        var lines = Lines(person, seeded, day);
        var at = day.At(new LocalTime(seeded.Between(7, 21), seeded.Between(0, 59), seeded.Between(0, 59)))
            .InZoneLeniently(DateTimeZoneProviders.Tzdb[person.TimeZone]).ToInstant();
        var (returned, reason) = Returned(lines, seeded);
        var after = seeded.Between(4, 20);
        if (returned is not null && day.PlusDays(after) >= today) returned = null;
        return new DemoOrder(person, "", at, lines, seeded.Chance(0.03), returned, returned is null ? null : reason, after);
    }

    private static List<DemoLine> Lines(DemoPerson person, Seeded seeded, LocalDate day)
    {
        var lines = new List<DemoLine>();
        foreach (var sku in person.Favourites)
        {
            if (lines.Count > 0 && !seeded.Chance(0.75)) continue;
            var product = DemoCatalogue.Products.First(p => string.Equals(p.Sku, sku, StringComparison.Ordinal));
            var quantity = person.Truth == DemoTruth.CoffeeDevotee && DemoCatalogue.RisingSkus.Contains(sku) ? seeded.Between(2, 6) : seeded.Between(1, 3);
            lines.Add(new DemoLine(sku, quantity, quantity * product.PriceMinor, null));
        }
        if (seeded.Chance(0.18))
        {
            var thing = seeded.Chance(0.3) ? DemoCatalogue.Products.First(p => string.Equals(p.Sku, DemoCatalogue.KettleSku, StringComparison.Ordinal)) : seeded.Pick(DemoCatalogue.Products);
            if (lines.TrueForAll(l => !string.Equals(l.Sku, thing.Sku, StringComparison.Ordinal)))
                lines.Add(new DemoLine(thing.Sku, 1, thing.PriceMinor, Batch(thing, day)));
        }
        return lines;
    }

    private static string? Batch(DemoProduct product, LocalDate day)
    {
        if (product.IsConsumable) return null;
        return string.Equals(product.Sku, DemoCatalogue.KettleSku, StringComparison.Ordinal)
            ? (day.Month is 7 or 8 && day.Year % 2 == 0 ? DemoCatalogue.DefectiveBatch : $"K-{day.Year % 100}{(day.Month + 1) / 2 * 2 - 1:D2}")
            : $"{product.Sku[4..]}-{day.Year % 100}Q{(day.Month + 2) / 3}";
    }

    private static (int? Line, string? Reason) Returned(List<DemoLine> lines, Seeded seeded)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (string.Equals(lines[i].Batch, DemoCatalogue.DefectiveBatch, StringComparison.Ordinal) && seeded.Chance(0.36)) return (i, "handle came loose");
            if (lines[i].Batch is not null && seeded.Chance(0.045)) return (i, seeded.Pick(Reasons));
            if (lines[i].Batch is null && seeded.Chance(0.008)) return (i, seeded.Pick(Reasons));
        }
        return (null, null);
    }

    private static readonly string[] Carriers = ["dhl", "dpd", "gls", "post"];

    private static readonly string[] Reasons = ["ordered by mistake", "not as expected", "arrived damaged", "changed my mind", "wrong item sent", "a gift not needed"];
}
