using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NpgsqlTypes;
using Regard.Access;
using Regard.Bench.Kit;
using Regard.Ingestion;
using Regard.Storage;

namespace Regard.Bench;

/// <summary>How many events a second other systems can hand over for good, and how fast they become facts.</summary>
internal static class IngestBench
{
    private const int BatchSize = 100;
    private const int Senders = 16;

    private static int _round;

    public static async Task RunAsync(BenchRun run)
    {
        var count = run.Size(100_000, 1_000_000);
        await using var scratch = await Scratch.MakeAsync(Engine.Postgres);
        var key = await KeyAsync(scratch);
        await OnBareTableAsync(scratch, "create table bare (like ingest_event including defaults including indexes)");
        await using (var server = await ServerProcess.StartAsync(scratch.Settings, "/health", "--no-jobs", "--empty"))
        {
            BenchRun.Note($"{count:#,0} events over HTTP in batches of {BatchSize}");
            using var client = HttpLoad.Client(server.Address);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            await SendAsync(client, 5_000);
            var before = server.CpuSeconds;
            var measured = await BenchRun.MeasureAsync(() => SendAsync(client, count), () => CopyAsync(scratch, count));
            run.Add(
                "ingestion over HTTP, batches of 100, durable", "events/s", measured with { CpuSeconds = (server.CpuSeconds - before) / 3 },
                "the same rows by COPY", Reach.RatioAtLeast(0.25).And(Reach.AtLeast(10_000)));
        }
        await DrainAsync(run, scratch);
    }

    private static async Task DrainAsync(BenchRun run, Scratch scratch)
    {
        await OnBareTableAsync(scratch, "truncate ingest_event");
        await using (var work = await scratch.Database.WriteAsync(CancellationToken.None))
        {
            var now = SystemClock.Instance.GetCurrentInstant();
            await new InboxStore(work).TryKeepAsync([.. Batches(40_000, "drain").SelectMany(batch => new EventReader("key:bench", now).ReadBatch(batch))]);
            await work.CommitAsync();
        }
        await scratch.AnalyzeAsync();
        BenchRun.Note("40,000 events become facts");
        var intake = new Intake(scratch.Database, NullLogger<Intake>.Instance);
        var job = new IngestJob(scratch.Database, SystemClock.Instance, intake, NullLogger<IngestJob>.Instance);
        var drained = await BenchRun.MeasureAsync(() => BenchRun.RateAsync(40_000, () => job.StepAsync(CancellationToken.None)), rounds: 1);
        run.Add("events become facts (one worker, 2,000 customers)", "events/s", drained, null, Reach.None);
    }

    private static async Task<double> SendAsync(HttpClient client, int count)
    {
        var batches = Batches(count, $"r{++_round}").ToList();
        var next = -1;
        return await BenchRun.RateAsync(count, () => Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < batches.Count;)
            {
                using var body = new ByteArrayContent(batches[i]);
                using var answer = await client.PostAsync("/v1/batch", body);
                answer.EnsureSuccessStatusCode();
            }
        })));
    }

    /// <summary>What the disk and the server can do at best: the same rows in one COPY into a bare table with the same indexes.</summary>
    private static async Task<double> CopyAsync(Scratch scratch, int count)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        var events = Batches(count, $"a{++_round}").SelectMany(batch => new EventReader("key:bench", now).ReadBatch(batch)).ToList();
        return await BenchRun.RateAsync(count, async () =>
        {
            await using var connection = (NpgsqlConnection)await scratch.Database.OpenAsync(CancellationToken.None);
            await using var copy = await connection.BeginBinaryImportAsync(
                "copy bare (message_id, source, received_at, due_at, ordinal, part, person, type, body, state) from stdin (format binary)");
            foreach (var e in events)
            {
                await copy.StartRowAsync();
                copy.Write(e.MessageId, NpgsqlDbType.Text);
                copy.Write(e.Source, NpgsqlDbType.Text);
                copy.Write(e.ReceivedAt.ToDateTimeUtc(), NpgsqlDbType.TimestampTz);
                copy.Write(e.ReceivedAt.ToDateTimeUtc(), NpgsqlDbType.TimestampTz);
                copy.Write(e.Ordinal, NpgsqlDbType.Integer);
                copy.Write(e.Part, NpgsqlDbType.Integer);
                copy.Write(e.Person!, NpgsqlDbType.Text);
                copy.Write(e.Type, NpgsqlDbType.Text);
                copy.Write(e.Body, NpgsqlDbType.Text);
                copy.Write("received", NpgsqlDbType.Text);
            }
            await copy.CompleteAsync();
        });
    }

    private static IEnumerable<byte[]> Batches(int count, string round)
    {
        for (var start = 0; start < count; start += BatchSize)
        {
            var events = Enumerable.Range(start, BatchSize).Select(i => $$"""
                {"type":"track","messageId":"{{round}}-{{Scrambled(i):x8}}-{{i}}","userId":"user-{{i % 2000}}","event":"Product Viewed","timestamp":"2026-03-01T12:00:00.000Z","properties":{"product_id":"P{{i % 60}}","name":"Tea number {{i % 60}}","price":12.5,"currency":"EUR","url":"https://shop.example/p/{{i % 60}}"},"context":{"library":{"name":"bench","version":"1"} } }
                """);
            yield return Encoding.UTF8.GetBytes($"{{\"batch\":[{string.Join(',', events)}],\"sentAt\":\"2026-03-01T12:00:00.000Z\"}}");
        }
    }

    /// <summary>Ids that come in no order, as the random ids of real libraries do.</summary>
    private static uint Scrambled(int number) => unchecked((uint)number * 2654435761u);

    private static async Task<string> KeyAsync(Scratch scratch)
    {
        await using var work = await scratch.Database.WriteAsync(CancellationToken.None);
        var (_, secret) = await new ApiKeyStore(work).MakeAsync("bench", [Right.EventsWrite], Actor.System("bench"), SystemClock.Instance.GetCurrentInstant());
        await work.CommitAsync();
        return secret;
    }

    private static async Task OnBareTableAsync(Scratch scratch, string sql)
    {
        await using var connection = await scratch.Database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
