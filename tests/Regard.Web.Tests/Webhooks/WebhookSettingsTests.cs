using System.Net;
using System.Text.RegularExpressions;
using Regard.Access;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Webhooks;

/// <summary>Endpoints as people and systems set them up.</summary>
public sealed partial class WebhookSettingsTests
{
    private const string Path = "/settings/webhooks";

    private static readonly string[] Unknown = ["nothing.known"];
    private static readonly string[] Decided = [WebhookTypes.ContactDecided];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_person_adds_an_endpoint_sees_its_secret_once_and_it_lies_nowhere_in_clear(string engine)
    {
        await using var server = await StartAsync(engine);
        using var administrator = await server.SignInAsync(Role.Administrator);
        (await administrator.GetStringAsync(Path)).ShouldContain("No system is told anything yet");
        var made = await (await administrator.PostFormAsync(Path, ("url", "http://127.0.0.1:9/a?b=<x>"), ("description", "The <i>till</i>"), ("events", "contact.decided"), ("events", "customer.erased"))).Content.ReadAsStringAsync();
        var secret = Secret().Match(WebUtility.HtmlDecode(made)).Value;
        WebhookSecret.Read(secret).Write().ShouldBe(secret);
        made.ShouldContain("The &lt;i&gt;till&lt;/i&gt;");
        var id = await OnlyAsync(server);
        (await administrator.GetStringAsync($"{Path}/{id}")).ShouldNotContain("whsec_M");
        Secret().IsMatch(await administrator.GetStringAsync($"{Path}/{id}")).ShouldBeFalse();
        (await administrator.GetStringAsync(Path)).ShouldContain("contact.decided, customer.erased");
        await using var work = await server.Data.ReadAsync();
        (await work.FirstAsync<string>("select secret from webhook_endpoint"))!.ShouldNotContain(secret["whsec_".Length..]);
        (await work.ListAsync<string>("select action || detail from audit_entry")).ShouldHaveSingleItem().ShouldBe("webhook_added{\"events\":\"contact.decided customer.erased\"}");
    }

