using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Kit;
using Regard.Orders;
using Regard.Webhooks;

namespace Regard.Outreach;

/// <summary>One message to many: each of them asked for, once, by their own wishes.</summary>
public sealed class CampaignTests
{
    private static readonly string[] Pointers = ["/purpose", "/latest_useful", "/messages/en/text", "/segment/countries", "/segment/product"];
    private static readonly string[] ByMail = ["email"];
    private static readonly string[] InEnglish = ["en"];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5"), Trait("req", "L9"), Trait("req", "M18")]
    public async Task everybody_is_asked_for_once_and_the_numbers_are_the_rows(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ContactKit.Noon);
        var shop = await Shop.OpenAsync(server);
        using var api = await server.WithKeyAsync(Right.CampaignsRead, Right.CampaignsWrite);
        var id = await AddAsync(api, ContactKit.Noon, new { languages = InEnglish });
        var forecast = JsonNode.Parse(await (await api.PostAsync($"/api/v1/campaigns/{id}/preview", null)).Content.ReadAsStringAsync())!;
        forecast["customers"]!.GetValue<long>().ShouldBe(4);
        forecast["left_out"]!.GetValue<long>().ShouldBe(1);
        Forecast(forecast).ShouldBe(["deferred email 1", "permitted email 1", "refused purpose_unwelcome 1"]);
        (await api.PostAsync($"/api/v1/campaigns/{id}/start", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.PostAsync($"/api/v1/campaigns/{id}/start", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        // Two workers, and one of them a second time.
        await Task.WhenAll(RunAsync(server, "a"), RunAsync(server, "b"));
        await RunAsync(server, "a");
        (await OutcomesAsync(api, id)).ShouldBe(["deferred Late", "held_back Never", "left_out New", "waiting Yes"]);
        (await StateAsync(api, id)).ShouldBe("started");
        await using (var work = await server.Data.ReadAsync())
        {
            (await work.ScalarAsync<long>("select count(*) from outbox")).ShouldBe(2);
            (await work.ScalarAsync<string>("select content from outbox where customer_id = @Yes", shop)).ShouldBe("Dear Yes,\n\nYou bought Blue mug.\n");
            (await work.ScalarAsync<long>("select count(*) from audit_entry where action = 'campaign_started'")).ShouldBe(1);
        }
        // The one who waits says no: nothing goes out, and it is to be seen why.
        await server.Data.SayAsync(shop.Late, new Wish { Never = true }, ContactKit.Noon, "Please stop.");
        (await OutcomesAsync(api, id)).ShouldBe(["held_back Never", "left_out New", "waiting Yes", "withdrawn Late"]);
        (await (await api.GetAsync($"/api/v1/campaigns/{id}/contacts?outcome=withdrawn")).Content.ReadAsStringAsync()).ShouldContain("Please stop.");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task F12_a_worker_that_went_away_in_the_middle_is_followed_by_another_and_nobody_is_asked_for_twice(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ContactKit.Noon);
        await Shop.OpenAsync(server);
        using var api = await server.WithKeyAsync(Right.CampaignsRead, Right.CampaignsWrite);
        var id = await AddAsync(api, ContactKit.Noon, null);
        await api.PostAsync($"/api/v1/campaigns/{id}/start", null);
        // It took everybody, did nothing more than one of them, and is gone.
        await using (var work = await server.Data.WriteAsync())
        {
            var ids = await work.ListAsync<Guid>("select customer_id from customer order by customer_id");
            await new CampaignStore(work).TakeAsync(new CampaignPart { CampaignId = id, FirstId = ids[0], LastId = ids[^1], Worker = "gone", Until = ContactKit.Noon + CampaignRun.Patience });
            await work.CommitAsync();
        }
        await RunAsync(server, "b");
        (await OutcomesAsync(api, id)).ShouldBeEmpty("the stretch is still in the other's hands");
        (await StateAsync(api, id)).ShouldBe("starting");
        server.Clock.Advance(CampaignRun.Patience + Duration.FromSeconds(1));
        await RunAsync(server, "b");
        (await OutcomesAsync(api, id)).Count.ShouldBe(5);
        (await StateAsync(api, id)).ShouldBe("started");
        await using var read = await server.Data.ReadAsync();
        (await read.ScalarAsync<long>("select count(*) from contact_decision")).ShouldBe(3, "one for each who was asked for");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task a_stopped_campaign_cancels_what_waits_and_asks_for_nobody_else(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ContactKit.Noon);
        await Shop.OpenAsync(server);
        using var api = await server.WithKeyAsync(Right.CampaignsRead, Right.CampaignsWrite);
        var id = await AddAsync(api, ContactKit.Noon, null);
        (await api.PostAsync($"/api/v1/campaigns/{id}/stop", null)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await api.PostAsync($"/api/v1/campaigns/{id}/start", null);
        await RunAsync(server, "a");
        (await api.PostAsync($"/api/v1/campaigns/{id}/stop", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await RunAsync(server, "a");
        (await OutcomesAsync(api, id)).ShouldBe(["held_back Never", "left_out New", "left_out Spanish", "stopped Late", "stopped Yes"]);
        (await StateAsync(api, id)).ShouldBe("stopped");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task what_a_merge_held_does_not_come_back_after_the_campaign_was_stopped_and_others_are_told_what_was_taken_back(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ContactKit.Noon);
        var shop = await Shop.OpenAsync(server);
        var (listener, _) = await server.Data.EndpointAsync("http://127.0.0.1:9/", WebhookTypes.ContactDecided, WebhookTypes.ContactCancelled);
        using var api = await server.WithKeyAsync(Right.CampaignsRead, Right.CampaignsWrite);
        var id = await AddAsync(api, ContactKit.Noon, new { product = "MUG" });
        await api.PostAsync($"/api/v1/campaigns/{id}/start", null);
        await RunAsync(server, "a");
        var merge = await MergingAsync(server, store => store.MergeAsync(shop.Yes, shop.Late, "same person", ContactKit.By, ContactKit.Noon));
        (await OutcomesAsync(api, id)).ShouldBe(["held_back Never", "stopped Late", "waiting Yes"], "one person gets one message, and nobody's wish ended the other");
        await api.PostAsync($"/api/v1/campaigns/{id}/stop", null);
        await RunAsync(server, "a");
        await MergingAsync(server, store => store.UndoAsync(merge, ContactKit.By, ContactKit.Noon));
        (await OutcomesAsync(api, id)).ShouldBe(["held_back Never", "stopped Late", "stopped Yes"]);
        await using var work = await server.Data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from outbox where state <> 'cancelled'")).ShouldBe(0);
        var told = await server.Data.DeliveriesAsync(listener);
        told.Count(row => row.Type == WebhookTypes.ContactDecided).ShouldBe(3, "each who was asked for");
        told.Single(row => row.Type == WebhookTypes.ContactCancelled).CustomerId.ShouldBe(shop.Yes);
        told.ShouldAllBe(row => !row.Body.Contains("mug", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "L9")]
    public async Task the_pages_keep_what_was_typed_show_who_is_behind_each_number_and_the_letter_as_one_gets_it(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ContactKit.Noon);
        var shop = await Shop.OpenAsync(server);
        using var manager = await server.SignInAsync(Role.Manager);
        var fields = new[] { ("title", "Lids"), ("purpose", "care"), ("channels", "email"), ("latest_useful", "2026-12-06T18:00"), ("subject_en", "A new lid"), ("text_en", "A new lid for everybody & all.") };
        var refused = await manager.PostFormAsync("/campaigns/new", fields);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await refused.Content.ReadAsStringAsync();
        page.ShouldContain("would read the same to everybody");
        page.ShouldContain("A new lid for everybody &amp; all.");
        var kept = await manager.PostFormAsync("/campaigns/new", [.. fields.Where(field => field.Item1 != "text_en"), ("text_en", "You bought {{product}}.")]);
        var address = kept.Headers.Location!.ToString();
        var campaign = await manager.GetStringAsync(address);
        campaign.ShouldContain("data-group=\"deferred.email.outside_their_hours\"");
        campaign.ShouldContain("data-group=\"left_out\"");
        (await manager.GetStringAsync($"{address}/customers?group=deferred.email.outside_their_hours")).ShouldContain(">Late<");
        var left = await manager.GetStringAsync($"{address}/customers?group=left_out");
        left.ShouldContain(">New<");
        left.ShouldNotContain(">Yes<");
        (await manager.GetStringAsync($"{address}/letter/{shop.Yes}")).ShouldContain("You bought Blue mug.");
        (await manager.GetStringAsync($"{address}/customers.csv?group=refused.purpose_unwelcome")).ShouldContain("Never");
        var found = await manager.PostFormAsync($"{address}/customers", ("q", "lat"));
        found.Headers.Location!.ToString().ShouldNotContain("=lat");
        (await manager.GetStringAsync(found.Headers.Location!.ToString())).ShouldContain(">Late<");
        (await manager.PostFormAsync($"{address}/start")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await manager.GetAsync($"{address}/edit")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await RunAsync(server, "a");
        (await manager.GetStringAsync(address)).ShouldContain("data-outcome=\"held_back\"");
        foreach (var sort in new[] { "", "?sort=moment", "?dir=desc", "?outcome=deferred" }) (await manager.GetStringAsync($"{address}/customers{sort}")).ShouldContain(">Late<");
        (await manager.GetStringAsync($"{address}/customers.csv")).ShouldContain("left_out");
        using var auditor = await server.SignInAsync(Role.Auditor);
        (await auditor.GetAsync($"{address}/customers.csv")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task whom_it_is_meant_for_follows_from_what_is_known(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ContactKit.Noon);
        await Shop.OpenAsync(server);
        using var api = await server.WithKeyAsync(Right.CampaignsRead, Right.CampaignsWrite);
        foreach (var (segment, names) in new (object, string)[]
        {
            (new { countries = new[] { "at" } }, "Late"), (new { languages = new[] { "es" } }, "Spanish"), (new { product = "MUG" }, "Late Never Yes"), (new { product = "MUG", bought_since = "2026-11-01" }, "Yes"),
            (new { ordered_since = "2026-11-01" }, "Yes"), (new { silent_since = "2026-11-01" }, "Late Never"), (new { category = "cups" }, "Late Never Yes"),
        })
        {
            var id = await AddAsync(api, ContactKit.Noon, segment);
            await api.PostAsync($"/api/v1/campaigns/{id}/start", null);
            await RunAsync(server, "a");
            string.Join(' ', (await OutcomesAsync(api, id)).Select(line => line.Split(' ')[1]).Order(StringComparer.Ordinal)).ShouldBe(names);
        }
        var faults = await api.PostAsJsonAsync("/api/v1/campaigns", new { title = "x", purpose = "service", segment = new { countries = (string[])["Austria"], product = "NONE" } });
        faults.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var told = await faults.Content.ReadAsStringAsync();
        foreach (var pointer in Pointers) told.ShouldContain(pointer);
    }

    private static async Task<Guid> AddAsync(HttpClient api, Instant now, object? segment)
    {
        var answer = await api.PostAsJsonAsync("/api/v1/campaigns", new
        {
            title = "Lids",
            purpose = "care",
            channels = ByMail,
            latest_useful = (now + Duration.FromDays(14)).ToString(),
            segment,
            messages = new { en = new { subject = "A new lid", text = "You bought {{product}}." } },
        });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["campaign"]!["campaign_id"]!.GetValue<Guid>();
    }

    private static async Task<Guid> MergingAsync(TestServer server, Func<MergeStore, Task<MergeOutcome?>> what)
    {
        await using var work = await server.Data.WriteAsync();
        var outcome = (await what(new MergeStore(work)))!;
        outcome.Refusal.ShouldBeNull();
        await work.CommitAsync();
        return outcome.MergeId!.Value;
    }

    private static Task RunAsync(TestServer server, string worker) => Task.Run(() => CampaignJob.OnceAsync(server.Data.Database, server.Clock, worker, TestContext.Current.CancellationToken));

    private static async Task<string> StateAsync(HttpClient api, Guid id) => JsonNode.Parse(await api.GetStringAsync($"/api/v1/campaigns/{id}"))!["campaign"]!["state"]!.GetValue<string>();

    private static async Task<IReadOnlyList<string>> OutcomesAsync(HttpClient api, Guid id)
    {
        var lines = JsonNode.Parse(await api.GetStringAsync($"/api/v1/campaigns/{id}/contacts"))!["items"]!.AsArray().Select(line => $"{line!["outcome"]} {line["name"]}").Order(StringComparer.Ordinal).ToList();
        var counts = JsonNode.Parse(await api.GetStringAsync($"/api/v1/campaigns/{id}"))!["outcomes"]!.AsArray().Sum(count => count!["customers"]!.GetValue<long>());
        counts.ShouldBe(lines.Count, "each line is counted once");
        return lines;
    }

    private static IReadOnlyList<string> Forecast(JsonNode forecast) =>
        [.. forecast["groups"]!.AsArray().Select(group => $"{group!["verdict"]} {group["channel"] ?? group["reason"]} {group["customers"]}").Order(StringComparer.Ordinal)];

    private sealed record Shop(Guid Yes, Guid Never, Guid Late)
    {
        /// <summary>Three who bought a mug: one says nothing, one wants nothing, one wants mail in the evening only. Two who bought nothing, one of them reads Spanish.</summary>
        public static async Task<Shop> OpenAsync(TestServer server)
        {
            var shop = new Shop(await PersonAsync(server, "Yes", "en", "DE", 5), await PersonAsync(server, "Never", "en", "DE", 60), await PersonAsync(server, "Late", "en", "AT", 60));
            await PersonAsync(server, "New", "en", "DE", null);
            await PersonAsync(server, "Spanish", "es", "ES", null);
            await server.Data.SayAsync(shop.Never, new Wish { Never = true }, ContactKit.Noon - Duration.FromDays(2), "Nothing, please.");
            await server.Data.SayAsync(shop.Late, new Wish { Hours = [new HoursWish(null, [new ContactWindow([IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday], new LocalTime(19, 0), new LocalTime(21, 0))])] }, ContactKit.Noon - Duration.FromDays(2));
            return shop;
        }

        private static async Task<Guid> PersonAsync(TestServer server, string name, string language, string country, int? boughtDaysAgo)
        {
            await using var work = await server.Data.WriteAsync();
            var mug = await new ProductStore(work).EnsureAsync(new ProductDraft("MUG", "Blue mug", "test"), ContactKit.Noon);
            await work.ExecuteAsync("update product set category = 'cups'");
            var id = (await new CustomerStore(work).RecordAsync(
                new CustomerDraft { Name = name, Source = "test", Language = language, Country = country, TimeZone = "Europe/Berlin", AddressAs = name == "Yes" ? "Yes, by first name" : null, Identities = [IdentityDraft.Email($"{name}@example.org")] }, ContactKit.By, ContactKit.Noon)).Id;
            if (boughtDaysAgo is { } days)
                await new OrderStore(work).RecordAsync(new OrderRecord { CustomerId = id, Source = "test", Number = name, At = ContactKit.Noon - Duration.FromDays(days), Currency = "EUR", Lines = [new OrderLine(1, mug, 1, 900)] }, ContactKit.Noon);
            await work.CommitAsync();
            return id;
        }
    }
}
