namespace Regard.Insight;

/// <summary>Compares how customers are served, takes down who is served differently, and watches what was said to be fixed.</summary>
internal static class ParityWork
{
    public const string Kind = "parity";

    /// <summary>How far back cases and calls are compared.</summary>
    public static readonly Duration Window = Duration.FromDays(365);

    /// <summary>Newer cases are left out: those of them that wait have not had their time.</summary>
    public static readonly Duration Grace = Duration.FromDays(3);

    public static readonly InsightWork Work = new(Kind, "The same service for everybody", PrepareAsync, (_, _) => Task.FromResult(0L), EndAsync);

    private static async Task<IReadOnlyList<InsightPart>> PrepareAsync(RunAtHand run)
    {
        var now = run.Clock.GetCurrentInstant();
        InsightSettings settings;
        List<Moment> served;
        await using (var read = await run.Database.ReadAsync(run.Stop))
        {
            settings = await new InsightSettingStore(read).ReadAsync();
            served = await ServedAsync(read, now);
        }
        var compared = await run.ComputeAsync("Groups are compared", each => ParityStudy.Of([.. served.Select(s => s.What)], settings.Margins, each));
        await run.PrepareAsync(new Progress("What was found is written down", 1, 1), async work =>
        {
            await new ParityResultStore(work).SayAsync([.. compared.Select(c => Row(c, settings))]);
            await new FindingDesk(work).FoundAsync(Drafts(compared), now);
        });
        await WatchAsync(run, served, settings, now);
        return [];
    }

    private static async Task<List<Moment>> ServedAsync(Storage.UnitOfWork read, Instant now)
    {
        var query = new ServedQuery(now - Window, now - Grace);
        List<Moment> served = [];
        foreach (var row in await new ServedStore(read).CasesAsync(query, ServedStore.Most))
        {
            served.Add(new(row.OpenedAt, new(ParityMeasure.FirstAnswer, row.HoursToAnswer(now), row.Groups)));
            served.Add(new(row.OpenedAt, new(ParityMeasure.Resolution, row.HoursToEnd(now), row.Groups)));
            served.Add(new(row.OpenedAt, new(ParityMeasure.BrokenPromise, row.IsPromiseBroken(now) ? 1 : 0, row.Groups)));
        }
        foreach (var row in await new ServedStore(read).CallsAsync(query, ServedStore.Most))
        {
            served.Add(new(row.At, new(ParityMeasure.Wait, Math.Max(1, row.WaitedSeconds) / 3600, row.Groups)));
            served.Add(new(row.At, new(ParityMeasure.Abandoned, row.IsAbandoned ? 1 : 0, row.Groups)));
        }
        return served;
    }

    private static async Task WatchAsync(RunAtHand run, List<Moment> served, InsightSettings settings, Instant now)
    {
        List<FindingRow> watched;
        await using (var read = await run.Database.ReadAsync(run.Stop)) watched = [.. (await new FindingStore(read).OfKindAsync(Kind)).Where(f => f.State.IsWatched())];
        foreach (var row in watched)
        {
            var report = row.Read();
            if (row.FixedOn is not { } day || report.Grouping is not { } grouping) continue;
            var since = day.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
            List<Served> later = [.. served.Where(s => s.At >= since && report.Differences.Any(d => d.Measure == s.What.Measure)).Select(s => s.What)];
            var compared = await run.ComputeAsync("It is watched whether fixes hold", each => ParityStudy.Of(later, settings.Margins, each));
            var mine = compared.Where(c => c.Grouping == grouping && c.Group == report.Group).ToList();
            var watch = new WatchReport(Verdict(mine), later.Count(s => s.Groups[(int)grouping] == report.Group && s.Measure == report.Differences[0].Measure), 0);
            await run.PrepareAsync(new Progress("It is watched whether fixes hold", 0, 0), work => new FindingDesk(work).WatchedAsync(row, watch, now));
        }
    }

    private static WatchVerdict Verdict(List<ParityComparison> compared) =>
        compared.Count == 0 ? WatchVerdict.NothingYet
        : compared.Exists(c => c.Result.Verdict == ParityVerdict.Different) ? WatchVerdict.Alarm
        : compared.TrueForAll(c => c.Result.Verdict == ParityVerdict.Same) ? WatchVerdict.Back
        : WatchVerdict.Watching;

    private static IReadOnlyList<FindingDraft> Drafts(IReadOnlyList<ParityComparison> compared) =>
    [
        .. compared.Where(c => c.IsApart && c.Result.Verdict == ParityVerdict.Different).GroupBy(c => (c.Grouping, c.Group)).Select(group =>
        {
            var name = ParityNames.Of(group.Key.Grouping, group.Key.Group);
            var sentence = ParityStory.Of(name, [.. group]);
            return new FindingDraft(Kind, $"{Words.Of(group.Key.Grouping)}:{group.Key.Group}", $"{name} are served differently", new FindingReport
            {
                Words = sentence.Words, Figures = sentence.Figures, Grouping = group.Key.Grouping, Group = group.Key.Group,
                Differences = [.. group.Select(c => new ParityDifference(c.Measure, c.Typical, c.TypicalOthers, Told(c.Measure, c.Result.Difference), Bounded(c.Measure, c.Result.Interval.Low), Bounded(c.Measure, c.Result.Interval.High)))],
            });
        }),
    ];

    private static ParityResultRow Row(ParityComparison c, InsightSettings settings) => new()
    {
        Measure = c.Measure,
        Grouping = c.Grouping,
        GroupKey = c.Group,
        Cases = c.Result.Cases.Group,
        Others = c.Result.Cases.Others,
        Typical = c.Typical,
        TypicalOthers = c.TypicalOthers,
        Difference = Told(c.Measure, c.Result.Difference),
        Low = Bounded(c.Measure, c.Result.Interval.Low),
        High = Bounded(c.Measure, c.Result.Interval.High),
        Margin = c.Measure.IsTime() ? settings.TimeMargin : settings.ShareMargin,
        SameP = c.Result.SameP,
        DifferentP = c.Result.DifferentP,
        Verdict = c.Result.Verdict,
        IsApart = c.IsApart,
    };

    // Times are compared by their logarithms and told as factors.
    private static double Told(ParityMeasure measure, double value) => measure.IsTime() ? Math.Exp(value) : value;

    // Of one case nothing is known of the spread: as wide as numbers go, and no infinity in the records.
    private static double Bounded(ParityMeasure measure, double value) => Math.Clamp(Told(measure, value), measure.IsTime() ? 0 : -1, measure.IsTime() ? 1e6 : 1);

    private static async Task<string> EndAsync(RunAtHand run, long customers)
    {
        await using var read = await run.Database.ReadAsync(run.Stop);
        var rows = await new ParityResultStore(read).ListAsync(null, 10_000);
        return $"{rows.Count} comparisons: {rows.Count(r => r.Verdict == ParityVerdict.Same)} the same, {rows.Count(r => r.Verdict == ParityVerdict.Different)} different, {rows.Count(r => r.Verdict == ParityVerdict.CannotTellYet)} cannot be told yet.";
    }

    private readonly record struct Moment(Instant At, Served What);
}
