using System.Net;
using Regard.Access;
using Regard.Changes;
using Regard.Contact;
using Regard.Customers;
using Regard.Kit;
using Regard.Timeline;

namespace Regard.Outreach;

[Trait("req", "C7")]
public sealed class TodayTests
{
    private static async Task<(TestServer Server, TestBrowser Agent, Guid Anna, TaskRow Task)> OpenAsync(string engine)
    {
        var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ChangeShop.Now);
        var shop = await ChangeShop.OpenAsync(server.Data);
        var anna = await shop.BuyerAsync("Anna", 20);
        var agent = await server.SignInAsync(Role.Agent);
        var planId = await shop.StartedAsync(await shop.RegisterAsync(ChangeShop.Dearer()));
        await new PlanStart(server.Data.Database, server.Clock).RunAsync(planId, null, default);
        await using var work = await server.Data.ReadAsync();
        var task = (await new TaskStore(work).OfCustomerAsync(anna)).Single();
        return (server, await AtAsync(server, agent, task.DueAt - Duration.FromHours(1)), anna, task);
    }

    /// <summary>The same person on another day, signed in anew.</summary>
    private static async Task<TestBrowser> AtAsync(TestServer server, TestBrowser somebody, Instant at)
    {
        server.Clock.Reset(at);
        await using var work = await server.Data.WriteAsync();
        var session = await new StaffSessionStore(work).BeginAsync(somebody.Actor!.Id!.Value, at);
        await work.CommitAsync();
        return TestBrowser.Of(server, somebody.Actor, Door.Staff, session);
    }

    private static async Task<(TaskRow Task, IReadOnlyList<Touchpoint> Calls)> SeeAsync(TestServer server, TaskRow task)
    {
        await using var work = await server.Data.ReadAsync();
        return ((await new TaskStore(work).FindAsync(task.CustomerId, task.TaskId))!, await new TimelineStore(work).PageAsync(task.CustomerId, new TimelineFilter { Kind = "call" }, null, 10));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_call_that_was_made_is_done_and_on_the_timeline(string engine)
    {
        var (server, agent, anna, task) = await OpenAsync(engine);
        await using var _ = server;
        var today = await agent.GetStringAsync("/today");
        today.ShouldContain($"/customers/{anna}");
        today.ShouldContain("You may reach them now.");
        (await agent.PostFormAsync($"/tasks/{anna}/{task.TaskId}", ("outcome", "reached"), ("note", "She understands."))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var (done, calls) = await SeeAsync(server, task);
        (done.State, done.Outcome, done.OutcomeNote, done.FinishedBy).ShouldBe(("done", "reached", "She understands.", agent.Actor!.Reference));
        calls.Single().StaffId.ShouldBe(agent.Actor.Id);
        (await agent.PostFormAsync($"/tasks/{anna}/{task.TaskId}", ("outcome", "reached"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await SeeAsync(server, task)).Calls.Count.ShouldBe(1, "a form sent twice is one call");
        (await agent.GetStringAsync("/today")).ShouldContain("Nothing is due");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "P7")]
    public async Task who_does_not_answer_is_called_once_more_and_then_left_in_peace(string engine)
    {
        var (server, agent, anna, task) = await OpenAsync(engine);
        await using var _ = server;
        await agent.PostFormAsync($"/tasks/{anna}/{task.TaskId}", ("outcome", "not_reached"));
        var (open, _) = await SeeAsync(server, task);
        (open.State, open.Attempts).ShouldBe(("open", 1));
        open.DueAt.ShouldBeGreaterThan(server.Clock.GetCurrentInstant());
        using var later = await AtAsync(server, agent, open.DueAt);
        await later.PostFormAsync($"/tasks/{anna}/{task.TaskId}", ("outcome", "not_reached"));
        var (done, calls) = await SeeAsync(server, task);
        (done.State, done.Outcome).ShouldBe(("done", "not_reached"));
        calls.Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_call_back_comes_when_the_customer_said_and_needs_a_time(string engine)
    {
        var (server, agent, anna, task) = await OpenAsync(engine);
        await using var _ = server;
        var answer = await agent.PostFormAsync($"/tasks/{anna}/{task.TaskId}", ("outcome", "call_back"), ("note", "in a meeting"));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("in a meeting");
        await agent.PostFormAsync($"/tasks/{anna}/{task.TaskId}", ("outcome", "call_back"), ("call_back_at", "2026-12-23T15:30"));
        var (open, _) = await SeeAsync(server, task);
        (open.State, open.DueAt).ShouldBe(("open", Instant.FromUtc(2026, 12, 23, 15, 30)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "P6")]
    public async Task a_wish_told_meanwhile_takes_the_call_off_the_list(string engine)
    {
        var (server, agent, anna, task) = await OpenAsync(engine);
        await using var _ = server;
        await server.Data.SayAsync(anna, new Wish { OnlyChannels = [Channel.Email] }, server.Clock.GetCurrentInstant(), "please only e-mail");
        (await agent.GetStringAsync("/today")).ShouldContain("Nothing is due");
        (await SeeAsync(server, task)).Task.State.ShouldNotBe("open");
        (await agent.PostFormAsync($"/tasks/{anna}/{task.TaskId}", ("outcome", "reached"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await SeeAsync(server, task)).Calls.ShouldBeEmpty();
        await using var work = await server.Data.ReadAsync();
        var steps = (await new PlanStepStore(work).OfCustomerAsync(anna)).ToDictionary(step => step.Step);
        (steps["advance_contact"].Channel, steps["advance_contact"].TaskId, steps["advance_contact"].OutboxId is not null).ShouldBe(("email", null, true), "the plan's step became a mail");
        steps["notice"].Verdict.ShouldBe("merged", "one mail says it, not two");
        (await work.ListAsync<string>("select step from outbox where customer_id = @anna and state = 'queued'", new { anna })).ShouldBe([task.Step]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "P5")]
    public async Task a_number_that_may_not_be_called_is_not_offered_after_a_merge_either_and_the_call_goes_another_way(string engine)
    {
        var (server, agent, anna, task) = await OpenAsync(engine);
        await using var _ = server;
        var page = $"/tasks/{anna}/{task.TaskId}";
        (await agent.GetStringAsync(page)).ShouldContain("href=\"tel:");
        await using (var work = await server.Data.WriteAsync())
        {
            var twin = await new CustomerStore(work).RecordAsync(new CustomerDraft { Name = "Anna B.", Source = "test" }, Actor.System("test"), ChangeShop.Now);
            await new PreferenceStore(work).RecordAsync(ContactKit.Statement(twin.Id, new Wish { OnlyChannels = [Channel.Email] }, ChangeShop.Now, "please only e-mail"), ChangeShop.Now);
            (await new MergeStore(work).MergeAsync(anna, twin.Id, "the same person", Actor.System("test"), ChangeShop.Now))!.Refusal.ShouldBeNull();
            await work.CommitAsync();
        }
        var opened = await agent.GetStringAsync(page);
        opened.ShouldNotContain("tel:");
        opened.ShouldContain("Do not contact them like this.");
        (await agent.PostFormAsync(page + "/reroute")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await SeeAsync(server, task)).Task.State.ShouldBe("cancelled");
        await using var read = await server.Data.ReadAsync();
        (await read.ListAsync<string>("select channel from outbox where customer_id = @anna and step = @Step and state = 'queued'", new { anna, task.Step })).ShouldBe(["email"]);
        (await LedgerStore.FindAsync(read)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task only_a_lead_sees_the_whole_teams_day(string engine)
    {
        var (server, agent, anna, _) = await OpenAsync(engine);
        await using var closing = server;
        using var other = await server.SignInAsync(Role.Agent);
        using var lead = await server.SignInAsync(Role.Lead);
        (await other.GetStringAsync("/today?team=1")).ShouldNotContain($"/customers/{anna}");
        (await lead.GetStringAsync("/today")).ShouldNotContain($"/customers/{anna}");
        (await lead.GetStringAsync("/today?team=1")).ShouldContain($"/customers/{anna}");
        (await agent.GetStringAsync("/today")).ShouldNotContain("The whole team");
    }
}
