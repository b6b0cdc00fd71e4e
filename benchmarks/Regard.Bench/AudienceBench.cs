using Regard.Bench.Kit;
using Regard.Contact;
using Regard.Storage;
using Reach = Regard.Bench.Kit.Reach;

namespace Regard.Bench;

/// <summary>How long until it is known whom of very many a campaign would reach, how, and why not the others.</summary>
internal static class AudienceBench
{
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
                var measured = await BenchRun.MeasureAsync(() => BenchRun.MillisecondsAsync(() => LookAsync(scratch.Database, request, segment, size)), () => BenchRun.MillisecondsAsync(() => ScanAsync(scratch.Database)), rounds: 5);
                var reach = Reach.AtMost(1000);
                run.Add($"audience of {size:#,0}, {name}, {engine}", "ms", measured, "one scan of the preference table", engine == Engine.Postgres && segment.IsOfClasses ? reach.And(Reach.RatioAtMost(1)) : engine == Engine.Postgres ? reach : Reach.None);
            }
        }
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
