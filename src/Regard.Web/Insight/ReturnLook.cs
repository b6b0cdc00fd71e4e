using Regard.Orders;

namespace Regard.Insight;

/// <summary>What a look found: what is said of each thing, and what stands out.</summary>
internal sealed record ReturnFindings(IReadOnlyList<ReturnRateRow> Rates, IReadOnlyList<FindingDraft> Findings);

/// <summary>Everything that a look at returns needs, and what follows from it.</summary>
internal sealed class ReturnLook
{
    /// <summary>A product with fewer returns in the last quarter is not watched: nothing could be said of it.</summary>
    public const int FewestToWatch = 4;

    /// <summary>When a rate changed is not looked for with fewer returns.</summary>
    public const int FewestToDate = 8;

    /// <summary>Watching all products together raises a false alarm about once in so many years.</summary>
    private const double YearsToFalseAlarm = 20;

    private const double OddsLookedFor = 2;

    public required LocalDate Today { get; init; }
    public required LocalDate From { get; init; }

    /// <summary>The Monday from which on products are watched.</summary>
    public required LocalDate Recent { get; init; }
    public required ReturnDelay Delay { get; init; }

    /// <summary>Sales of the weeks whose returns have come.</summary>
    public required IReadOnlyList<CellRow> Cells { get; init; }
    public required IReadOnlyList<ReasonRow> Reasons { get; init; }
    public required IReadOnlyDictionary<Guid, IReadOnlyList<ProductWeekRow>> ProductWeeks { get; init; }
    public required IReadOnlyDictionary<Guid, IReadOnlyList<WeekRow>> SeriesOf { get; init; }
    public required IReadOnlyList<WeekRow> All { get; init; }
    public required IReadOnlyDictionary<Guid, ProductName> Names { get; init; }
    public required InsightSettings Settings { get; init; }

    /// <summary>The currency of most lines: costs in others are not added to it.</summary>
    private string Currency => Cells.GroupBy(c => c.Currency, StringComparer.Ordinal).OrderByDescending(g => g.Sum(c => c.Sold)).ThenBy(g => g.Key, StringComparer.Ordinal).FirstOrDefault()?.Key ?? Settings.HandlingCurrency;

    /// <param name="each">Called now and then; what it throws ends the look.</param>
    public ReturnFindings Find(Action each)
    {
        var currency = Currency;
        var handling = currency == Settings.HandlingCurrency ? Settings.HandlingMinor : 0;
        var patterns = ReturnPatterns.Of(Cells.Select(c => new SoldCell(c.Kind, (int)c.Sold, (int)c.Returned, c.Currency == currency ? c.ReturnedMinor + (handling * c.Returned) : 0)));
        each();
        var (ofFindings, signals) = ReasonSignals.Of(Reasons.Select(r => new ReasonCount(new SoldKind(r.ProductId, r.Batch, r.Supplier, r.Size), r.Reason, (int)r.Returned)), [.. patterns.Findings.Select(f => f.Thing)]);
        each();
        List<FindingDraft> drafts = [];
        foreach (var found in patterns.Findings)
        {
            each();
            drafts.Add(StandsOut(found, ofFindings.GetValueOrDefault(found.Thing), currency));
        }
        drafts.AddRange(signals.Select(Signals));
        var explained = drafts.Select(d => ReturnThing.Read(d.Report.Thing)?.ProductId).OfType<Guid>().ToHashSet();
        drafts.AddRange(Rising(explained, each));
        return new ReturnFindings([.. patterns.Rates.Select(r => Row(r, patterns, currency))], drafts);
    }

    /// <summary>What the weeks since a fix say.</summary>
    public WatchReport Watch(IReadOnlyList<WeekRow> weeks, FindingReport report)
    {
        var risk = Math.Clamp(report.Usual, 0.001, 0.5);
        var found = Math.Clamp(report.Found, risk, 0.95);
        // Half of the way back, in odds, is looked for: far from the usual, and not as bad as it was.
        var odds = Math.Max(OddsLookedFor, Math.Sqrt(found / (1 - found) / (risk / (1 - risk))));
        var chart = RiskCusum.For(odds, risk, Math.Max(200, YearsToFalseAlarm * 52 * weeks.Sum(w => w.Sold) / Math.Max(1, weeks.Count)));
        var watch = ReturnWatch.Of(weeks.Select(Seen), risk, chart);
        return new WatchReport(watch.Verdict, watch.Sold, watch.Returned);
    }

    private FindingDraft StandsOut(ThingRate found, ReasonSignal? reason, string currency)
    {
        var changes = found.Thing.ProductId is { } product && SeriesOf.TryGetValue(product, out var weeks)
            ? ChangePoint.Find([.. weeks.Select(w => new PeriodCount(w.Week, (int)w.Sold, (int)Math.Min(w.Sold, w.Returned)))])
            : [];
        var since = changes.Where(c => c.After > c.Before).MaxBy(c => c.LogLikelihoodRatio)?.On;
        var name = Name(found.Thing);
        var sentence = ReturnStory.StandsOut(name, found, reason, since);
        return new FindingDraft(ReturnsWork.Kind, found.Thing.ToString(), name, new FindingReport
        {
            Words = sentence.Words,
            Figures = sentence.Figures,
            Thing = found.Thing.ToString(),
            Changes = changes,
            Usual = found.Expected / found.Count.Sold,
            Found = (double)found.Count.Returned / found.Count.Sold,
        })
        { CostMinor = found.ExcessCostMinor, Currency = currency };
    }

