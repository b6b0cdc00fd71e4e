using Regard.Bench.Kit;
using Regard.Contact;
using Reach = Regard.Bench.Kit.Reach;

namespace Regard.Bench;

/// <summary>How many contacts can be decided in a second on one core, for customers with every kind of wish.</summary>
internal static class GateBench
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 11, 0);

    public static async Task RunAsync(BenchRun run)
    {
        var asked = Asked();
        long permitted = 0;
        var decisions = run.Size(5_000_000, 50_000_000);
        Decide(asked, decisions / 10);
        var rate = await BenchRun.MeasureAsync(() => BenchRun.RateAsync(decisions, () => Task.FromResult(permitted += Decide(asked, decisions))));
        if (permitted == 0) throw new InvalidOperationException("No customer may be contacted: this measures nothing.");
        // The machine is shared: what one core does is counted in its own time, not in the time that others took.
        run.Add("contact decision in memory, one core", "decisions/s", rate with { Value = decisions / rate.CpuSeconds }, null, Reach.AtLeast(5_000_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Decide([.. asked.Where(one => one.IsPermitted)], decisions / 10);
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (decisions / 10d);
        run.Add("memory of a permitted decision", "bytes", new Measurement(Math.Floor(bytes), null, 0), null, Reach.AtMost(0));
    }

    private static long Decide(Question[] asked, int times)
    {
        var permitted = 0L;
        for (var n = 0; n < times; n++)
        {
            var one = asked[n & (asked.Length - 1)];
            if (ContactGate.Ask(one.Wishes, one.History, ContactPolicy.Strict, one.Request, Now).Kind == VerdictKind.Permitted) permitted++;
        }
        return permitted;
    }

    // 4,096 customers: half said nothing, the others have orders of channels, hours, limits, yeses; all zones of Europe's shops.
    private static Question[] Asked() => [.. Enumerable.Range(0, 4096).Select(n =>
    {
        var wishes = Wishes.Of([Said(n)]);
        var history = new ContactHistory
        {
            Reach = new Regard.Contact.Reach { Email = "a@example.org", Phone = "+4930123", Zones = ZoneSet.Of(n % 3 == 0 ? "Europe/London" : "Europe/Berlin", null) },
            Contacts = [.. Enumerable.Range(0, n % 4).Select(m => new PastContact(Now - Duration.FromDays(7 * (m + 1)), Purpose.Service))],
        };
        var request = new ContactRequest
        {
            CustomerId = Guid.Empty, Purpose = n % 8 == 0 ? Purpose.Marketing : Purpose.Care, About = "change:1", Step = "step",
            Channels = n % 2 == 0 ? [Channel.Email] : [Channel.Phone, Channel.Email], LatestUseful = Now + Duration.FromDays(14),
        };
        return new Question(wishes, history, request, ContactGate.Ask(wishes, history, ContactPolicy.Strict, request, Now).Kind == VerdictKind.Permitted);
    })];

    private static PreferenceStatement Said(int n) => new()
    {
        StatementId = Guid.Empty,
        CustomerId = Guid.Empty,
        SaidAt = Now,
        Place = StatementPlace.Portal,
        Basis = StatementBasis.Volunteered,
        RecordedBy = "system:bench",
        RecordedAt = Now,
        Source = "bench",
        SourceId = "bench",
        Wish = (n % 8) switch
        {
            0 => new Wish { Purposes = [new PurposeWish(Purpose.Marketing, [Channel.Email])] },
            1 => new Wish { OnlyChannels = [Channel.Email] },
            2 => new Wish { Hours = [new HoursWish([Channel.Phone], [new ContactWindow([IsoDayOfWeek.Monday], new LocalTime(9, 0), new LocalTime(18, 0))])] },
            3 => new Wish { Limits = [new ContactLimit(null, 2, 30)] },
            _ => new Wish(),
        },
    };

    private sealed record Question(Wishes Wishes, ContactHistory History, ContactRequest Request, bool IsPermitted);
}
