using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Regard.Access;
using Regard.Kit;

namespace Regard.Ingestion;

[Trait("req", "L7"), Trait("pace", "long")]
public sealed class CrashTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task every_answered_event_survives_kill_9_and_becomes_a_fact_exactly_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        string key;
        await using (var work = await data.WriteAsync())
        {
            key = (await new ApiKeyStore(work).MakeAsync("shop", [Right.EventsWrite], Actor.System("test"), SystemClock.Instance.GetCurrentInstant())).Secret;
            await work.CommitAsync();
        }
        var answered = new ConcurrentBag<string>();
        // Killed again and again: while events come in and while others are becoming facts.
        for (var life = 0; life < 3; life++)
        {
            await using var program = await ProgramProcess.StartAsync(data.Settings);
            program.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
            var senders = Enumerable.Range(0, 6).Select(sender => SendUntilDeadAsync(program.Client, $"{life}-{sender}", answered)).ToList();
            var enough = answered.Count + 600;
            while (answered.Count < enough) await Task.Delay(5);
            await program.KillAsync();
            await Task.WhenAll(senders);
        }
        await using (var last = await ProgramProcess.StartAsync(data.Settings)) await DrainedAsync(data);
        await using var read = await data.ReadAsync();
        var facts = await read.ListAsync<string>("select source_id from touchpoint");
        facts.Distinct(StringComparer.Ordinal).Count().ShouldBe(facts.Count);
        answered.Except(facts, StringComparer.Ordinal).ShouldBeEmpty();
        (await read.ScalarAsync<long>("select sum(touchpoints) from timeline_rollup")).ShouldBe(facts.Count);
    }

    private static async Task SendUntilDeadAsync(HttpClient client, string name, ConcurrentBag<string> answered)
    {
        for (var batch = 0; ; batch++)
        {
            var ids = Enumerable.Range(0, 20).Select(i => $"{name}-{batch}-{i}").ToList();
            var events = ids.Select((id, i) => $$"""{"type":"track","messageId":"{{id}}","userId":"u{{(batch + i) % 30}}","event":"A"}""");
            try
            {
                using var body = new StringContent($"{{\"batch\":[{string.Join(',', events)}]}}", Encoding.UTF8, "application/json");
                using var answer = await client.PostAsync("/v1/batch", body);
                if (answer.StatusCode != HttpStatusCode.OK) continue;
                foreach (var id in ids) answered.Add(id);
            }
            catch (Exception dead) when (dead is HttpRequestException or TaskCanceledException)
            {
                return;
            }
        }
    }

    private static async Task DrainedAsync(TestDatabase data)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            await using (var read = await data.ReadAsync())
            {
                if (await read.ScalarAsync<long>("select count(*) from ingest_event where state <> 'done'") == 0) return;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("The inbox was not worked off within a minute.");
    }
}
