using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Regard.Access;
using Regard.Kit;
using Regard.Orders;

namespace Regard.Changes;

public sealed class ChangeApiTests
{
    private static readonly object Dearer = new
    {
        kind = "price",
        title = "Mugs cost more",
        reason = "Clay costs more.",
        effective_on = "2027-01-04",
        percent = 8,
        source_id = "erp-1",
        products = new[] { new { sku = "MUG" } },
    };

    private static async Task<(TestServer Server, ChangeShop Shop, HttpClient Erp)> OpenAsync(string engine)
    {
        var server = await TestServer.StartAsync(engine, settings: settings => settings with { RunsJobs = false });
        server.Clock.Reset(ChangeShop.Now);
        return (server, await ChangeShop.OpenAsync(server.Data), await server.WithKeyAsync(Right.ChangesRead, Right.ChangesWrite));
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode expected)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object? body, HttpStatusCode expected, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        return await ReadAsync(answer, expected);
    }

    private static async Task<string> PlanAsync(TestServer server, HttpClient erp, string changeId)
    {
        var asked = await PostAsync(erp, "/plans", new { change_id = changeId, staff_minutes = 600 }, HttpStatusCode.Created, "plan-1");
        asked.GetProperty("plan").GetProperty("state").GetString().ShouldBe("making");
        await PlanStartJob.OnceAsync(server.Data.Database, server.Clock, default);
        return asked.GetProperty("plan").GetProperty("plan_id").GetString()!;
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C1"), Trait("req", "C2"), Trait("req", "C4")]
    public async Task another_system_registers_a_change_sees_whom_it_hurts_and_starts_the_plan_once(string engine)
    {
        var (server, shop, erp) = await OpenAsync(engine);
        await using var _ = server;
        var (anna, ben, cleo) = (await shop.BuyerAsync("Anna", 20), await shop.BuyerAsync("Ben", 10), await shop.BuyerAsync("Cleo", 5));
        var change = (await PostAsync(erp, "/changes", Dearer, HttpStatusCode.Created)).GetProperty("change_id").GetString()!;
        (await PostAsync(erp, "/changes", Dearer, HttpStatusCode.OK)).GetProperty("change_id").GetString().ShouldBe(change, "told twice, registered once");
        var opened = await erp.GetAsync($"/api/v1/changes/{change}");
        opened.Headers.ETag!.Tag.ShouldBe("\"1\"");
        (await ReadAsync(opened, HttpStatusCode.OK)).GetProperty("products")[0].GetProperty("new_price_minor").GetInt64().ShouldBe(540);
        (await erp.GetAsync($"/api/v1/changes/{change}/impact")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "nothing is measured yet");
        var plan = await PlanAsync(server, erp, change);
        (await PostAsync(erp, "/plans", new { change_id = change, staff_minutes = 600 }, HttpStatusCode.Created, "plan-1")).GetProperty("plan").GetProperty("plan_id").GetString().ShouldBe(plan);
        var first = await erp.GetFromJsonAsync<JsonElement>($"/api/v1/changes/{change}/impact?limit=2");
        first.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("customer_id").GetGuid()).ShouldBe([anna, ben]);
        var rest = await erp.GetFromJsonAsync<JsonElement>($"/api/v1/changes/{change}/impact?limit=2&after={first.GetProperty("next").GetString()}");
        rest.GetProperty("items").EnumerateArray().Single().GetProperty("customer_id").GetGuid().ShouldBe(cleo);
        (await erp.GetStringAsync($"/api/v1/changes/{change}/impact.csv?plan_id={plan}&sort=extra&show=personal")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(4);
        (await PostAsync(erp, $"/plans/{plan}/start", null, HttpStatusCode.OK, "start-1")).GetProperty("plan").GetProperty("state").GetString().ShouldBe("starting");
        await PostAsync(erp, $"/plans/{plan}/start", null, HttpStatusCode.OK, "start-1");
        (await PostAsync(erp, $"/plans/{plan}/start", null, HttpStatusCode.Conflict)).GetProperty("type").GetString().ShouldBe("urn:regard:problem:conflict");
        await PlanStartJob.OnceAsync(server.Data.Database, server.Clock, default);
        (await erp.GetFromJsonAsync<JsonElement>($"/api/v1/plans/{plan}")).GetProperty("plan").GetProperty("state").GetString().ShouldBe("started");
        (await erp.GetFromJsonAsync<JsonElement>($"/api/v1/plans?change_id={change}")).GetProperty("items").GetArrayLength().ShouldBe(1);
        var (steps, after) = (0, "");
        do
        {
            var page = await erp.GetFromJsonAsync<JsonElement>($"/api/v1/plans/{plan}/steps?limit=4&after={after}");
            steps += page.GetProperty("items").GetArrayLength();
            after = page.TryGetProperty("next", out var next) ? next.GetString()! : "";
        }
        while (after.Length > 0);
        steps.ShouldBe(6, "a personal contact and a notice for each");
        (await PostAsync(erp, $"/changes/{change}/withdraw", null, HttpStatusCode.OK)).GetProperty("state").GetString().ShouldBe("withdrawn");
        (await PostAsync(erp, $"/changes/{change}/withdraw", null, HttpStatusCode.OK)).GetProperty("version").GetInt64().ShouldBe(3);
        await PostAsync(erp, "/plans", new { change_id = change, staff_minutes = 600 }, HttpStatusCode.Conflict);
        (await erp.GetFromJsonAsync<JsonElement>("/api/v1/changes?state=withdrawn")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C1")]
    public async Task what_cannot_be_registered_is_told_with_its_place(string engine)
    {
        var (server, _, erp) = await OpenAsync(engine);
        await using var closing = server;
        await using (var work = await server.Data.WriteAsync())
        {
            var products = new ProductStore(work);
            var pot = (await products.EnsureAsync([new("POT", "Pot", "test")], ChangeShop.Now))["POT"];
            await products.RecordPriceAsync(pot, new ProductPrice { Currency = "EUR", PriceMinor = 700, ValidFrom = ChangeShop.Now - Duration.FromDays(9), Source = "test" });
            await work.CommitAsync();
        }
        async Task<string> Refused(object body)
        {
            var error = (await PostAsync(erp, "/changes", body, HttpStatusCode.UnprocessableEntity)).GetProperty("errors")[0];
            return error.GetProperty("pointer").GetString() + " " + error.GetProperty("detail").GetString();
        }
        object With(string day, decimal percent, params object[] products) => new { kind = "price", title = "T", reason = "R", effective_on = day, percent, products };
        (await Refused(With("2026-11-20", 8, new { sku = "MUG" }))).ShouldContain("/effective_on The day must lie ahead");
        (await Refused(With("2027-01-04", 8, new { sku = "NOPE" }))).ShouldContain("/products No product has the number 'NOPE'");
        (await Refused(With("2027-01-04", 8, new { sku = "MUG" }, new { sku = "POT" }))).ShouldContain("POT has no price in GBP");
        (await Refused(With("2027-01-04", 8, new { sku = "MUG" }, new { sku = "MUG" }))).ShouldContain("named twice");
        (await Refused(With("2027-01-04", 1e25m, new { sku = "MUG" }))).ShouldContain("/percent");
        (await Refused(With("2027-01-04", 8, new { sku = "MUG", new_price = 1e25m }))).ShouldContain("/products");
        (await Refused(With("2027-01-04", 8, new { sku = (string?)null }))).ShouldContain("/products");
        (await Refused(With("2027-01-04", 8))).ShouldContain("/products");
        await PostAsync(erp, "/changes", new { kind = "nonsense" }, HttpStatusCode.BadRequest);
        await PostAsync(erp, "/changes", new { kind = "price", effective_on = "soon" }, HttpStatusCode.BadRequest);
        (await erp.GetAsync("/api/v1/changes?state=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await erp.GetFromJsonAsync<JsonElement>("/api/v1/changes")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C4")]
    public async Task a_plan_of_another_change_or_of_none_is_not_found_and_one_that_comes_too_late_is_not_started(string engine)
    {
        var (server, shop, erp) = await OpenAsync(engine);
        await using var _ = server;
        await shop.BuyerAsync("Anna", 20);
        var (mine, other) = (await shop.RegisterAsync(ChangeShop.Dearer()), await shop.RegisterAsync(ChangeShop.NoMore()));
        var plan = await PlanAsync(server, erp, mine.Id.ToString());
        (await erp.GetAsync($"/api/v1/changes/{other.Id}/impact?plan_id={plan}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await erp.GetAsync($"/api/v1/changes/{mine.Id}/impact?plan_id={plan}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await erp.GetAsync($"/api/v1/changes/{mine.Id}/impact?sort=name")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await erp.GetAsync($"/api/v1/plans/{mine.Id}/steps")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await PostAsync(erp, $"/plans/{mine.Id}/start", null, HttpStatusCode.NotFound);
        await PostAsync(erp, $"/changes/{plan}/withdraw", null, HttpStatusCode.NotFound);
        await PostAsync(erp, "/plans", new { change_id = plan, staff_minutes = -1 }, HttpStatusCode.UnprocessableEntity);
        await PostAsync(erp, "/plans", new { }, HttpStatusCode.UnprocessableEntity);
        server.Clock.Reset(Instant.FromUtc(2027, 1, 4, 8, 0));
        await PostAsync(erp, $"/plans/{plan}/start", null, HttpStatusCode.Conflict);
        await PostAsync(erp, "/plans", new { change_id = mine.Id, staff_minutes = 60 }, HttpStatusCode.Conflict);
        using var reader = await server.WithKeyAsync(Right.ChangesRead);
        await PostAsync(reader, $"/plans/{plan}/start", null, HttpStatusCode.Forbidden);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "F14")]
    public async Task a_plan_left_half_measured_is_made_to_its_end_by_whoever_comes_later(string engine)
    {
        var (server, shop, erp) = await OpenAsync(engine);
        await using var _ = server;
        var (anna, ben) = (await shop.BuyerAsync("Anna", 20), await shop.BuyerAsync("Ben", 10));
        var change = await shop.RegisterAsync(ChangeShop.Dearer());
        var whole = await shop.PlanAsync(change, 600);
        var plan = new NewPlan(Ids.New(ChangeShop.Now), change, new(600, ChangeShop.Now.InUtc().Date));
        await using (var work = await server.Data.WriteAsync())
        {
            await new PlanStore(work).BeginAsync(plan, ChangeShop.Manager, ChangeShop.Now, ChangeShop.Now + PlanMaking.Patience);
            await new ImpactStore(work).SaveAsync(plan.PlanId, [(await new ImpactStore(work).FindAsync(whole, anna))!.Read()], isAgain: false);
            await work.CommitAsync();
        }
        await PlanStartJob.OnceAsync(server.Data.Database, server.Clock, default);
        (await shop.SeeAsync(plan.PlanId)).Plan.State.ShouldBe("making", "somebody may still be at it");
        await PostAsync(erp, $"/plans/{plan.PlanId}/start", null, HttpStatusCode.Conflict);
        server.Clock.Reset(ChangeShop.Now + PlanMaking.Patience);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => PlanStartJob.OnceAsync(server.Data.Database, server.Clock, default)));
        var (made, rows) = await shop.SeeAsync(plan.PlanId);
        made.State.ShouldBe("draft");
        made.Read().Affected.ShouldBe(2);
        rows.Select(row => row.CustomerId).ShouldBe([anna, ben]);
        rows.ShouldAllBe(row => row.NoticeVerdict == "planned");
    }
}
