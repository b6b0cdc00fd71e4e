using System.Net;
using System.Text;
using Regard.Access;
using Regard.Kit;

namespace Regard.Ingestion;

[Trait("req", "L7")]
public sealed class IntakeTests
{
    private const string Batch = """{"batch":[{"type":"track","messageId":"m1","userId":"u1","event":"A"},{"type":"page","messageId":"m2","anonymousId":"a1"}]}""";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_batch_is_kept_before_it_is_answered(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        var answer = await sender.PostAsync("/v1/batch", Batch);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("{\"success\":true}");
        (await sender.InboxAsync()).ShouldBe(["m1 received", "m2 received"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_event_sent_again_is_kept_once_and_its_new_neighbour_too(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await sender.PostAsync("/v1/batch", Batch);
        var again = """{"batch":[{"type":"track","messageId":"m3","userId":"u1","event":"A"},{"type":"track","messageId":"m1","userId":"u1","event":"A"},{"type":"track","messageId":"m3","userId":"u1","event":"A"}]}""";
        (await sender.PostAsync("/v1/batch", again)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await sender.InboxAsync()).ShouldBe(["m1 received", "m2 received", "m3 received"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_hundred_requests_at_once_lose_nothing(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            sender.PostAsync("/v1/track", $$"""{"messageId":"m{{i % 90:00}}","userId":"u","event":"A"}""", isPacked: i % 2 == 0)));
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await sender.InboxAsync()).ShouldBe(Enumerable.Range(0, 90).Select(i => $"m{i:00} received"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_single_bad_event_goes_to_the_quarantine_and_the_batch_is_answered_200(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        var large = $$"""{"properties":{"x":"{{new string('x', EventBody.EventLimit)}}" },"type":"track","messageId":"m2","userId":"u","event":"A"}""";
        var answer = await sender.PostAsync("/v1/batch", $$"""{"batch":[{"type":"track","messageId":"m1","userId":"u","event":"A"},{{large}},17,{"type":"track","messageId":"m\u0000"}]}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var inbox = await sender.InboxAsync();
        inbox.Count.ShouldBe(4);
        inbox.ShouldContain("m1 received");
        inbox.ShouldContain("m2 quarantined too_large");
        inbox.ShouldContain(line => line.EndsWith("quarantined not_an_object", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"batch\":[{\"type\":\"track\"")]
    [InlineData("{\"batch\":[]} x")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("null")]
    public async Task what_is_no_batch_is_answered_400(string body)
    {
        await using var sender = await Sender.StartAsync("sqlite");
        (await sender.PostAsync("/v1/batch", body)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        byte[] notUtf8 = [.. "{\"batch\":[{\"a\":\""u8, 0xff, .. "\"}]}"u8];
        (await sender.PostAsync("/v1/batch", notUtf8)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await sender.InboxAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_bomb_a_huge_batch_and_too_many_events_are_answered_413()
    {
        await using var sender = await Sender.StartAsync("sqlite");
        (await sender.PostAsync("/v1/batch", new byte[EventBody.BatchLimit + 1])).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await sender.PostAsync("/v1/batch", Enumerable.Repeat((byte)' ', 50 * 1024 * 1024).ToArray(), isPacked: true)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await sender.PostAsync("/v1/track", Enumerable.Repeat((byte)' ', EventBody.EventLimit + 1).ToArray())).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var many = $"{{\"batch\":[{string.Join(',', Enumerable.Repeat("{}", 2501))}]}}";
        (await sender.PostAsync("/v1/batch", many)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task damaged_or_unknown_packing_is_refused()
    {
        await using var sender = await Sender.StartAsync("sqlite");
        var packed = Sender.Gzip(Encoding.UTF8.GetBytes(Batch));
        packed[20] ^= 0xff;
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/batch") { Content = new ByteArrayContent(packed) };
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.Add("Authorization", "Bearer " + sender.Key);
        (await sender.Server.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task the_key_may_come_as_user_name_as_bearer_or_in_the_body_and_no_other_way()
    {
        await using var sender = await Sender.StartAsync("sqlite");
        (await sender.PostAsync("/v1/track", """{"messageId":"m1","userId":"u","event":"A"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AnonymousAsync(sender, $$"""{"writeKey":"{{sender.Key}}","messageId":"m2","userId":"u","event":"A"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AnonymousAsync(sender, """{"writeKey":"rgd_wrong","messageId":"m3","userId":"u","event":"A"}""")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AnonymousAsync(sender, """{"messageId":"m4"}""")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AnonymousAsync(sender, "{")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await sender.InboxAsync()).ShouldBe(["m1 received", "m2 received"]);
        await using var reader = await Sender.StartAsync("sqlite", Right.CustomersRead);
        (await reader.PostAsync("/v1/track", "{}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static Task<HttpResponseMessage> AnonymousAsync(Sender sender, string json) =>
        sender.Server.Client.PostAsync("/v1/track", new StringContent(json, Encoding.UTF8, "application/json"));
}
