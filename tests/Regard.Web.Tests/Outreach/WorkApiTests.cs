using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Regard.Access;
using Regard.Changes;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Outreach;

/// <summary>Tasks and cases over the API.</summary>
public sealed class WorkApiTests
{
    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object? body, HttpStatusCode expected)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1" + path, body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<TestServer> OpenAsync(string engine)
    {
        var server = await TestServer.StartAsync(engine, settings: settings => settings with { RunsJobs = false });
        server.Clock.Reset(ChangeShop.Now);
        return server;
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "C7"), Trait("req", "P7")]
    public async Task a_telephone_system_reads_the_calls_that_wait_and_tells_what_came_of_them(string engine)
    {
        await using var server = await OpenAsync(engine);
        var shop = await ChangeShop.OpenAsync(server.Data);
        var (anna, _) = (await shop.BuyerAsync("Anna", 20), await shop.BuyerAsync("Ben", 10));
        using var agent = await server.SignInAsync(Role.Agent);
        await new PlanStart(server.Data.Database, server.Clock).RunAsync(await shop.StartedAsync(await shop.RegisterAsync(ChangeShop.Dearer())), null, default);
        using var phone = await server.WithKeyAsync(Right.TasksWork);
        var first = await phone.GetFromJsonAsync<JsonElement>($"/api/v1/tasks?limit=1&assigned_to={agent.Actor!.Id}");
        var second = await phone.GetFromJsonAsync<JsonElement>($"/api/v1/tasks?limit=1&after={first.GetProperty("next").GetString()}");
        second.GetProperty("items")[0].GetProperty("task_id").GetGuid().ShouldNotBe(first.GetProperty("items")[0].GetProperty("task_id").GetGuid());
        second.TryGetProperty("next", out var end).ShouldBeFalse();
        (await phone.GetFromJsonAsync<JsonElement>("/api/v1/tasks?due=true")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await phone.GetFromJsonAsync<JsonElement>($"/api/v1/tasks?assigned_to={anna}&with_unassigned=true")).GetProperty("items").GetArrayLength().ShouldBe(0);
        var call = (await phone.GetFromJsonAsync<JsonElement>("/api/v1/tasks")).GetProperty("items").EnumerateArray().Single(task => task.GetProperty("customer_id").GetGuid() == anna);
        var path = $"/tasks/{anna}/{call.GetProperty("task_id").GetString()}/outcome";
        await PostAsync(phone, path, new { }, HttpStatusCode.UnprocessableEntity);
        await PostAsync(phone, path, new { outcome = "shouted_at" }, HttpStatusCode.BadRequest);
        await PostAsync(phone, path, new { outcome = "call_back" }, HttpStatusCode.UnprocessableEntity);
        await PostAsync(phone, path, new { outcome = "call_back", call_back_at = "2026-11-01T09:00:00Z" }, HttpStatusCode.UnprocessableEntity);
        var again = await PostAsync(phone, path, new { outcome = "not_reached" }, HttpStatusCode.OK);
        (again.GetProperty("task").GetProperty("state").GetString(), again.GetProperty("task").GetProperty("attempts").GetInt32()).ShouldBe(("open", 1));
        (await PostAsync(phone, path, new { outcome = "reached", note = "fine" }, HttpStatusCode.OK)).GetProperty("task").GetProperty("state").GetString().ShouldBe("done");
        await PostAsync(phone, path, new { outcome = "reached" }, HttpStatusCode.Conflict);
        await PostAsync(phone, $"/tasks/{anna}/{anna}/outcome", new { outcome = "reached" }, HttpStatusCode.NotFound);
        await PostAsync(phone, $"/tasks/{call.GetProperty("task_id").GetString()}/{anna}/outcome", new { outcome = "reached" }, HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "M2"), Trait("req", "P5")]
    public async Task a_help_desk_opens_a_case_once_and_answers_the_way_the_customer_wants(string engine)
    {
        await using var server = await OpenAsync(engine);
        var anna = await server.Data.CustomerAsync();
        await server.Data.SayAsync(anna, new Wish { OnlyChannels = [Channel.Phone] }, ChangeShop.Now, "just ring me");
        using var agent = await server.SignInAsync(Role.Agent);
        using var other = await server.SignInAsync(Role.Lead);
        using var desk = await server.WithKeyAsync(Right.CasesWork);
        object Told(object customer, object? owner, string promised = "2026-11-24T12:00:00Z") =>
            new { customer_id = customer, source = "desk", source_id = "T-1", subject = "Parcel lost", description = "It never came.", promised_at = promised, owner_id = owner, channel = "mail" };
        await PostAsync(desk, "/cases", Told(anna, null), HttpStatusCode.UnprocessableEntity);
        await PostAsync(desk, "/cases", Told(anna, anna), HttpStatusCode.UnprocessableEntity);
        await PostAsync(desk, "/cases", Told(agent.Actor!.Id!, agent.Actor.Id), HttpStatusCode.UnprocessableEntity);
        await PostAsync(desk, "/cases", Told(anna, agent.Actor.Id, "2026-11-01T12:00:00Z"), HttpStatusCode.UnprocessableEntity);
        await PostAsync(desk, "/cases", Told("nobody", agent.Actor.Id), HttpStatusCode.BadRequest);
        var opened = await PostAsync(desk, "/cases", Told(anna, agent.Actor.Id), HttpStatusCode.Created);
        var id = opened.GetProperty("case_id").GetString();
        (await PostAsync(desk, "/cases", Told(anna, agent.Actor.Id), HttpStatusCode.OK)).GetProperty("case_id").GetString().ShouldBe(id);
        (await desk.GetFromJsonAsync<JsonElement>($"/api/v1/cases?owner_id={agent.Actor.Id}")).GetProperty("items").GetArrayLength().ShouldBe(1);
        await PostAsync(desk, $"/cases/{anna}/{id}/answer", new { text = " " }, HttpStatusCode.UnprocessableEntity);
        var reply = await PostAsync(desk, $"/cases/{anna}/{id}/answer", new { text = "A new one is on its way.", answer_id = "a1" }, HttpStatusCode.OK);
        reply.GetProperty("channel").GetString().ShouldBe("phone");
        await PostAsync(desk, $"/cases/{anna}/{id}/answer", new { text = "A new one is on its way.", answer_id = "a1" }, HttpStatusCode.OK);
        await using (var work = await server.Data.ReadAsync()) (await new TaskStore(work).OfCustomerAsync(anna)).Count.ShouldBe(1);
        await PostAsync(desk, $"/cases/{anna}/{id}/hand-over", new { owner_id = anna }, HttpStatusCode.UnprocessableEntity);
        (await PostAsync(desk, $"/cases/{anna}/{id}/hand-over", new { owner_id = other.Actor!.Id }, HttpStatusCode.OK)).GetProperty("owner_id").GetGuid().ShouldBe(other.Actor.Id!.Value);
        await PostAsync(desk, $"/cases/{anna}/{id}/resolve", new { }, HttpStatusCode.UnprocessableEntity);
        (await PostAsync(desk, $"/cases/{anna}/{id}/resolve", new { resolution = "It came." }, HttpStatusCode.OK)).GetProperty("resolution").GetString().ShouldBe("It came.");
        await PostAsync(desk, $"/cases/{anna}/{id}/resolve", new { resolution = "It came." }, HttpStatusCode.Conflict);
        await PostAsync(desk, $"/cases/{anna}/{id}/hand-over", new { owner_id = agent.Actor.Id }, HttpStatusCode.Conflict);
        await PostAsync(desk, $"/cases/{anna}/{id}/answer", new { text = "Hello?" }, HttpStatusCode.Conflict);
        (await desk.GetFromJsonAsync<JsonElement>("/api/v1/cases?resolved=true")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await desk.GetAsync($"/api/v1/cases/{agent.Actor.Id}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
