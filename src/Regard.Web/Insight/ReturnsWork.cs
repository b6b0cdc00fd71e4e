using Regard.Orders;
using Regard.Storage;

namespace Regard.Insight;

/// <summary>Counts the weeks with news, looks at what comes back, takes down what stands out and watches what was said to be fixed.</summary>
internal static class ReturnsWork
{
    public const string Kind = "returns";

    /// <summary>How many weeks of sales are looked at.</summary>
    public const int Weeks = 104;

    public static readonly InsightWork Work = new(Kind, "What comes back", PrepareAsync, (_, _) => Task.FromResult(0L), EndAsync);

    private static async Task<IReadOnlyList<InsightPart>> PrepareAsync(RunAtHand run)
    {
        await CountAsync(run);
        var now = run.Clock.GetCurrentInstant();
        var look = await LoadAsync(run, now);
        var found = await run.ComputeAsync("Returns are compared", look.Find);
        await run.PrepareAsync(new Progress("What was found is written down", 1, 1), async work =>
        {
            await new ReturnLookStore(work).SayAsync(found.Rates);
            await new FindingDesk(work).FoundAsync(found.Findings, now);
        });
        await WatchAsync(run, look, now);
        return [];
    }

    private static async Task CountAsync(RunAtHand run)
    {
        List<LocalDate> weeks;
        await using (var read = await run.Database.ReadAsync(run.Stop)) weeks = await new ReturnCountStore(read).NewsAsync();
        for (var n = 0; n < weeks.Count; n++)
            await run.PrepareAsync(new Progress("Weeks of sale are counted", n, weeks.Count), work => new ReturnCountStore(work).CountAsync(weeks[n]));
    }

    private static async Task<ReturnLook> LoadAsync(RunAtHand run, Instant now)
    {
        await using var read = await run.Database.ReadAsync(run.Stop);
        var store = new ReturnLookStore(read);
        var today = await store.TodayAsync(now);
        var from = Week.Of(today).PlusWeeks(-Weeks);
        // Sales of the last quarter have not had all their returns: how long these take is learned from those before.
        var delay = ReturnDelay.Of(await store.DelaysAsync(from, Week.Of(today).PlusWeeks(-ReturnCountStore.LastWeek)));
        var ripe = Enumerable.Range(0, Weeks).Select(from.PlusWeeks).TakeWhile(week => delay.IsRipe(week, today)).Select(week => week.PlusWeeks(1)).DefaultIfEmpty(from).Last();
        var recent = Week.Of(today).PlusWeeks(-ReturnCountStore.LastWeek);
        return new ReturnLook
        {
            Today = today,
            From = from,
            Recent = recent,
            Delay = delay,
            Cells = await store.CellsAsync(from, ripe),
            Reasons = await store.ReasonsAsync(from),
            ProductWeeks = (await store.ProductWeeksAsync(from, recent, ReturnLook.FewestToWatch)).GroupBy(w => w.ProductId).ToDictionary(g => g.Key, g => (IReadOnlyList<ProductWeekRow>)[.. g]),
            All = await store.WeeksAsync(null, from),
            Names = await store.NamesAsync(),
            Settings = await new InsightSettingStore(read).ReadAsync(),
            SeriesOf = await SeriesAsync(store, from, ripe),
        };
    }

    // Of what may be found: products with many returns. The others' changes are looked up nowhere.
    private static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<WeekRow>>> SeriesAsync(ReturnLookStore store, LocalDate from, LocalDate ripe) =>
        (await store.ProductWeeksAsync(from, from, ReturnLook.FewestToDate)).Where(w => w.Week < ripe).GroupBy(w => w.ProductId)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<WeekRow>)[.. g.Select(w => new WeekRow { Week = w.Week, Sold = w.Sold, Returned = w.Returned })]);

    private static async Task WatchAsync(RunAtHand run, ReturnLook look, Instant now)
    {
        List<FindingRow> watched;
        await using (var read = await run.Database.ReadAsync(run.Stop)) watched = [.. (await new FindingStore(read).OfKindAsync(Kind)).Where(f => f.State.IsWatched())];
        for (var n = 0; n < watched.Count; n++)
        {
            var (row, report) = (watched[n], watched[n].Read());
            if (row.FixedOn is not { } since || ReturnThing.Read(report.Thing) is not { } thing) continue;
            // A bad batch is sold out or taken back: what tells is how the product comes back that is sold since.
            var whole = thing.Dimension == ReturnDimension.Batch ? new ReturnThing(ReturnDimension.Product, thing.ProductId!.Value.ToString()) : thing;
            await run.PrepareAsync(new Progress("It is watched whether fixes hold", n, watched.Count), async work =>
            {
                var weeks = await new ReturnLookStore(work).WeeksAsync(whole, Week.Of(since.PlusDays(6)));
                await new FindingDesk(work).WatchedAsync(row, look.Watch(weeks, report), now);
            });
        }
    }

    private static async Task<string> EndAsync(RunAtHand run, long customers)
    {
        await using var read = await run.Database.ReadAsync(run.Stop);
        var found = await new FindingStore(read).OfKindAsync(Kind);
        var (lines, things) = await new ReturnRateStore(read).SizeAsync();
        return $"{lines:#,0} order lines of two years, {things:#,0} batches, products, suppliers, sizes, carriers and regions. Findings that wait for somebody: {found.Count(f => f.State.IsWork())}; watched: {found.Count(f => f.State.IsWatched() && f.State != FindingState.Gone)}; gone: {found.Count(f => f.State == FindingState.Gone)}.";
    }
}
