using System.Net;
using System.Text.Json.Nodes;
using Regard.Access;
using Regard.Customers;
using Regard.Kit;

namespace Regard.Contact;

/// <summary>The contact gate as other systems meet it.</summary>
[Trait("req", "P5")]
public sealed class ContactApiTests
{
    private static readonly string[] Email = ["email"];
    private static readonly string[] Phone = ["phone"];
    private static readonly string[] Pigeon = ["pigeon"];
    private static readonly string[] PhoneThenEmail = ["phone", "email"];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_contact_is_asked_for_decided_and_followed_to_its_end(string engine)
    {
        await using var server = await StartAsync(engine);
        using var api = await KeyAsync(server);
        var anna = await server.Data.CustomerAsync();
        await SayAsync(api, anna, new { only_channels = Email }, "write, do not call");
        var answer = await api.CallAsync(HttpMethod.Post, "/api/v1/contacts", Order(anna, "one", PhoneThenEmail), ("Idempotency-Key", "one"));
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body.ToJsonString());
        (Text(answer, "verdict"), Text(answer, "channel"), answer.Body["customer_id"]!.GetValue<Guid>()).ShouldBe(("permitted", "email", anna));
        answer.Body["why"]![0]!.GetValue<string>().ShouldContain("“write, do not call”");
        var contact = answer.Body["contact_id"]!.GetValue<Guid>();
        var shown = await api.CallAsync(HttpMethod.Get, $"/api/v1/contacts/{contact}");
        (shown.Body["contact"]!["state"]!.GetValue<string>(), shown.Body["contact"]!["kind"]!.GetValue<string>(), shown.Body["decision"]!["entry"]!["decision_id"]!.GetValue<string>())
            .ShouldBe(("queued", "message", Text(answer, "decision_id")));
        // A repeat of the request, by its key and by its step, has no second effect.
        (await api.CallAsync(HttpMethod.Post, "/api/v1/contacts", Order(anna, "one", PhoneThenEmail), ("Idempotency-Key", "one"))).IsReplay.ShouldBeTrue();
        var again = await api.CallAsync(HttpMethod.Post, "/api/v1/contacts", Order(anna, "one", PhoneThenEmail));
        (again.Body["is_repeat"]!.GetValue<bool>(), again.Body["contact_id"]!.GetValue<Guid>()).ShouldBe((true, contact));
        await SayAsync(api, anna, new { never = true }, "leave me alone");
        var stopped = await api.CallAsync(HttpMethod.Get, $"/api/v1/contacts/{contact}");
        stopped.Body["contact"]!["state"]!.GetValue<string>().ShouldBe("cancelled");
        stopped.Body["why"]![0]!.GetValue<string>().ShouldContain("leave me alone");
        (await api.CallAsync(HttpMethod.Get, $"/api/v1/contacts/{Ids.New(ContactKit.Noon)}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_call_becomes_a_task_that_is_found_by_its_id_also_after_a_merge(string engine)
    {
        await using var server = await StartAsync(engine);
        using var api = await KeyAsync(server);
        var (anna, otto) = (await server.Data.CustomerAsync(), await server.Data.CustomerAsync("otto"));
        var answer = await api.CallAsync(HttpMethod.Post, "/api/v1/contacts", Order(otto, "one", Phone));
        var contact = answer.Body["task_id"]!.GetValue<Guid>();
        answer.Body["contact_id"]!.GetValue<Guid>().ShouldBe(contact);
        await using (var work = await server.Data.WriteAsync())
        {
            (await new MergeStore(work).MergeAsync(anna, otto, "the same", ContactKit.By, ContactKit.Noon))!.Refusal.ShouldBeNull();
            await work.CommitAsync();
        }
        var shown = await api.CallAsync(HttpMethod.Get, $"/api/v1/contacts/{contact}");
        (shown.Body["contact"]!["kind"]!.GetValue<string>(), shown.Body["contact"]!["customer_id"]!.GetValue<Guid>(), shown.Body["contact"]!["state"]!.GetValue<string>()).ShouldBe(("task", anna, "open"));
        (await api.CallAsync(HttpMethod.Post, "/api/v1/contacts/preview", new { customer_id = otto, purpose = "care", about = "order:1" })).Body["customer_id"]!.GetValue<Guid>().ShouldBe(anna);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_preview_reserves_nothing_and_without_channels_answers_the_best_way_for_each(string engine)
    {
        await using var server = await StartAsync(engine);
        using var api = await KeyAsync(server);
        var (anna, otto) = (await server.Data.CustomerAsync(), await server.Data.CustomerAsync("otto"));
        await SayAsync(api, anna, new { purposes = new[] { new { purpose = "care", channels = PhoneThenEmail } } }, "call me");
        await SayAsync(api, otto, new { only_channels = Email }, "write to me");
        var before = await LedgerAsync(server);
        foreach (var (customer, channel) in new[] { (anna, "phone"), (otto, "email") })
        {
            var answer = await api.CallAsync(HttpMethod.Post, "/api/v1/contacts/preview", new { customer_id = customer, purpose = "care", about = "order:1" });
            (Text(answer, "verdict"), Text(answer, "channel"), answer.Body["decision_id"]).ShouldBe(("permitted", channel, null));
        }
        var night = server.Clock.GetCurrentInstant() + Duration.FromHours(12);
        var deferred = await api.CallAsync(HttpMethod.Post, "/api/v1/contacts/preview", new { customer_id = anna, purpose = "care", about = "order:1", channels = Phone, earliest = night.ToString() });
        (Text(deferred, "verdict"), deferred.Body["not_before"] is null).ShouldBe(("deferred", false));
        (await LedgerAsync(server)).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task wishes_are_read_in_plain_words_with_the_statements_they_follow_from(string engine)
    {
        await using var server = await StartAsync(engine);
        using var api = await KeyAsync(server);
        var anna = await server.Data.CustomerAsync();
        var told = new { wish = new { purposes = new[] { new { purpose = "care", channels = Email } }, limits = new[] { new { count = 2, days = 30 } } }, words = "write, and not every week", place = "call", source = "telephone", source_id = "17" };
        (await api.CallAsync(HttpMethod.Post, $"/api/v1/customers/{anna}/preferences", told)).Status.ShouldBe(HttpStatusCode.Created);
        var again = await api.CallAsync(HttpMethod.Post, $"/api/v1/customers/{anna}/preferences", told);
        again.Body["is_new"]!.GetValue<bool>().ShouldBeFalse();
        var read = await api.CallAsync(HttpMethod.Get, $"/api/v1/customers/{anna}/preferences");
        var words = read.Body["in_words"]!.AsArray().Select(one => one!.GetValue<string>()).ToList();
        words.ShouldContain($"{Capital(Purpose.Care.InWords())}: by e-mail.");
        words.ShouldContain("At most 2 contacts in 30 days.");
        words.Count.ShouldBe(Purposes.All.Count + 1);
        (read.Body["statements"]!.AsArray().ShouldHaveSingleItem()!["words"]!.GetValue<string>(), read.Body["wishes"]!["limits"]!.AsArray().Count).ShouldBe(("write, and not every week", 1));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_ledger_is_read_in_pages_and_no_cursor_breaks_it(string engine)
    {
        await using var server = await StartAsync(engine);
        using var api = await KeyAsync(server);
        var anna = await server.Data.CustomerAsync();
        for (var n = 0; n < 7; n++) await api.CallAsync(HttpMethod.Post, "/api/v1/contacts", Order(anna, $"step {n}", Email));
        var seen = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await api.CallAsync(HttpMethod.Get, $"/api/v1/customers/{anna}/contacts?limit=3{(next.Length > 0 ? "&after=" + next : "")}");
            seen.AddRange(page.Body["items"]!.AsArray().Select(line => line!["request"]!["step"]!.GetValue<string>()));
            next = page.Body["next"]?.GetValue<string>();
        }
        seen.Order(StringComparer.Ordinal).ShouldBe(Enumerable.Range(0, 7).Select(n => $"step {n}"));
        foreach (var cursor in new[] { "x", "WyJ4Il0", "WyInIl0", "WyIxIiwiMiJd", "null" }) ((int)(await api.CallAsync(HttpMethod.Get, $"/api/v1/customers/{anna}/contacts?after={cursor}")).Status).ShouldBeLessThan(500);
    }

    [Fact]
    public async Task every_fault_of_an_order_is_told_at_once_with_its_place()
    {
        await using var server = await StartAsync("sqlite");
        using var api = await KeyAsync(server);
        var refused = await api.CallAsync(HttpMethod.Post, "/api/v1/contacts", new { channels = Email, latest_useful = "2001-01-01T00:00:00Z", minutes = 0, about = new string('x', 300) });
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Text(refused, "type").ShouldBe("urn:regard:problem:invalid");
        refused.Body["errors"]!.AsArray().Select(error => error!["pointer"]!.GetValue<string>()).Order(StringComparer.Ordinal)
            .ShouldBe(["/about", "/customer_id", "/latest_useful", "/minutes", "/purpose", "/step", "/subject", "/text"]);
        (await api.CallAsync(HttpMethod.Post, "/api/v1/contacts", new { purpose = "bribery" })).Body["errors"]![0]!["pointer"]!.GetValue<string>().ShouldBe("/purpose");
        (await api.CallAsync(HttpMethod.Post, "/api/v1/contacts", new { channels = Pigeon })).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await api.CallAsync(HttpMethod.Post, "/api/v1/contacts", Order(Ids.New(ContactKit.Noon), "one", Email))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await api.CallAsync(HttpMethod.Post, "/api/v1/audiences/preview", new { })).Body["errors"]!.AsArray().Count.ShouldBe(2);
        (await LedgerAsync(server)).ShouldBe(0);
    }

    [Fact]
    public async Task what_the_document_shows_as_an_example_is_what_the_api_takes_and_answers()
    {
        await using var server = await StartAsync("sqlite");
        using var api = await KeyAsync(server);
        var anna = await server.Data.CustomerAsync();
        JsonNode Of(string example)
        {
            var body = JsonNode.Parse(example)!;
            if (body["customer_id"] is not null) body["customer_id"] = anna;
            return body;
        }
        (HttpMethod Method, string Path, string? Request, string Answer)[] examples =
        [
            (HttpMethod.Post, $"/api/v1/customers/{anna}/preferences", ApiExamples.Statement, ApiExamples.Recorded),
            (HttpMethod.Get, $"/api/v1/customers/{anna}/preferences", null, ApiExamples.Preferences),
            (HttpMethod.Post, "/api/v1/contacts/preview", ApiExamples.Preview, ApiExamples.Previewed),
            (HttpMethod.Post, "/api/v1/contacts", ApiExamples.Contact, ApiExamples.Decision),
            (HttpMethod.Post, "/api/v1/audiences/preview", ApiExamples.AudienceQuestion, ApiExamples.Audience),
        ];
        ApiReply? last = null;
        foreach (var (method, path, request, answer) in examples)
        {
            var reply = await api.CallAsync(method, path, request is null ? null : Of(request));
            ((int)reply.Status).ShouldBeLessThan(300, $"{path}: {reply.Body.ToJsonString()}");
            Members(Of(answer)).Except(Members(reply.Body)).ShouldBeEmpty($"{path}: members of the example that the answer has not");
            if (path == "/api/v1/contacts") last = reply;
        }
        (Text(last!, "verdict"), Text(last!, "channel")).ShouldBe(("permitted", "email"));
        last!.Body["why"]![0]!.GetValue<string>().ShouldBe(Of(ApiExamples.Decision)["why"]![0]!.GetValue<string>());
        var became = await api.CallAsync(HttpMethod.Get, $"/api/v1/contacts/{last.Body["contact_id"]}");
        Members(Of(ApiExamples.Became)["contact"]!).Except(Members(became.Body["contact"]!)).Except(["finished_at", "explanation"]).ShouldBeEmpty();
    }

    private static IEnumerable<string> Members(JsonNode body) => body.AsObject().Select(member => member.Key);

    private static object Order(Guid customerId, string step, string[] channels) => new
    {
        customer_id = customerId,
        purpose = "care",
        about = "order:1",
        step,
        channels,
        subject = "A thing",
        text = "Dear customer,\n\na thing.",
    };

    private static async Task SayAsync(HttpClient api, Guid customerId, object wish, string words)
    {
        var said = await api.CallAsync(HttpMethod.Post, $"/api/v1/customers/{customerId}/preferences", new { wish, words });
        said.Status.ShouldBe(HttpStatusCode.Created, said.Body.ToJsonString());
    }

    private static async Task<TestServer> StartAsync(string engine)
    {
        var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ContactKit.Noon);
        return server;
    }

    private static Task<HttpClient> KeyAsync(TestServer server) => server.WithKeyAsync(Right.CustomersRead, Right.ContactsWrite, Right.PreferencesWrite);

    private static async Task<long> LedgerAsync(TestServer server)
    {
        await using var work = await server.Data.ReadAsync();
        return await work.ScalarAsync<long>("select count(*) from contact_decision");
    }

    private static string? Text(ApiReply reply, string member) => reply.Body[member]?.GetValue<string>();

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