    [Fact]
    public async Task what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        using var administrator = await server.SignInAsync(Role.Administrator);
        var refused = await administrator.PostFormAsync(Path, ("url", "http://hooks.example/a"), ("description", "The till"));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await refused.Content.ReadAsStringAsync();
        foreach (var said in new[] { "Must begin with https://", "Choose at least one kind of event", "http://hooks.example/a", "The till" }) page.ShouldContain(said);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task after_a_rotation_both_secrets_sign_for_a_day_and_then_only_the_new_one(string engine)
    {
        await using var server = await StartAsync(engine);
        await using var sink = new HookSink();
        using var api = await server.WithKeyAsync(Right.WebhooksManage);
        var made = await api.CallAsync(HttpMethod.Post, "/api/v1/webhooks", new { url = sink.Url });
        var (id, old) = (made.Body["endpoint_id"]!.GetValue<Guid>(), made.Body["secret"]!.GetValue<string>());
        var rotated = await api.CallAsync(HttpMethod.Post, $"/api/v1/webhooks/{id}/rotate");
        var fresh = rotated.Body["secret"]!.GetValue<string>();
        fresh.ShouldNotBe(old);
        foreach (var (hours, secrets) in new[] { (23, new[] { fresh, old }), (2, new[] { fresh }) })
        {
            server.Clock.AdvanceHours(hours);
            await api.CallAsync(HttpMethod.Post, $"/api/v1/webhooks/{id}/test");
            var row = await server.Data.OpenAsync(id);
            using var sender = new WebhookSender(true, TimeSpan.FromSeconds(10));
            await new WebhookLane(server.Data.Database, server.Clock, (WebhookSecrets)server.Services.GetService(typeof(WebhookSecrets))!, sender, "one").RunAsync(row, CancellationToken.None);
            var hook = sink.Received.Last();
            hook.Header("webhook-signature").ShouldBe(string.Join(' ', secrets.Select(secret => WebhookSecret.Read(secret).Sign(hook.Header("webhook-id"), server.Clock.GetCurrentInstant(), hook.Body))));
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_system_sets_its_endpoint_up_by_itself_and_a_repeat_is_told_no_secret(string engine)
    {
        await using var server = await StartAsync(engine);
        using var api = await server.WithKeyAsync(Right.WebhooksManage);
        var order = new { url = "http://127.0.0.1:9/a", description = "Till", event_types = Decided };
        var made = await api.CallAsync(HttpMethod.Post, "/api/v1/webhooks", order, ("Idempotency-Key", "one"));
        var again = await api.CallAsync(HttpMethod.Post, "/api/v1/webhooks", order, ("Idempotency-Key", "one"));
        (made.Status, again.Status, again.IsReplay).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Created, true));
        (made.Body["secret"] is null, again.Body["secret"] is null, again.Body["endpoint_id"]!.GetValue<Guid>()).ShouldBe((false, true, made.Body["endpoint_id"]!.GetValue<Guid>()));
        await using (var work = await server.Data.ReadAsync()) (await work.FirstAsync<string>("select response from idempotency_key"))!.ShouldNotContain("whsec_");
        var path = $"/api/v1/webhooks/{made.Body["endpoint_id"]}";
        (await api.CallAsync(HttpMethod.Put, path, new { url = "http://127.0.0.1:9/b" })).Status.ShouldBe((HttpStatusCode)428);
        var changed = await api.CallAsync(HttpMethod.Put, path, new { url = "http://127.0.0.1:9/b" }, ("If-Match", made.ETag!));
        (changed.Status, changed.Body["url"]!.GetValue<string>(), changed.Body["event_types"]!.AsArray().Count).ShouldBe((HttpStatusCode.OK, "http://127.0.0.1:9/b", 0));
        (await api.CallAsync(HttpMethod.Put, path, new { url = "http://127.0.0.1:9/c" }, ("If-Match", made.ETag!))).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await api.CallAsync(HttpMethod.Post, path + "/pause")).Body["state"]!.GetValue<string>().ShouldBe("paused");
        (await api.CallAsync(HttpMethod.Post, path + "/resume")).Body["state"]!.GetValue<string>().ShouldBe("active");
        (await api.CallAsync(HttpMethod.Get, "/api/v1/webhooks")).Body["items"]!.AsArray().Count.ShouldBe(1);
        (await api.CallAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await api.CallAsync(HttpMethod.Get, path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await api.CallAsync(HttpMethod.Delete, path)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await api.CallAsync(HttpMethod.Post, "/api/v1/webhooks", new { url = "http://127.0.0.1:9/a", event_types = Unknown })).Body["errors"]![0]!["pointer"]!.GetValue<string>().ShouldBe("/event_types");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task deliveries_are_paged_filtered_exported_and_sent_again(string engine)
    {
        await using var server = await StartAsync(engine);
        using var api = await server.WithKeyAsync(Right.WebhooksManage);
        using var administrator = await server.SignInAsync(Role.Administrator);
        var id = (await api.CallAsync(HttpMethod.Post, "/api/v1/webhooks", new { url = "http://127.0.0.1:9/a" })).Body["endpoint_id"]!.GetValue<Guid>();
        var anna = await server.Data.CustomerAsync();
        await server.Data.SayAsync(anna, new Wish { Never = true }, server.Clock.GetCurrentInstant());
        server.Clock.AdvanceSeconds(1);
        for (var n = 0; n < 60; n++) await server.Data.TryOutAsync(id, server.Clock.GetCurrentInstant());
        var path = $"/api/v1/webhooks/{id}/deliveries";
        var first = await api.CallAsync(HttpMethod.Get, path);
        first.Body["items"]!.AsArray().Count.ShouldBe(50);
        (await api.CallAsync(HttpMethod.Get, $"{path}?after={first.Body["next"]}")).Body["items"]!.AsArray().Count.ShouldBe(11);
        (await api.CallAsync(HttpMethod.Get, path + "?type=preference.changed")).Body["items"]!.AsArray().ShouldHaveSingleItem()!["customer_id"]!.GetValue<Guid>().ShouldBe(anna);
        (await api.CallAsync(HttpMethod.Get, path + "?state=delivered")).Body["items"]!.AsArray().ShouldBeEmpty();
        foreach (var cursor in new[] { "x", "WyJ4Il0", "WyIxIiwiMiJd" }) ((int)(await api.CallAsync(HttpMethod.Get, $"{path}?after={cursor}")).Status).ShouldBeLessThan(500);
        (await administrator.GetStringAsync($"{Path}/{id}/deliveries.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(62);
        var page = await administrator.GetStringAsync($"{Path}/{id}?state=waiting");
        var older = WebUtility.HtmlDecode(Older().Match(page).Groups["address"].Value);
        (await administrator.GetStringAsync(older)).ShouldContain("preference.changed</a>");
        (await administrator.GetStringAsync($"{Path}/{id}?state=failed")).ShouldContain("No delivery is like that");
        var told = first.Body["items"]![0]!["event_id"]!.GetValue<Guid>();
        (await administrator.PostFormAsync($"{Path}/{id}/deliveries/{told}/again")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await api.CallAsync(HttpMethod.Post, $"{path}/{told}/again")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await api.CallAsync(HttpMethod.Post, $"{path}/{Ids.New(ContactKit.Noon)}/again")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task of_two_who_change_an_endpoint_at_once_the_later_is_told(string engine)
    {
        await using var server = await StartAsync(engine);
        using var administrator = await server.SignInAsync(Role.Administrator);
        await administrator.PostFormAsync(Path, ("url", "http://127.0.0.1:9/a"), ("events", "all"));
        var id = await OnlyAsync(server);
        (await administrator.PostFormAsync($"{Path}/{id}", ("url", "http://127.0.0.1:9/b"), ("events", "all"), ("version", "1"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var late = await administrator.PostFormAsync($"{Path}/{id}", ("url", "http://127.0.0.1:9/mine"), ("events", "all"), ("version", "1"));
        late.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await late.Content.ReadAsStringAsync();
        page.ShouldContain("Somebody else changed this endpoint meanwhile");
        page.ShouldContain("http://127.0.0.1:9/mine");
        foreach (var act in new[] { "pause", "resume", "test", "remove" }) (await administrator.PostFormAsync($"{Path}/{id}/{act}")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await administrator.GetAsync($"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static Task<TestServer> StartAsync(string engine) => TestServer.StartAsync(engine, settings: settings => settings with { AllowsPrivateWebhooks = true });

    private static async Task<Guid> OnlyAsync(TestServer server)
    {
        await using var work = await server.Data.ReadAsync();
        return (await new WebhookEndpointStore(work).ListAsync()).ShouldHaveSingleItem().EndpointId;
    }

    [GeneratedRegex("whsec_[A-Za-z0-9+/=]{44}")]
    private static partial Regex Secret();

    [GeneratedRegex("rel=\"next\" href=\"(?<address>[^\"]+)\"")]
    private static partial Regex Older();
}
