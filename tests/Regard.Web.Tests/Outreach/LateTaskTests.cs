using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Regard.Access;
using Regard.Changes;
using Regard.Commands;
using Regard.Kit;
using Regard.Timeline;

namespace Regard.Outreach;

[Trait("req", "C7")]
public sealed class LateTaskTests
{
    private static async Task<(TestServer Server, Guid Anna, TaskRow Task)> OpenAsync(string engine)
    {
        var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ChangeShop.Now);
        var shop = await ChangeShop.OpenAsync(server.Data);
        var anna = await shop.BuyerAsync("Anna", 20);
        var planId = await shop.StartedAsync(await shop.RegisterAsync(ChangeShop.Dearer()));
        await new PlanStart(server.Data.Database, server.Clock).RunAsync(planId, null, default);
        await using var work = await server.Data.ReadAsync();
        return (server, anna, (await new TaskStore(work).OfCustomerAsync(anna)).Single());
    }

    private static async Task<TaskRow> SeeAsync(TestServer server, TaskRow task)
    {
        await using var work = await server.Data.ReadAsync();
        return (await new TaskStore(work).FindAsync(task.CustomerId, task.TaskId))!;
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "F14")]
    public async Task a_call_that_nobody_made_in_time_is_seen_by_somebody_before_it_leaves_the_day(string engine)
    {
        var (server, anna, task) = await OpenAsync(engine);
        await using var _ = server;
        (await TaskExpiryJob.OnceAsync(server.Data.Database, task.LatestUseful, default)).ShouldBe(0, "at that very moment it is still of use");
        server.Clock.Reset(task.LatestUseful + Duration.FromMinutes(1));
        var ended = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => TaskExpiryJob.OnceAsync(server.Data.Database, server.Clock.GetCurrentInstant(), default)));
        ended.Sum().ShouldBe(1, "two nodes end it once");
        (await SeeAsync(server, task)).State.ShouldBe("expired");
        using var agent = await server.SignInAsync(Role.Agent);
        var today = await agent.GetStringAsync("/today");
        today.ShouldContain("came too late");
        today.ShouldContain($"/customers/{anna}");
        (await agent.GetStringAsync($"/tasks/{anna}/{task.TaskId}")).ShouldContain("I have seen it");
        using var phone = await server.WithKeyAsync(Right.TasksWork);
        (await phone.GetFromJsonAsync<JsonElement>("/api/v1/tasks?late=true")).GetProperty("items").GetArrayLength().ShouldBe(1);
        await using (var work = await server.Data.Database.SnapshotAsync(default))
        {
            foreach (var check in Checks.All) (await check.FindAsync(work)).ShouldBeEmpty(check.Question);
            (await new TimelineStore(work).PageAsync(anna, new TimelineFilter { Kind = "task" }, null, 10)).Single().Summary.ShouldStartWith("Not done in time:");
            (await new TimelineStore(work).PageAsync(anna, new TimelineFilter { Kind = "call" }, null, 10)).ShouldBeEmpty();
        }
        (await agent.PostFormAsync($"/tasks/{anna}/{task.TaskId}", ("outcome", "no_longer_needed"), ("note", "The notice told her."))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var seen = await SeeAsync(server, task);
        (seen.State, seen.FinishedBy, seen.OutcomeNote).ShouldBe(("expired", agent.Actor!.Reference, "The notice told her."));
        (await agent.GetStringAsync("/today")).ShouldContain("Nothing is due");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task who_made_the_call_in_time_can_still_write_it_down(string engine)
    {
        var (server, anna, task) = await OpenAsync(engine);
        await using var _ = server;
        server.Clock.Reset(task.LatestUseful + Duration.FromMinutes(1));
        await TaskExpiryJob.OnceAsync(server.Data.Database, server.Clock.GetCurrentInstant(), default);
        using var agent = await server.SignInAsync(Role.Agent);
        await agent.PostFormAsync($"/tasks/{anna}/{task.TaskId}", ("outcome", "reached"));
        (await SeeAsync(server, task)).State.ShouldBe("done");
        (await agent.GetStringAsync("/today")).ShouldContain("Nothing is due");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_call_back_after_the_latest_useful_moment_is_kept_because_the_customer_asked_for_it(string engine)
    {
        var (server, anna, task) = await OpenAsync(engine);
        await using var _ = server;
        using var phone = await server.WithKeyAsync(Right.TasksWork);
        var at = task.LatestUseful + Duration.FromDays(3);
        using var answer = await phone.PostAsJsonAsync($"/api/v1/tasks/{anna}/{task.TaskId}/outcome", new { outcome = "call_back", call_back_at = at.ToString() });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        (await TaskExpiryJob.OnceAsync(server.Data.Database, at, default)).ShouldBe(0);
        (await SeeAsync(server, task)).DueAt.ShouldBe(at);
        (await TaskExpiryJob.OnceAsync(server.Data.Database, at + Duration.FromDays(2), default)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_lead_gives_a_task_to_somebody_who_works_here_and_an_agent_cannot(string engine)
    {
        var (server, anna, task) = await OpenAsync(engine);
        await using var _ = server;
        using var agent = await server.SignInAsync(Role.Agent);
        using var lead = await server.SignInAsync(Role.Lead);
        using var auditor = await server.SignInAsync(Role.Auditor);
        var path = $"/tasks/{anna}/{task.TaskId}";
        (await lead.GetStringAsync(path)).ShouldContain("Give it to them");
        (await agent.GetStringAsync(path)).ShouldNotContain("Give it to them");
        (await agent.PostFormAsync($"{path}/assign", ("assigned_to", agent.Actor!.Id.ToString()!))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        foreach (var nobody in new[] { anna.ToString(), auditor.Actor!.Id.ToString()!, "x" })
        {
            await lead.PostFormAsync($"{path}/assign", ("assigned_to", nobody));
            (await SeeAsync(server, task)).AssignedTo.ShouldBe(task.AssignedTo);
        }
        (await lead.PostFormAsync($"{path}/assign", ("assigned_to", agent.Actor.Id.ToString()!))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await SeeAsync(server, task)).AssignedTo.ShouldBe(agent.Actor.Id);
        (await lead.GetStringAsync("/today")).ShouldNotContain(path);
        await lead.PostFormAsync($"{path}/assign", ("assigned_to", ""));
        (await SeeAsync(server, task)).AssignedTo.ShouldBeNull();
    }
}
