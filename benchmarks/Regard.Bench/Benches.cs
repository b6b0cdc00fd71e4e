using Regard.Bench.Kit;

namespace Regard.Bench;

/// <summary>A benchmark: it may add several rows that share what they prepare.</summary>
/// <param name="Name">What <c>./bench NAME</c> matches.</param>
/// <param name="Question">What its numbers answer.</param>
internal sealed record Benchmark(string Name, string Question, Func<BenchRun, Task> RunAsync);

/// <summary>All benchmarks, in the order of the table. A new one is a class with <c>RunAsync(BenchRun)</c> and a line here.</summary>
internal static class Benches
{
    public static readonly IReadOnlyList<Benchmark> All =
    [
        new("start", "How long from the command to the first page, and how much memory at rest?", StartBench.RunAsync),
        new("ingest", "How many events a second are taken in for good over HTTP, and become facts?", IngestBench.RunAsync),
        new("gate", "How many contacts can be decided in a second, on one core?", GateBench.RunAsync),
        new("import", "How fast does a shop's history come in, with everything that is kept beside it?", ImportBench.RunAsync),
        new("customer page", "How fast is a customer's page at 200 requests a second, and what does it cost beside a static file?", CustomerPageBench.RunAsync),
        new("impact", "How fast is it known whom a change of products hurts?", ImpactBench.RunAsync),
        new("search", "How long until a name, an address or a number among very many customers is found, with and without slips?", SearchBench.RunAsync),
        new("audience", "How long until it is known whom of very many a campaign would reach, how, and why not the others?", AudienceBench.RunAsync),
        new("dispatch", "How many contacts a second are decided again, counted and handed over; how soon does an opt-out bind; how fast is a decision over HTTP?", DispatchBench.RunAsync),
        new("history", "Does the contact gate keep its promises while processes are killed, stopped and cut off?", HistoryBench.RunAsync),
        new("buying", "How fast are a million customers understood, and ten million scored?", BuyingBench.RunAsync),
        new("loyalty", "How long does the night's run of loyalty take, with everybody new and with few who have news, and how much memory?", LoyaltyBench.RunAsync),
        new("statistics", "How fast are purchases summed up, signals found and cases dealt again?", StatisticsBench.RunAsync),
    ];
}
