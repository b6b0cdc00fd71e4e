using System.Net;
using NodaTime.Testing;
using Regard.Access;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Webhooks;

/// <summary>A webhook is no way into the network that this server stands in.</summary>
public sealed class WebhookGuardTests
{
    [Theory, InlineData("127.0.0.1"), InlineData("localhost"), InlineData("0.0.0.0"), InlineData("[::1]"), InlineData("[::ffff:127.0.0.1]"), InlineData("2130706433"), InlineData("0x7f.1"), InlineData("127.1")]
    public async Task nothing_is_even_connected_to_whatever_the_name_is(string host)
    {
        await using var sink = new HookSink();
        using var client = new HttpClient(GuardedSockets.Handler(allowsPrivate: false));
        var refused = await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync($"http://{host}:{sink.Port}/"));
        refused.InnerException.ShouldBeOfType<GuardedException>();
        sink.Connections.ShouldBe(0);
        using var allowed = new HttpClient(GuardedSockets.Handler(allowsPrivate: true)) { Timeout = TimeSpan.FromSeconds(5) };
        // The same address is reached when the operator allows it: what refused was the guard.
        if (host is "127.0.0.1" or "localhost") (await Should.ThrowAsync<Exception>(async () => (await allowed.GetAsync($"http://{host}:{sink.Port}/")).EnsureSuccessStatusCode())).ShouldNotBeNull();
        if (host is "127.0.0.1" or "localhost") sink.Connections.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task an_endpoint_from_the_time_before_the_operator_took_their_leave_back_is_not_called()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using var sink = new HookSink();
        await data.TryOutAsync((await data.EndpointAsync(sink.Url)).Id, ContactKit.Noon);
        using var sender = new WebhookSender(allowsPrivate: false, TimeSpan.FromSeconds(5));
        var row = new DeliveryRow { EventId = Ids.New(ContactKit.Noon), Body = "{}" };
        (await sender.SendAsync(sink.Url, row, [WebhookSecret.New()], ContactKit.Noon, CancellationToken.None)).Explanation.ShouldContain("https://");
        (await sender.SendAsync($"https://localhost:{sink.Port}/", row, [WebhookSecret.New()], ContactKit.Noon, CancellationToken.None)).Explanation.ShouldContain("private network");
        sink.Connections.ShouldBe(0);
    }

    [Fact]
    public void a_proxy_of_the_environment_and_cookies_play_no_part()
    {
        using var handler = GuardedSockets.Handler(allowsPrivate: false);
        (handler.UseProxy, handler.UseCookies, handler.AllowAutoRedirect, handler.Credentials, handler.ConnectCallback is null).ShouldBe((false, false, false, null, false));
    }

    [Fact]
    public async Task an_address_of_a_private_network_is_refused_at_once_with_what_to_do()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        using var api = await server.WithKeyAsync(Right.WebhooksManage);
        foreach (var url in new[] { "https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3:8443/x", "https://169.254.169.254/latest/meta-data", "https://0x7f000001/" })
        {
            var refused = await api.CallAsync(HttpMethod.Post, "/api/v1/webhooks", new { url });
            refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
            refused.Body["errors"]![0]!["detail"]!.GetValue<string>().ShouldContain("--allow-private-webhooks");
        }
        (await api.CallAsync(HttpMethod.Post, "/api/v1/webhooks", new { url = "https://93.184.215.14/hook" })).Status.ShouldBe(HttpStatusCode.Created);
    }
}
