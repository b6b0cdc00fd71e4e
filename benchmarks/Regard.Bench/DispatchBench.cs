using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Regard.Access;
using Regard.Bench.Kit;
using Regard.Contact;
using Regard.History;
using Regard.Storage;
using Reach = Regard.Bench.Kit.Reach;

namespace Regard.Bench;

/// <summary>
/// The way of a contact under load: the whole program over PostgreSQL hands mails to a server in this process. Every mail is decided again,
/// written to the ledger, counted, handed over while the customer's wishes are held, and its end written: each by itself, each durable.
/// </summary>
internal static class DispatchBench
{
    private const int OptOutsASecond = 20;
    private const int DecisionsASecond = 300;
    private const int Seconds = 10;

    private static int _step;

    public static async Task RunAsync(BenchRun run)
    {
        var count = run.Size(6_000, 30_000);
        await using var scratch = await Scratch.MakeAsync(Engine.Postgres);
        await Profiles.FillAsync(scratch.Database, count);
        await scratch.AnalyzeAsync();
        var key = await KeyAsync(scratch);
        await SendAsync(run, scratch, count, key);
        await DecideAsync(run, scratch, count, key);
    }

    // One program does it over and over, as it does in a house: its first round warms it up and is not counted.
    private static async Task SendAsync(BenchRun run, Scratch scratch, int count, string key)
    {
        using var sink = new RecordingSink(null, null).Start();
        List<double> optOuts = [], cpu = [];
        await using var server = await ServerProcess.StartAsync(scratch.Settings with { Smtp = sink.Address }, "/health", "--empty");
        using var client = Client(server, key);
        async Task<double> RoundAsync()
        {
            BenchRun.Note($"{count:#,0} contacts are asked for");
            var (start, first) = (sink.Received, count / 20);
            await QueueAsync(scratch, count);
            // While the first ones are sent the others are still being looked for.
            while (sink.Received - start < first) await Task.Delay(2);
            var (since, before, from) = (Stopwatch.GetTimestamp(), server.CpuSeconds, sink.Received - start);
            var saying = HttpLoad.RunAsync(client, OptOutsASecond, 2, n => No(n, count));
            while (sink.Received - start < count * 0.97) await Task.Delay(2);
            var rate = (sink.Received - start - from) / Stopwatch.GetElapsedTime(since).TotalSeconds;
            cpu.Add(server.CpuSeconds - before);
            optOuts.Add(Checked(await saying).P99);
            BenchRun.Note($"{rate:#,0} mails/s, an opt-out within {optOuts[^1]:0} ms, {cpu[^1] * 1_000_000 / (count * 0.92):0} µs of the program's time for a mail");
            return rate;
        }
        await RoundAsync();
        (optOuts, cpu) = ([], []);
        var measured = await BenchRun.MeasureAsync(RoundAsync, () => InsertAsync(scratch, count));
        run.Add(
            "claim and hand-over, each decided and durable", "mails/s", measured with { CpuSeconds = BenchRun.Median(cpu) },
            $"bare durable inserts, {DispatchLanes.Count} clients", Reach.AtLeast(1_500).And(Reach.RatioAtLeast(0.3)));
        run.Add("an opt-out is acknowledged under that load, p99", "ms", new Measurement(BenchRun.Median(optOuts), null, 0), null, Reach.AtMost(250));
    }

    private static async Task DecideAsync(BenchRun run, Scratch scratch, int count, string key)
    {
        await using var server = await ServerProcess.StartAsync(scratch.Settings, "/health", "--empty", "--no-jobs");
        using var client = Client(server, key);
        await HttpLoad.RunAsync(client, DecisionsASecond, 10, n => Order(n, count));
        await HttpLoad.RunAsync(client, DecisionsASecond, 1, _ => new HttpRequestMessage(HttpMethod.Get, "/regard.css"));
        var before = server.CpuSeconds;
        var measured = await BenchRun.MeasureAsync(
            async () => Checked(await HttpLoad.RunAsync(client, DecisionsASecond, Seconds, n => Order(n, count))).P99,
            async () => Checked(await HttpLoad.RunAsync(client, DecisionsASecond, Seconds, _ => new HttpRequestMessage(HttpMethod.Get, "/regard.css"))).P99);
        run.Add(
            $"one decision over HTTP, kept in the ledger, p99 at {DecisionsASecond}/s", "ms", measured with { CpuSeconds = (server.CpuSeconds - before) / 3 },
            "a file of the same server", Reach.AtMost(15));
    }

