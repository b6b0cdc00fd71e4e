using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Regard.Kit;

namespace Regard.Access;

public partial class SignInTests
{
    private const string Password = "blue kettle harbour window";

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_first_start_link_makes_an_administrator_who_signs_in_with_password_and_code(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var browser = TestBrowser.Of(server, null);
        var link = (await FirstLinkAsync(server))!;
        (await browser.GetStringAsync(link)).ShouldContain("Make the first administrator");
        (await JoinAsync(browser, link)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);

        var (secret, first) = await PasswordAsync(server, browser);
        first.Headers.Location!.OriginalString.ShouldBe("/sign-in/code");
        (await browser.GetAsync("/settings/staff")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var done = await browser.PostFormAsync("/sign-in/code", ("code", SecondFactor.CodeAt(secret!, server.Clock.GetCurrentInstant())), ("return", "/settings/staff"));
        done.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        done.Headers.Location!.OriginalString.ShouldBe("/settings/staff");
        (await browser.GetStringAsync("/settings/staff")).ShouldContain("anna@shop.example");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_first_start_link_works_once(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var browser = TestBrowser.Of(server, null);
        var link = (await FirstLinkAsync(server))!;
        (await JoinAsync(browser, link)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await JoinAsync(browser, link, "eve@shop.example")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await browser.GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await FirstLinkAsync(server)).ShouldBeNull();
    }

    [Fact]
    public async Task a_shop_of_agents_still_gets_its_first_administrator()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        using var agent = await server.SignInAsync(Role.Agent);
        using var browser = TestBrowser.Of(server, null);
        string email;
        await using (var work = await server.Data.ReadAsync()) email = (await new StaffStore(work).ListAsync()).Single().Email;
        (await JoinAsync(browser, (await FirstLinkAsync(server))!, email)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        await using var reading = await server.Data.ReadAsync();
        (await new StaffStore(reading).ListAsync()).Single().Role.ShouldBe("administrator", "also when it is one of them");
        (await agent.GetAsync("/")).Headers.Location!.OriginalString.ShouldContain("sign-in", customMessage: "the agent's old session ended");
        (await FirstLinkAsync(server)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_new_start_ends_the_link_of_the_one_before_and_links_expire(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var old = await FirstLinkAsync(server);
        var link = await FirstLinkAsync(server);
        (await server.Client.GetAsync(old)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await server.Client.GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Clock.Advance(InvitationStore.Life);
        (await server.Client.GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task of_two_first_administrators_at_once_one_is_made(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var now = server.Clock.GetCurrentInstant();
        List<string> links = [];
        await using (var work = await server.Data.WriteAsync())
        {
            // Two nodes that started at the same moment: each printed a link that the other did not see.
            for (var i = 0; i < 2; i++) links.Add("/join/" + await new InvitationStore(work).MakeAsync(null, Role.Administrator, InvitationStore.FirstStart, now));
            await work.CommitAsync();
        }
        var answers = await Task.WhenAll(links.Select(async (link, i) =>
        {
            using var browser = TestBrowser.Of(server, null);
            return (await JoinAsync(browser, link, $"admin{i}@shop.example")).StatusCode;
        }));
        answers.Order().ShouldBe([HttpStatusCode.SeeOther, HttpStatusCode.Gone]);
        await using var reading = await server.Data.ReadAsync();
        (await new StaffStore(reading).ListAsync()).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("pace", "long")]
    public async Task a_code_is_good_once(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var browser = TestBrowser.Of(server, null);
        var secret = await SetUpAsync(server, browser);
        server.Clock.AdvanceMinutes(5);
        var code = SecondFactor.CodeAt(secret, server.Clock.GetCurrentInstant());
        (await TryCodeAsync(server, code)).ShouldBe(HttpStatusCode.SeeOther);
        (await TryCodeAsync(server, code)).ShouldBe(HttpStatusCode.UnprocessableEntity);
        var early = SecondFactor.CodeAt(secret, server.Clock.GetCurrentInstant() - Duration.FromSeconds(30));
        (await TryCodeAsync(server, early)).ShouldBe(HttpStatusCode.UnprocessableEntity, "a step before the last used one");
        server.Clock.AdvanceSeconds(30);
        (await TryCodeAsync(server, SecondFactor.CodeAt(secret, server.Clock.GetCurrentInstant()))).ShouldBe(HttpStatusCode.SeeOther);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("pace", "long")]
    public async Task guesses_wait_longer_and_longer_also_in_parallel(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var browser = TestBrowser.Of(server, null);
        await SetUpAsync(server, browser);
        var guesses = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using var thief = TestBrowser.Of(server, null);
            return (await thief.PostFormAsync("/sign-in", ("email", "anna@shop.example"), ("password", "wrong horse battery staple"))).StatusCode;
        }));
        guesses.Count(status => status == HttpStatusCode.UnprocessableEntity).ShouldBe(AttemptLimit.AccountFromAddress.Free);
        guesses.Count(status => status == HttpStatusCode.TooManyRequests).ShouldBe(12 - AttemptLimit.AccountFromAddress.Free);
        server.Clock.AdvanceMinutes(15);
        (await PasswordAsync(server, browser)).First.StatusCode.ShouldBe(HttpStatusCode.SeeOther, "the owner is not locked out");
    }

    [Fact]
    public async Task an_unknown_address_and_a_wrong_password_get_the_same_answer()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        using var browser = TestBrowser.Of(server, null);
        await SetUpAsync(server, browser);
        using var other = TestBrowser.Of(server, null);
        var known = await other.PostFormAsync("/sign-in", ("email", "anna@shop.example"), ("password", "wrong horse battery staple"));
        var unknown = await other.PostFormAsync("/sign-in", ("email", "nobody@shop.example"), ("password", "wrong horse battery staple"));
        known.StatusCode.ShouldBe(unknown.StatusCode);
        Plain(await known.Content.ReadAsStringAsync()).ShouldBe(Plain(await unknown.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task sign_in_cannot_take_more_of_the_processor_than_its_turns()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var passwords = server.Services.GetRequiredService<Passwords>();
        var held = new List<System.Threading.RateLimiting.RateLimitLease>();
        for (var i = 0; i < Passwords.AtOnce; i++) held.Add(await passwords.TurnAsync(CancellationToken.None));
        var queued = Enumerable.Range(0, Passwords.Waiting).Select(_ => passwords.TurnAsync(CancellationToken.None).AsTask()).ToList();
        queued.ShouldAllBe(turn => !turn.IsCompleted);

        using var browser = TestBrowser.Of(server, null);
        var answer = await browser.PostFormAsync("/sign-in", ("email", "anna@shop.example"), ("password", Password));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await server.Client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK, "everything else goes on");

        held.ForEach(turn => turn.Dispose());
        foreach (var turn in queued) (await turn).Dispose();
        (await browser.PostFormAsync("/sign-in", ("email", "anna@shop.example"), ("password", Password))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task signing_out_ends_the_session_on_the_server()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        using var agent = await server.SignInAsync(Role.Manager);
        using var copy = agent.WithSameSession();
        (await agent.PostFormAsync("/sign-out")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await copy.GetAsync("/settings/staff")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("short", false)]
    [InlineData("fourteen chars", false)]
    [InlineData("passwordpassword", false)]
    [InlineData("qwertyuiopasdfgh", false)]
    [InlineData("123456789012345", false)]
    [InlineData("regardregard2026", false)]
    [InlineData("ab1ab1ab1ab1ab1ab1ab1ab1", false)]
    [InlineData("anna.smith@shop.example", false)]
    [InlineData("annasmithannasmith", false)]
    [InlineData("blue kettle harbour window", true)]
    [InlineData("PurpleTeapotOnTheRoof7", true)]
    public void passwords_are_long_and_not_to_be_guessed(string password, bool isGood) =>
        (PasswordRules.Fault(password, ["anna.smith@shop.example", "Anna Smith"]) is null).ShouldBe(isGood);

    private static Task<string?> FirstLinkAsync(TestServer server) =>
        FirstStart.InviteAsync(server.Data.Database, server.Clock.GetCurrentInstant(), CancellationToken.None);

    private static Task<HttpResponseMessage> JoinAsync(TestBrowser browser, string link, string email = "anna@shop.example") => browser.PostFormAsync(
        link, ("Email", email), ("Name", "Anna Smith"), ("Password", Password), ("Repeated", Password), ("TimeZone", "Europe/London"));

    /// <summary>The first step, and the secret that the second one's page offers when no app is set up yet.</summary>
    private static async Task<(string? Secret, HttpResponseMessage First)> PasswordAsync(TestServer server, TestBrowser browser)
    {
        var first = await browser.PostFormAsync("/sign-in", ("email", " Anna@shop.example "), ("password", Password));
        if (first.StatusCode != HttpStatusCode.SeeOther) return (null, first);
        var page = await browser.GetStringAsync("/sign-in/code");
        var found = TypedSecret().Match(page);
        return (found.Success ? found.Groups[1].Value.Replace(" ", "", StringComparison.Ordinal) : null, first);
    }

    private static async Task<string> SetUpAsync(TestServer server, TestBrowser browser)
    {
        (await JoinAsync(browser, (await FirstLinkAsync(server))!)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var (secret, _) = await PasswordAsync(server, browser);
        (await browser.PostFormAsync("/sign-in/code", ("code", SecondFactor.CodeAt(secret!, server.Clock.GetCurrentInstant())))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return secret!;
    }

    private static async Task<HttpStatusCode> TryCodeAsync(TestServer server, string code)
    {
        using var browser = TestBrowser.Of(server, null);
        (await PasswordAsync(server, browser)).Secret.ShouldBeNull("the app is set up");
        return (await browser.PostFormAsync("/sign-in/code", ("code", code))).StatusCode;
    }

    /// <summary>A page without what differs from one rendering to the next.</summary>
    private static string Plain(string page) => Changing().Replace(page, "");

    [GeneratedRegex("or type this into it: <code>([A-Z2-7 ]+)</code>")]
    private static partial Regex TypedSecret();

    [GeneratedRegex("value=\"[^\"]*\"")]
    private static partial Regex Changing();
}