    private FindingDraft Signals(ReasonSignal signal)
    {
        var name = Name(signal.Thing);
        var sentence = ReturnStory.Signals(name, signal);
        return new FindingDraft(ReturnsWork.Kind, $"reason:{signal.Thing.Key}:{signal.Reason}", $"{name}: “{signal.Reason}”", new FindingReport
        {
            Words = sentence.Words,
            Figures = sentence.Figures,
            Thing = signal.Thing.ToString(),
            Reason = signal.Reason,
            Usual = RateOf(signal.Thing),
            Found = RateOf(signal.Thing),
        });
    }

    // Products of which more comes back in the last quarter than of themselves before.
    private IEnumerable<FindingDraft> Rising(HashSet<Guid> explained, Action each)
    {
        var charts = new Dictionary<double, RiskCusum>();
        var yearly = YearsToFalseAlarm * 52 * All.Sum(w => (double)w.Sold) / Math.Max(1, Period.DaysBetween(From, Today) / 7);
        double usual = All.Sum(w => (double)w.Returned) / Math.Max(1, All.Sum(w => w.Sold));
        foreach (var (product, weeks) in ProductWeeks.OrderBy(p => p.Key))
        {
            each();
            if (explained.Contains(product)) continue;
            // Its own past, leaning on everybody's as if fifty lines of those had been its own.
            var (sold, returned) = (weeks.Where(w => w.Week < Recent).Sum(w => w.Sold), weeks.Where(w => w.Week < Recent).Sum(w => w.Returned));
            var risk = Math.Clamp((returned + (50 * usual)) / (sold + 50), 0.001, 0.5);
            var rounded = double.Round(risk, risk < 0.01 ? 4 : 3);
            if (!charts.TryGetValue(rounded, out var chart)) charts[rounded] = chart = RiskCusum.For(OddsLookedFor, rounded, Math.Max(1000, yearly));
            var watch = ReturnWatch.Of(weeks.Where(w => w.Week >= Recent).Select(w => Seen(new WeekRow { Week = w.Week, Sold = w.Sold, Returned = w.Returned })), rounded, chart);
            if (watch.Verdict != WatchVerdict.Alarm) continue;
            var thing = new ReturnThing(ReturnDimension.Product, product.ToString());
            var sentence = ReturnStory.Rises(Name(thing), watch, risk);
            yield return new FindingDraft(ReturnsWork.Kind, $"rise:{product}", $"{Name(thing)}: more comes back than before", new FindingReport
            {
                Words = sentence.Words,
                Figures = sentence.Figures,
                Thing = thing.ToString(),
                Usual = risk,
                Found = (double)watch.Returned / watch.Sold,
            });
        }
    }

    private ReturnRateRow Row(ThingRate rate, ReturnPatterns patterns, string currency) => new()
    {
        Dimension = Words.Of(rate.Thing.Dimension),
        Thing = rate.Thing.Key,
        Name = Name(rate.Thing),
        Sold = rate.Count.Sold,
        Returned = rate.Count.Returned,
        Expected = rate.Expected,
        Rate = rate.Rate.Rate,
        Low = rate.Rate.Low,
        High = rate.Rate.High,
        Adjusted = rate.Adjusted,
        Currency = currency,
        CostMinor = rate.Count.CostMinor,
        ExcessMinor = rate.ExcessCostMinor,
        StandsOut = patterns.Findings.Any(f => f.Thing == rate.Thing),
        Because = rate.Because is { } cause ? Name(cause) : null,
    };

    private WatchWeek Seen(WeekRow week) => new(week.Week, (int)week.Sold, (int)Math.Min(week.Sold, week.Returned), Delay.Seen(week.Week, Today));

    private double RateOf(ReturnThing thing)
    {
        var mine = Cells.Where(c => thing.Holds(c.Kind)).ToList();
        return mine.Sum(c => (double)c.Returned) / Math.Max(1, mine.Sum(c => c.Sold));
    }

    private string Name(ReturnThing thing)
    {
        var product = thing.ProductId is { } id && Names.TryGetValue(id, out var known) ? $"{known.Name} {known.Sku}" : thing.Key;
        return thing.Dimension switch
        {
            ReturnDimension.Product => product,
            ReturnDimension.Batch => $"{product}, batch {thing.Batch}",
            ReturnDimension.Supplier => $"Bought from {thing.Key}",
            ReturnDimension.Size => $"Size {thing.Key}",
            ReturnDimension.Carrier => $"Brought by {thing.Key}",
            _ => $"Customers in {thing.Key}",
        };
    }
}
