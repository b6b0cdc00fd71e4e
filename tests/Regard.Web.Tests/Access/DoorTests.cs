using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Regard.Kit;

namespace Regard.Access;

public class DoorTests
{
    [Fact]
    public async Task an_endpoint_without_a_rule_is_closed_to_everybody()
    {
        await using var server = await TestServer.StartAsync("sqlite", app => app.MapGet("/forgotten", () => "open"));
        using var administrator = await server.SignInAsync(Role.Administrator);
        (await administrator.GetAsync("/forgotten")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Client.GetAsync("/forgotten")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_session_ends_after_thirty_idle_minutes(string engine)
    {
        await using var server = await StartAsync(engine);
        using var agent = await server.SignInAsync(Role.Agent);
        for (var i = 0; i < 3; i++)
        {
            server.Clock.AdvanceMinutes(29);
            (await agent.GetAsync("/desk")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        server.Clock.AdvanceMinutes(30);
        (await agent.GetAsync("/desk")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_session_ends_after_twelve_hours_however_busy_it_is(string engine)
    {
        await using var server = await StartAsync(engine);
        using var agent = await server.SignInAsync(Role.Agent);
        for (var minutes = 20; minutes < 12 * 60; minutes += 20)
        {
            server.Clock.AdvanceMinutes(20);
            (await agent.GetAsync("/desk")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        server.Clock.AdvanceMinutes(20);
        (await agent.GetAsync("/desk")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task whoever_is_sent_to_sign_in_comes_back_to_where_they_wanted_to_go()
    {
        await using var server = await StartAsync("sqlite");
        var answer = await server.Client.GetAsync("/desk?page=2");
        answer.Headers.Location!.OriginalString.ShouldBe("/sign-in?return=%2Fdesk%3Fpage%3D2");
    }

    [Fact]
    public async Task a_form_without_a_token_does_nothing_even_where_no_form_is_read()
    {
        await using var server = await StartAsync("sqlite");
        using var agent = await server.SignInAsync(Role.Agent);
        (await agent.PostAsync("/desk", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await agent.PostFormAsync("/desk")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task one_persons_token_is_worth_nothing_in_another_session()
    {
        await using var server = await StartAsync("sqlite");
        using var agent = await server.SignInAsync(Role.Agent);
        using var other = await server.SignInAsync(Role.Agent);
        using var stolen = other.FormOf();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/desk") { Content = stolen };
        (await agent.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_key_is_taken_as_bearer_and_as_the_user_name_of_basic(string engine)
    {
        await using var server = await StartAsync(engine);
        var key = await server.MakeKeyAsync(Right.EventsWrite);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes(key + ":"));
        (await AskAsync(server, new AuthenticationHeaderValue("Bearer", key))).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(server, new AuthenticationHeaderValue("Basic", basic))).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(server, new AuthenticationHeaderValue("Basic", "%%%"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(server, new AuthenticationHeaderValue("Bearer", new string('x', 5000)))).ShouldBe(HttpStatusCode.Unauthorized);
        (await AskAsync(server, new AuthenticationHeaderValue("Bearer", key + "x"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_revoked_key_opens_nothing_from_that_moment(string engine)
    {
        await using var server = await StartAsync(engine);
        using var client = await server.WithKeyAsync(Right.EventsWrite);
        (await client.GetAsync("/machine")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using (var work = await server.Data.WriteAsync())
        {
            var store = new ApiKeyStore(work);
            var key = (await store.ListAsync()).Single();
            key.LastUsedAt.ShouldNotBeNull();
            (await store.RevokeAsync(key.KeyId, server.Clock.GetCurrentInstant())).ShouldBeTrue();
            await work.CommitAsync();
        }
        (await client.GetAsync("/machine")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task a_staff_session_is_nothing_at_the_portal_and_a_customers_nothing_at_the_staff_door()
    {
        await using var server = await StartAsync("sqlite");
        using var agent = await server.SignInAsync(Role.Administrator);
        using var customer = await server.SignInCustomerAsync(Ids.New(server.Clock.GetCurrentInstant()));
        (await agent.GetAsync("/mine")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await customer.GetAsync("/desk")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await agent.GetAsync("/machine")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<HttpStatusCode> AskAsync(TestServer server, AuthenticationHeaderValue header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/machine") { Headers = { Authorization = header } };
        return (await server.Client.SendAsync(request)).StatusCode;
    }

    private static Task<TestServer> StartAsync(string engine) => TestServer.StartAsync(engine, app =>
    {
        app.MapGet("/desk", () => "desk").ForStaff(null);
        app.MapPost("/desk", () => "done").ForStaff(null);
        app.MapGet("/mine", () => "mine").ForPortal();
        app.MapGet("/machine", () => "machine").ForApi(Right.EventsWrite);
    });
}
