using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Regard.Access;
using Regard.Kit;

namespace Regard.Contact;

/// <summary>A look at everybody before a campaign.</summary>
public sealed class AudienceTests
{
    private static readonly string[] Verdicts = ["permitted", "deferred", "refused"];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task a_preview_counts_what_would_be_decided_for_each_and_reserves_nothing(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var now = server.Clock.GetCurrentInstant();
        var wishes = new Wish?[]
        {
            null, new() { Never = true }, new() { OnlyChannels = [Channel.Email] }, new() { NoChannels = [Channel.Email] }, new() { PauseUntil = now + Duration.FromDays(3) },
            new() { Limits = [new ContactLimit(null, 1, 400)] }, new() { Purposes = [new PurposeWish(Purpose.Care, [Channel.Portal])] },
        };
        var customers = new List<Guid>();
        foreach (var wish in wishes)
        {
            var id = await server.Data.CustomerAsync($"c{customers.Count}", country: "DE");
            customers.Add(id);
            if (wish is not null) await server.Data.SayAsync(id, wish, now);
        }
        // One who wants one contact in 400 days had one.
        await server.Data.AskAsync(ContactKit.Request(customers[5], "earlier", channels: Channel.Email) with { LatestUseful = now + Duration.FromDays(2) }, now);
        using var api = await server.WithKeyAsync(Right.ContactsWrite);
        var decisions = await CountAsync(server);
        foreach (var purpose in new[] { "care", "marketing", "service" })
        {
            var question = new { purpose, about = "change:1", latest_useful = now + Duration.FromDays(14) };
            var answer = JsonNode.Parse(await (await api.PostAsJsonAsync("/api/v1/audiences/preview", new { purpose, about = "change:1" })).Content.ReadAsStringAsync())!;
            answer["customers"]!.GetValue<long>().ShouldBe(wishes.Length);
            var expected = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var id in customers)
            {
                await using var work = await server.Data.ReadAsync();
                var one = (await new ContactDesk(work).PreviewAsync(
                    new ContactRequest { CustomerId = id, Purpose = Words.Must<Purpose>(purpose), About = "change:1", Step = "preview", LatestUseful = question.latest_useful }, now))!;
                var name = one.Verdict == VerdictKind.Refused ? $"refused {Words.Of(one.Reasons[0].Code)}" : $"{Words.Of(one.Verdict)} {Words.Of(one.Channel!.Value)}";
                expected[name] = expected.GetValueOrDefault(name) + 1;
            }
            var counted = Verdicts.SelectMany(kind => answer[kind]!.AsObject().Select(pair => KeyValuePair.Create($"{kind} {pair.Key}", pair.Value!.GetValue<long>())));
            counted.OrderBy(pair => pair.Key, StringComparer.Ordinal).ShouldBe(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        }
        (await CountAsync(server)).ShouldBe(decisions);
    }

    private static async Task<long> CountAsync(TestServer server)
    {
        await using var work = await server.Data.ReadAsync();
        return await work.ScalarAsync<long>("select count(*) from contact_decision");
    }
}
