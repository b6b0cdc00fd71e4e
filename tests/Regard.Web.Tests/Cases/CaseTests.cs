using System.Net;
using Regard.Access;
using Regard.Contact;
using Regard.Kit;
using Regard.Timeline;

namespace Regard.Cases;

[Trait("req", "M2")]
public sealed class CaseTests
{
    private static (string, string)[] Form(TestBrowser agent, params (string, string)[] more) =>
        [("subject", "Parcel lost"), ("description", "It never came."), ("promised_at", "2026-11-24T12:00"), ("owner_id", agent.Actor!.Id.ToString()!), ("channel", "call"), ("form_id", "form-1"), .. more];

    private static async Task<(TestServer Server, TestBrowser Agent, Guid Anna)> OpenAsync(string engine)
    {
        var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(ContactKit.Noon);
        return (server, await server.SignInAsync(Role.Agent), await server.Data.CustomerAsync());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_case_has_its_one_owner_and_its_promised_time_from_the_first_moment(string engine)
    {
        var (server, agent, anna) = await OpenAsync(engine);
        await using var _ = server;
        (await agent.GetStringAsync($"/customers/{anna}")).ShouldContain($"/cases/{anna}/new");
        (await agent.GetStringAsync($"/cases/{anna}/new")).ShouldContain("Told once is enough");
        var opened = await agent.PostFormAsync($"/cases/{anna}/new", Form(agent));
        opened.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await agent.PostFormAsync($"/cases/{anna}/new", Form(agent));
        await using var work = await server.Data.ReadAsync();
        var row = (await new CaseStore(work).OfCustomerAsync(anna)).Single();
        (row.OwnerId, row.PromisedAt, row.Description).ShouldBe((agent.Actor!.Id!.Value, Instant.FromUtc(2026, 11, 24, 12, 0), "It never came."));
        (await agent.GetStringAsync("/cases")).ShouldContain("Parcel lost");
        (await agent.GetStringAsync("/today")).ShouldContain("Parcel lost");
        (await new TimelineStore(work).PageAsync(anna, new TimelineFilter { Kind = "case" }, null, 10)).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_auditor_reads_what_is_open_and_is_offered_no_page_that_is_shut_to_them(string engine)
    {
        var (server, agent, anna) = await OpenAsync(engine);
        await using var _ = server;
        await agent.PostFormAsync($"/cases/{anna}/new", Form(agent));
        using var auditor = await server.SignInAsync(Role.Auditor);
        var page = await auditor.GetStringAsync($"/customers/{anna}");
        page.ShouldContain("Parcel lost");
        foreach (var shut in new[] { "/cases", "/today", "/tasks" }) page.ShouldNotContain($"href=\"{shut}");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    [Trait("req", "P5")]
    public async Task an_answer_goes_the_way_the_customer_wants_and_a_resolution_ends_the_case(string engine)
    {
        var (server, agent, anna) = await OpenAsync(engine);
        await using var _ = server;
        await server.Data.SayAsync(anna, new Wish { OnlyChannels = [Channel.Phone] }, ContactKit.Noon, "just ring me");
        var page = (await agent.PostFormAsync($"/cases/{anna}/new", Form(agent))).Headers.Location;
        await agent.PostFormAsync($"{page}/answer", ("text", "A new one is on its way."), ("press", "answer"), ("form_id", "a1"));
        await agent.PostFormAsync($"{page}/answer", ("text", "A new one is on its way."), ("press", "answer"), ("form_id", "a1"));
        await using var work = await server.Data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from care_task where customer_id = @anna and purpose = 'service'", new { anna })).ShouldBe(1);
        (await work.ScalarAsync<long>("select count(*) from outbox where customer_id = @anna", new { anna })).ShouldBe(0);
        (await new CaseStore(work).OfCustomerAsync(anna)).Single().FirstAnsweredAt.ShouldNotBeNull();
        (await agent.PostFormAsync($"{page}/answer", ("text", ""), ("press", "resolve"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await agent.PostFormAsync($"{page}/answer", ("text", "It came."), ("press", "resolve"));
        await using var after = await server.Data.ReadAsync();
        (await new CaseStore(after).OfCustomerAsync(anna)).Single().Resolution.ShouldBe("It came.");
        (await agent.GetStringAsync("/cases?all=true&resolved=true&sort=opened&dir=desc")).ShouldContain("Parcel lost");
        (await agent.GetStringAsync("/cases")).ShouldNotContain("Parcel lost");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_case_is_never_without_an_owner(string engine)
    {
        var (server, agent, anna) = await OpenAsync(engine);
        await using var _ = server;
        using var other = await server.SignInAsync(Role.Agent);
        var refused = await agent.PostFormAsync($"/cases/{anna}/new", [("subject", "Parcel lost"), ("description", "It never came."), ("promised_at", "2020-01-01T12:00"), ("owner_id", anna.ToString())]);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("It never came.");
        var page = (await agent.PostFormAsync($"/cases/{anna}/new", Form(agent))).Headers.Location;
        await agent.PostFormAsync($"{page}/hand-over", ("owner_id", anna.ToString()));
        await using (var work = await server.Data.ReadAsync()) (await new CaseStore(work).OfCustomerAsync(anna)).Single().OwnerId.ShouldBe(agent.Actor!.Id!.Value);
        await agent.PostFormAsync($"{page}/hand-over", ("owner_id", other.Actor!.Id.ToString()!));
        await using (var work = await server.Data.ReadAsync()) (await new CaseStore(work).OfCustomerAsync(anna)).Single().OwnerId.ShouldBe(other.Actor.Id!.Value);
        (await other.GetStringAsync("/cases")).ShouldContain("Parcel lost");
    }
}
