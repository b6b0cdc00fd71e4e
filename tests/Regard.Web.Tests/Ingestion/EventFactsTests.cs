using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Regard.Customers;
using Regard.Kit;
using Regard.Orders;

namespace Regard.Ingestion;

[Trait("req", "L7")]
public sealed class EventFactsTests
{
    private const string Order = """
        {"type":"track","messageId":"{0}","userId":"u1","event":"Order Completed","properties":{"order_id":"1001","currency":"EUR","shipping":4.9,
        "products":[{"sku":"A","name":"Tea","price":2.5,"quantity":2},{"product_id":"B","name":"Pot","price":"19.99"}]}}
        """;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task who_identifies_becomes_a_customer_with_traits_as_facts(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await SendAsync(sender, """
            {"type":"identify","messageId":"m1","userId":"u1","traits":{"name":"Ada Byron","email":"Ada@Example.org","phone":"+441632960000","plan":"gold","pets":2,
            "address":{"city":"London","country":"GB"}},"context":{"locale":"en_GB","timezone":"Europe/London"}}
            """);
        await using var work = await sender.Server.Data.ReadAsync();
        var id = await new CustomerStore(work).ResolveAsync(IdentityKind.Email, "ada@example.org");
        var profile = await new CustomerStore(work).OpenAsync(Access.Actor.System("test"), id!.Value);
        profile!.Name.ShouldBe("Ada Byron");
        (profile.Language, profile.TimeZone, profile.Country).ShouldBe(("en-GB", "Europe/London", "GB"));
        profile.Facts.Select(fact => $"{fact.Topic}={fact.Content}").Order(StringComparer.Ordinal).ShouldBe(["address=London, GB", "trait:pets=2", "trait:plan=gold"]);
        profile.Identities.Count.ShouldBe(3);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task of_many_new_customers_in_one_batch_each_is_made_once_and_who_shares_an_address_is_one(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        var users = Enumerable.Range(0, 9999).Select(n => $"x{n}").Where(user => ReceivedEvent.PartOf("user:" + user) == 3).Take(80).ToList();
        string Identify(int n, string message, int address) =>
            $$"""{"type":"identify","messageId":"{{message}}{{n}}","userId":"{{users[n]}}","anonymousId":"v{{n}}","traits":{"name":"Person Number{{n}}","email":"p{{address}}@example.org","plan":"gold"} }""";
        var events = Enumerable.Range(0, 80).SelectMany(n => new[] { Identify(n, "m", Math.Max(n, 2)), Identify(n, "again", Math.Max(n, 2)) });
        await SendAsync(sender, $"{{\"batch\":[{string.Join(',', events)}]}}", "/v1/batch");
        await using var work = await sender.Server.Data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from ingest_event where state = 'done'")).ShouldBe(160);
        // The first three have one address.
        (await work.ScalarAsync<long>("select count(*) from customer")).ShouldBe(78);
        (await work.ScalarAsync<long>("select count(*) from identity")).ShouldBe(80 + 80 + 78);
        (await work.ScalarAsync<long>("select count(*) from identity_lookup")).ShouldBe(80 + 80 + 78);
        (await work.ScalarAsync<long>("select count(*) from customer_fact where retracted_at is null")).ShouldBe(78);
        (await new CustomerStore(work).ResolveAsync(IdentityKind.External, "anonymous:v40")).ShouldBe(await new CustomerStore(work).ResolveAsync(IdentityKind.Email, "p40@example.org"));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_trait_told_anew_replaces_the_old_and_a_late_one_does_not(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        string Plan(string id, string plan, string at) => $$"""{"type":"identify","messageId":"{{id}}","userId":"u1","timestamp":"{{at}}","traits":{"plan":"{{plan}}" } }""";
        await SendAsync(sender, Plan("m1", "gold", "2026-01-02T00:00:00Z"));
        await SendAsync(sender, Plan("m2", "late", "2026-01-01T00:00:00Z"));
        await SendAsync(sender, Plan("m3", "platinum", "2026-01-03T00:00:00Z"));
        await using var work = await sender.Server.Data.ReadAsync();
        (await work.ListAsync<string>("select content from customer_fact where retracted_at is null")).ShouldBe(["platinum"]);
        (await work.ListAsync<string>("select content from customer_fact where retracted_at is not null")).ShouldBe(["gold"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_order_event_becomes_an_order_once_however_often_it_is_told(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await SendAsync(sender, Order.Replace("{0}", "m1", StringComparison.Ordinal));
        await SendAsync(sender, Order.Replace("{0}", "m2", StringComparison.Ordinal));
        await using var work = await sender.Server.Data.ReadAsync();
        var stored = await new OrderStore(work).OpenAsync("events", "1001");
        stored!.Document.Total.ShouldBe(2499);
        stored.Document.Fees.Single().AmountMinor.ShouldBe(490);
        (await work.ScalarAsync<long>("select sum(orders) from order_rollup")).ShouldBe(1);
        (await work.ListAsync<string>("select sku from product order by sku")).ShouldBe(["A", "B"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_refund_gives_back_what_it_names_and_a_cancellation_everything(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await SendAsync(sender, Order.Replace("{0}", "m1", StringComparison.Ordinal));
        await SendAsync(sender, """{"type":"track","messageId":"m2","userId":"u1","event":"Order Refunded","properties":{"order_id":"1001","currency":"EUR","products":[{"sku":"B","price":19.99,"quantity":1}]}}""");
        await using var work = await sender.Server.Data.ReadAsync();
        (await work.ScalarAsync<long>("select sum(returned_minor) from order_rollup")).ShouldBe(1999);
        await SendAsync(sender, Order.Replace("{0}", "m3", StringComparison.Ordinal).Replace("1001", "1002", StringComparison.Ordinal));
        await SendAsync(sender, """{"type":"track","messageId":"m4","userId":"u1","event":"Order Cancelled","properties":{"order_id":"1002"}}""");
        (await work.ScalarAsync<long>("select sum(returned_minor) from order_rollup")).ShouldBe(1999 + 2499);
        (await work.ListAsync<string>("select status from sales_order order by source_id")).ShouldBe(["placed", "voided"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_refund_that_overtakes_its_order_waits_for_it(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await SendAsync(sender, """{"type":"track","messageId":"m0","userId":"u1","event":"Order Refunded","properties":{"order_id":"1001"}}""");
        (await sender.InboxAsync()).ShouldBe(["m0 received order_unknown"]);
        await SendAsync(sender, Order.Replace("{0}", "m1", StringComparison.Ordinal));
        sender.Server.Clock.Advance(Duration.FromMinutes(1));
        await StepAsync(sender);
        (await sender.InboxAsync()).ShouldBe(["m0 done", "m1 done"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_visitor_is_nobody_until_they_say_who_they_are_and_then_their_visit_is_theirs(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await SendAsync(sender, """{"type":"page","messageId":"m1","anonymousId":"a1","name":"Teas"}""");
        await using var work = await sender.Server.Data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from customer")).ShouldBe(0);
        (await sender.InboxAsync()).ShouldBe(["m1 held nobody_known"]);
        await SendAsync(sender, """{"type":"identify","messageId":"m2","anonymousId":"a1","userId":"u1","traits":{"name":"Ada"}}""");
        await StepAsync(sender);
        (await sender.InboxAsync()).ShouldBe(["m1 done", "m2 done"]);
        await SendAsync(sender, """{"type":"track","messageId":"m3","anonymousId":"a1","event":"Product Viewed","properties":{"name":"Tea"}}""");
        (await work.ListAsync<string>("select kind || ': ' || summary from touchpoint order by source_id")).ShouldBe(["page: Teas", "product_viewed: Product Viewed: Tea"]);
        (await work.ScalarAsync<long>("select count(*) from customer")).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_alias_makes_an_earlier_visit_the_customers(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await SendAsync(sender, """{"type":"page","messageId":"m1","anonymousId":"a1","name":"Teas"}""");
        await SendAsync(sender, """{"type":"alias","messageId":"m2","previousId":"a1","userId":"u1"}""");
        await StepAsync(sender);
        (await sender.InboxAsync()).ShouldBe(["m1 done", "m2 done"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_alias_never_makes_two_customers_one(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        foreach (var user in new[] { "u1", "u2" }) await SendAsync(sender, $$"""{"type":"identify","messageId":"{{user}}","userId":"{{user}}"}""");
        await SendAsync(sender, """{"type":"alias","messageId":"m1","previousId":"u2","userId":"u1"}""");
        (await sender.InboxAsync()).ShouldBe(["m1 quarantined two_customers", "u1 done", "u2 done"]);
        await using var work = await sender.Server.Data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from customer where merged_into is null")).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task what_events_say_about_contact_can_only_tighten(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        string With(string id, string on) =>
            $$$"""{"type":"page","messageId":"{{{id}}}","userId":"u1","name":"Teas","context":{"consent":{"categoryPreferences":{"Advertising":{{{on}}},"Analytics":true} } } }""";
        await SendAsync(sender, With("m1", "true"));
        await using var work = await sender.Server.Data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from preference_statement")).ShouldBe(0);
        await SendAsync(sender, With("m2", "false"));
        await SendAsync(sender, With("m3", "false"));
        await SendAsync(sender, """{"type":"identify","messageId":"m4","userId":"u1","traits":{"unsubscribed":true}}""");
        await SendAsync(sender, """{"type":"identify","messageId":"m5","userId":"u1","traits":{"unsubscribed":false}}""");
        (await work.ListAsync<string>("select basis || ': ' || words from preference_statement order by words"))
            .ShouldBe(["imported: consent to advertising is off", "imported: unsubscribed"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_group_is_an_account_with_its_people(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        for (var i = 0; i < 2; i++) await SendAsync(sender, $$"""{"type":"group","messageId":"m{{i}}","userId":"u1","groupId":"g1","traits":{"name":"Byron Ltd" } }""");
        await using var work = await sender.Server.Data.ReadAsync();
        (await work.ListAsync<string>("select c.name from account_member m join customer c on c.customer_id = m.customer_id where c.kind = 'account'")).ShouldBe(["Byron Ltd"]);
        (await work.ListAsync<string>("select name from customer where kind = 'person'")).ShouldBe(["user:u1"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task bad_events_go_to_the_quarantine_by_name_of_their_fault_and_hold_nobody_up(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        await SendAsync(sender, """
            {"batch":[{"type":"dance","messageId":"m1","userId":"u"},{"type":"track","messageId":"m2","event":"A"},{"type":"track","messageId":"m3","userId":"u"},
            {"type":"track","messageId":"m4","userId":"u","event":"Order Completed","properties":{"order_id":"1","products":[{"sku":"A","price":1}]}},
            {"type":"track","messageId":"m5","userId":"u","event":"A\u0000B","properties":{"x":"\u0000\ud800"}},{"type":"track","messageId":"m6","userId":"u","event":"Fine"}]}
            """, "/v1/batch");
        (await sender.InboxAsync()).ShouldBe(["m1 quarantined unknown_type", "m2 quarantined nobody", "m3 quarantined event_missing", "m4 quarantined currency_missing", "m5 done", "m6 done"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_event_whose_done_mark_was_lost_makes_no_second_fact(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        string[] events = [Order.Replace("{0}", "m1", StringComparison.Ordinal), """{"type":"page","messageId":"m2","userId":"u1","name":"Teas"}""", """{"type":"identify","messageId":"m3","userId":"u1","traits":{"plan":"gold"}}"""];
        foreach (var e in events) await SendAsync(sender, e);
        var before = await CountsAsync(sender);
        await using (var work = await sender.Server.Data.WriteAsync())
        {
            for (var i = 0; i < events.Length; i++)
                await work.ExecuteAsync("update ingest_event set state = 'received', body = @body where message_id = @id", new { body = events[i], id = $"m{i + 1}" });
            await work.CommitAsync();
        }
        (await StepAsync(sender)).ShouldBe(3);
        (await CountsAsync(sender)).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task two_nodes_share_the_inbox_and_make_every_fact_once(string engine)
    {
        await using var sender = await Sender.StartAsync(engine);
        var events = Enumerable.Range(0, 600).Select(i => $$"""{"type":"track","messageId":"m{{i:000}}","userId":"u{{i % 40}}","event":"A"}""");
        await sender.PostAsync("/v1/batch", $"{{\"batch\":[{string.Join(',', events)}]}}");
        var intake = sender.Server.Services.GetRequiredService<Intake>();
        var log = Microsoft.Extensions.Logging.Abstractions.NullLogger<IngestJob>.Instance;
        var nodes = Enumerable.Range(0, 3).Select(_ => new IngestJob(sender.Server.Data.Database, sender.Server.Clock, intake, log)).ToList();
        await Task.WhenAll(nodes.Select(node => node.StepAsync(CancellationToken.None)));
        await StepAsync(sender);
        await using var work = await sender.Server.Data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from touchpoint")).ShouldBe(600);
        (await work.ScalarAsync<long>("select sum(touchpoints) from timeline_rollup")).ShouldBe(600);
        (await work.ScalarAsync<long>("select count(*) from customer")).ShouldBe(40);
        (await work.ScalarAsync<long>("select count(*) from ingest_event where state <> 'done'")).ShouldBe(0);
    }

    private static async Task SendAsync(Sender sender, string json, string? path = null)
    {
        path ??= "/v1/" + System.Text.RegularExpressions.Regex.Match(json, "\"type\":\"(\\w+)\"").Groups[1].Value;
        ((int)(await sender.PostAsync(path, json)).StatusCode).ShouldBe(200);
        await StepAsync(sender);
    }

    private static Task<int> StepAsync(Sender sender) => sender.Server.Services.GetRequiredService<IngestJob>().StepAsync(CancellationToken.None);

    private static async Task<string> CountsAsync(Sender sender)
    {
        await using var work = await sender.Server.Data.ReadAsync();
        var counts = new List<long>();
        foreach (var table in new[] { "customer", "identity", "customer_fact", "touchpoint", "sales_order", "order_line", "order_fee" })
            counts.Add(await work.ScalarAsync<long>($"select count(*) from {table}"));
        counts.Add(await work.ScalarAsync<long>("select sum(touchpoints) from timeline_rollup"));
        counts.Add(await work.ScalarAsync<long>("select sum(spend_minor) from order_rollup"));
        return string.Join(' ', counts);
    }
}