    // All are to go out at one moment, as those of a campaign: asked for some at a time, long enough before, and all of them waiting by then.
    private static async Task QueueAsync(Scratch scratch, int count)
    {
        var (next, round) = (-1, ++_step);
        var earliest = SystemClock.Instance.GetCurrentInstant() + Duration.FromSeconds(5 + count / 300);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (int n; (n = Interlocked.Add(ref next, 20) - 19) < count;)
            {
                await using var work = await scratch.Database.WriteAsync(CancellationToken.None);
                for (var profile = n; profile < Math.Min(count, n + 20); profile++)
                    await new ContactDesk(work).RequestAsync(
                        Request(profile, $"round {round}") with { Earliest = earliest }, new ContactDraft { Subject = "1", Text = "Your parcel is on its way and arrives tomorrow." },
                        SystemClock.Instance.GetCurrentInstant());
                await work.CommitAsync();
            }
        })));
        await scratch.AnalyzeAsync();
        if (SystemClock.Instance.GetCurrentInstant() > earliest) BenchRun.Note("they were not all asked for in time: the machine is busy, and the numbers are too low");
    }

    private static ContactRequest Request(int profile, string step) => new()
    {
        CustomerId = Profiles.IdOf(profile),
        Purpose = Purpose.Service,
        About = "order:1",
        Step = step,
        Channels = [Channel.Email],
        LatestUseful = SystemClock.Instance.GetCurrentInstant() + Duration.FromDays(2),
    };

    private static HttpRequestMessage Order(int n, int count) => Post(
        "/api/v1/contacts", new ContactOrder { CustomerId = Profiles.IdOf((int)(n * 7_919L % count)), Purpose = Purpose.Service, About = "order:1", Step = $"step {++_step}", Channels = [Channel.Email], Subject = "1", Text = "Your parcel is on its way and arrives tomorrow." });

    private static HttpRequestMessage No(int n, int count) => Post(
        $"/api/v1/customers/{Profiles.IdOf((int)(n * 7_919L % count))}/preferences",
        new StatementDraft { Wish = new Wish { Purposes = [new PurposeWish(Purpose.Care, [])] }, Words = "no more check-ins, please" });

    private static HttpRequestMessage Post<T>(string path, T body) => new(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: new JsonSerializerOptions(Json.Options)) };

    /// <summary>What the disk and the server can do at best: a row of a mail's size, each durable by itself, from as many clients.</summary>
    private static async Task<double> InsertAsync(Scratch scratch, int count)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(scratch.Settings.ConnectionString) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 1 });
        await using (var make = source.CreateCommand("create table if not exists bare (id uuid primary key, content text not null)")) await make.ExecuteNonQueryAsync();
        var content = new string('x', 300);
        var left = count;
        return await BenchRun.RateAsync(count, () => Task.WhenAll(Enumerable.Range(0, DispatchLanes.Count).Select(_ => Task.Run(async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await using var insert = new NpgsqlCommand("insert into bare values ($1, $2)", connection);
                insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Ids.New(SystemClock.Instance.GetCurrentInstant()) });
                insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = content });
                await insert.ExecuteNonQueryAsync();
            }
        }))));
    }

    private static LoadResult Checked(LoadResult load) => load.Failures == 0 ? load : throw new InvalidOperationException($"{load.Failures} of {load.Requests} requests failed.");

    private static HttpClient Client(ServerProcess server, string key)
    {
        var client = HttpLoad.Client(server.Address);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static async Task<string> KeyAsync(Scratch scratch)
    {
        await using var work = await scratch.Database.WriteAsync(CancellationToken.None);
        var (_, secret) = await new ApiKeyStore(work).MakeAsync("bench", [Right.PreferencesWrite, Right.ContactsWrite], Actor.System("bench"), SystemClock.Instance.GetCurrentInstant());
        await work.CommitAsync();
        return secret;
    }
}
