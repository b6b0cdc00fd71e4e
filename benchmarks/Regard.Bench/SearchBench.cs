using Regard.Bench.Kit;
using Regard.Customers;
using Regard.Storage;

namespace Regard.Bench;

/// <summary>How long somebody at the counter waits for a name among a million, typed in full, begun, or with a slip.</summary>
internal static class SearchBench
{
    private static readonly (string Name, string Query)[] Queries =
    [
        ("whole name", "anna bergmann"), ("beginnings", "ann berg"), ("two slips", "ana bergmnan"), ("common word", "anna"), ("one slip", "bergmanm"), ("two letters", "be"),
        ("e-mail", "anna.bergmann7"), ("phone", "0171 000123"),
    ];

    public static async Task RunAsync(BenchRun run)
    {
        foreach (var engine in new[] { Engine.Sqlite, Engine.Postgres })
        {
            await using var scratch = await Scratch.MakeAsync(engine);
            var size = run.Size(100_000, 1_000_000);
            BenchRun.Note($"{size:#,0} customers on {engine}");
            await SearchCustomers.FillAsync(scratch.Database, size);
            await scratch.AnalyzeAsync();
            foreach (var (name, query) in Queries)
            {
                await using var work = await scratch.Database.ReadAsync(CancellationToken.None);
                var store = new SearchStore(work);
                if ((await store.FindAsync(query, 0, 20)).Count == 0) throw new InvalidOperationException($"Nobody is found by the {name}.");
                var measured = await BenchRun.MeasureAsync(
                    () => MedianAsync(() => store.FindAsync(query, 0, 20)),
                    () => MedianAsync(() => SearchCustomers.ScanAsync(work, query)));
                run.Add($"search by {name}, {engine}", "ms", measured, "like scan of names", Reach.AtMost(50));
            }
        }
    }

    private static async Task<double> MedianAsync(Func<Task> question)
    {
        var times = new List<double>();
        for (var i = 0; i < 9; i++) times.Add(await BenchRun.MillisecondsAsync(question));
        return BenchRun.Median(times);
    }
}
