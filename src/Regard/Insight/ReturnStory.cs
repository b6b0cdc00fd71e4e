using NodaTime.Text;

namespace Regard.Insight;

/// <summary>Findings about returns in words for a shopkeeper.</summary>
public static class ReturnStory
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu");

    /// <summary>Something that stands out by its rate.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="found">The finding.</param>
    /// <param name="reason">Its clearest reason; null = none is told more often than expected.</param>
    /// <param name="since">Since when; null = as long as it is known.</param>
    public static Sentence StandsOut(string name, ThingRate found, ReasonSignal? reason, LocalDate? since)
    {
        var words = $"{name}: {{rate}} came back ({{returned}} of {{sold}}), others {{others}}";
        List<Figure> figures =
        [
            new("rate", (double)found.Count.Returned / found.Count.Sold, FigureKind.Percent), new("returned", found.Count.Returned, FigureKind.Count), new("sold", found.Count.Sold, FigureKind.Count),
            new("others", found.Expected / found.Count.Sold, FigureKind.Percent),
        ];
        if (reason is not null)
        {
            words += $"; “{reason.Reason}” {{times}} times as often as expected";
            figures.Add(Times(reason));
        }
        return new Sentence(words + Since(since), figures);
    }

    /// <summary>A reason that is told of a product more often than expected, though not more of it comes back than of others.</summary>
    public static Sentence Signals(string name, ReasonSignal signal) => new(
        $"{name}: “{signal.Reason}” was told {{lines}} times, {{times}} times as often as expected.", new Figure("lines", signal.Signal.Pair.Reports, FigureKind.Count), Times(signal));

    /// <summary>A product of which more comes back than of itself before.</summary>
    public static Sentence Rises(string name, ReturnWatch watch, double usual) => new(
        $"{name}: more comes back than before, {{rate}} in place of {{usual}} ({{returned}} of {{sold}} in the last quarter){Since(watch.Since)}",
        new Figure("rate", (double)watch.Returned / Math.Max(1, watch.Sold), FigureKind.Percent), new Figure("usual", usual, FigureKind.Percent), new Figure("returned", watch.Returned, FigureKind.Count), new Figure("sold", watch.Sold, FigureKind.Count));

    private static Figure Times(ReasonSignal signal) => signal.Signal.Ebgm < 10 ? new("times", signal.Signal.Ebgm, FigureKind.Amount) : new("times", Math.Round(signal.Signal.Ebgm), FigureKind.Count);

    private static string Since(LocalDate? since) => since is { } day ? $"; since {Day.Format(day)}." : ".";
}
