using Regard.Bench.Kit;
using Regard.Contact;
using Regard.Storage;
using Reach = Regard.Bench.Kit.Reach;

namespace Regard.Bench;

/// <summary>
/// How long until it is known whom of very many a campaign would reach, how, and why not the others: in a program that has made such
/// previews before, as it has when a campaign is being written, while some customers changed since the last one. What the first one takes
/// is a row of its own.
/// </summary>
internal static class AudienceBench
{
    // So many customers have changed since the preview before.
    private const int Moved = 50;

    private static int _round;

    // .NET compiles what runs often a second time, and better: after some twenty previews it has.
    private const int Before = 20;

    public static async Task RunAsync(BenchRun run)
    {
        foreach (var engine in new[] { Engine.Postgres, Engine.Sqlite })
        {
            await using var scratch = await Scratch.MakeAsync(engine);
            var size = run.Size(100_000, 1_000_000);
            BenchRun.Note($"{size:#,0} customers with mixed wishes on {engine}");
            await AudienceCustomers.FillAsync(scratch.Database, size);
            await scratch.AnalyzeAsync();
            await using (var work = await scratch.Database.ReadAsync(CancellationToken.None)) BenchRun.Note($"{await AudienceBenchStore.ClassesAsync(work):#,0} classes");
            var whole = AudienceSegment.Everybody;
            foreach (var (name, purpose, segment) in new[] { ("care", Purpose.Care, whole), ("marketing", Purpose.Marketing, whole), ("care, to those who ordered", Purpose.Care, whole with { NeedsOrder = true }) })
            {
                var request = new ContactRequest { CustomerId = Guid.Empty, Purpose = purpose, About = "campaign:1", Step = "preview", LatestUseful = AudienceCustomers.Now + Duration.FromDays(14) };
                AudienceKnown.Forget();
                var first = await BenchRun.MillisecondsAsync(() => LookAsync(scratch.Database, request, segment, size));
                for (var n = 0; n < Before; n++) await LookAsync(scratch.Database, request, segment, size);
                var measured = await BenchRun.MeasureAsync(() => LookAgainAsync(scratch.Database, request, segment, size), () => BenchRun.MillisecondsAsync(() => ScanAsync(scratch.Database)), rounds: 9);
                var reach = Reach.AtMost(1000);
                if (segment.IsOfClasses) run.Add($"the first audience after a start, {name}, {engine}", "ms", new Measurement(first, null, 0), null, Reach.None);
                run.Add($"audience of {size:#,0}, {name}, {engine}", "ms", measured, "one scan of the preference table", engine == Engine.Postgres && segment.IsOfClasses ? reach.And(Reach.RatioAtMost(1)) : engine == Engine.Postgres ? reach : Reach.None);
            }
        }
    }

    private static async Task<double> LookAgainAsync(Database database, ContactRequest request, AudienceSegment segment, int size)
    {
        var round = ++_round;
        await using (var work = await database.WriteAsync(CancellationToken.None))
        {
            await AudienceBenchStore.MoveAsync(work, [.. Enumerable.Range(0, Moved).Select(n => AudienceCustomers.IdOf((n + round * Moved) * 7_919 % size))], round % 2 == 0 ? "PT" : "NL");
            await work.CommitAsync();
        }
        return await BenchRun.MillisecondsAsync(() => LookAsync(database, request, segment, size));
    }

    private static async Task LookAsync(Database database, ContactRequest request, AudienceSegment segment, int size)
    {
        await using var work = await database.SnapshotAsync(CancellationToken.None);
        var audience = (await AudienceLook.TakeAsync(work, request, segment, AudienceCustomers.Now)).Audience;
        if (audience.Customers != size || audience.Permitted.Count == 0 || audience.Refused.Count == 0) throw new InvalidOperationException($"{audience.Customers} of {size} customers were answered for.");
    }

    private static async Task ScanAsync(Database database)
    {
        await using var work = await database.SnapshotAsync(CancellationToken.None);
        await AudienceBenchStore.ScanAsync(work);
    }
}
