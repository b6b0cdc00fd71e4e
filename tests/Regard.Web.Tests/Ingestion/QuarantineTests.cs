using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Regard.Access;
using Regard.Kit;

namespace Regard.Ingestion;

[Trait("req", "L7")]
public sealed class QuarantineTests
{
    private const string Bad = """
        {"batch":[{"type":"dance","messageId":"m1","userId":"u"},{"type":"dance","messageId":"m2","userId":"u"},{"type":"track","messageId":"m3 <b>","userId":"u","event":""}]}
        """;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task staff_see_filter_replay_and_discard_what_became_no_fact(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await SendAsync(sender, Bad);
        var lead = await sender.Server.SignInAsync(Role.Lead);
        var all = await lead.GetStringAsync("/settings/quarantine");
        all.ShouldContain("m1");
        all.ShouldContain("m3 &lt;b&gt;");
        var some = await lead.GetStringAsync("/settings/quarantine?reason=event_missing");
        some.ShouldNotContain(">m1<");
        await using (var work = await sender.Server.Data.ReadAsync())
        {
            var source = await work.ScalarAsync<string>("select min(source) from ingest_event");
            (await lead.GetStringAsync($"/settings/quarantine/event?source={Uri.EscapeDataString(source!)}&id=m1")).ShouldContain("&quot;dance&quot;");
            (await lead.PostFormAsync("/settings/quarantine/discard", ("Source", source!), ("MessageId", "m1"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        }
        (await lead.PostFormAsync("/settings/quarantine/replay", ("Reason", "unknown_type"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await sender.InboxAsync()).ShouldBe(["m1 discarded unknown_type", "m2 received", "m3 <b> quarantined event_missing"]);
        await sender.Server.Services.GetRequiredService<IngestJob>().StepAsync(CancellationToken.None);
        (await sender.InboxAsync()).ShouldBe(["m1 discarded unknown_type", "m2 quarantined unknown_type", "m3 <b> quarantined event_missing"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_quarantine_is_read_from_either_end_page_by_page_and_as_a_file(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await SendAsync(sender, Bad);
        var lead = await sender.Server.SignInAsync(Role.Lead);
        string[] ids = ["m1", "m2", "m3 <b>"];
        foreach (var dir in new[] { "", "&dir=asc" })
        {
            var seen = new List<string>();
            for (var path = "/settings/quarantine?limit=1" + dir; path is not null;)
            {
                var page = await lead.GetStringAsync(path);
                seen.AddRange(ids.Where(id => page.Contains($">{WebUtility.HtmlEncode(id)}</a>", StringComparison.Ordinal)));
                var next = System.Text.RegularExpressions.Regex.Match(page, "rel=\"next\" href=\"([^\"]+)\"");
                path = next.Success ? WebUtility.HtmlDecode(next.Groups[1].Value) + "&limit=1" : null;
            }
            seen.ShouldBe(dir.Length == 0 ? ids.Reverse() : ids);
            var file = await lead.GetStringAsync("/settings/quarantine.csv?" + dir);
            ids.OrderBy(id => file.IndexOf(id, StringComparison.Ordinal)).ShouldBe(seen);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_api_pages_through_the_quarantine_and_replays_it(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await SendAsync(sender, Bad);
        using var client = await sender.Server.WithKeyAsync(Right.QuarantineWork);
        var (seen, address) = (new List<string>(), "/api/v1/quarantine?limit=2");
        while (address.Length > 0)
        {
            var page = await client.GetFromJsonAsync<JsonElement>(address);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("message_id").GetString()!));
            address = page.TryGetProperty("next", out var next) ? $"/api/v1/quarantine?limit=2&after={next}" : "";
        }
        seen.Order(StringComparer.Ordinal).ShouldBe(["m1", "m2", "m3 <b>"]);
        var answer = await client.PostAsJsonAsync("/api/v1/quarantine/replay", new { });
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("events").GetInt32().ShouldBe(3);
        (await client.PostAsJsonAsync("/api/v1/quarantine/discard", new { })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    private static async Task SendAsync(Sender sender, string batch)
    {
        (await sender.PostAsync("/v1/batch", batch)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await sender.Server.Services.GetRequiredService<IngestJob>().StepAsync(CancellationToken.None);
    }
}
