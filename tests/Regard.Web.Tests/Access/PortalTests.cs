using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Regard.Channels;
using Regard.Contact;
using Regard.Customers;
using Regard.Kit;

namespace Regard.Access;

public class PortalTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_link_is_used_up_by_the_press_of_a_button_and_not_by_looking_at_it(string engine)
    {
        await using var server = await StartAsync(engine);
        var (customer, link) = await CustomerWithLinkAsync(server, "carla@home.example");
        using var browser = TestBrowser.Of(server, null);
        for (var i = 0; i < 3; i++)
        {
            using var look = await browser.GetAsync(link);
            look.StatusCode.ShouldBe(HttpStatusCode.OK);
            look.Headers.Contains("Set-Cookie").ShouldBe(i == 0, "only the form's own cookie");
            using var head = new HttpRequestMessage(HttpMethod.Head, link);
            (await browser.SendAsync(head)).IsSuccessStatusCode.ShouldBeFalse();
        }
        (await browser.GetAsync("/whoami")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.PostFormAsync(link)).Headers.Location!.OriginalString.ShouldBe("/me");
        (await browser.GetStringAsync("/whoami")).ShouldBe($"customer:{customer}");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_replayed_link_opens_nothing_even_at_the_same_moment(string engine)
    {
        await using var server = await StartAsync(engine);
        var (_, link) = await CustomerWithLinkAsync(server, "carla@home.example");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var browser = TestBrowser.Of(server, null);
            return (await browser.PostFormAsync(link)).StatusCode;
        }));
        answers.Count(status => status == HttpStatusCode.SeeOther).ShouldBe(1);
        answers.Count(status => status == HttpStatusCode.Gone).ShouldBe(5);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_link_ends_after_fifteen_minutes(string engine)
    {
        await using var server = await StartAsync(engine);
        var (_, link) = await CustomerWithLinkAsync(server, "carla@home.example");
        using var browser = TestBrowser.Of(server, null);
        server.Clock.AdvanceMinutes(15);
        (await browser.GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await browser.PostFormAsync(link)).StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task another_site_cannot_make_a_browser_use_a_link()
    {
        await using var server = await StartAsync("sqlite");
        var (_, link) = await CustomerWithLinkAsync(server, "carla@home.example");
        (await server.Client.PostAsync(link, new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await server.Client.GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_session_of_a_merged_profile_is_the_survivors_and_that_of_an_erased_one_nobodys(string engine)
    {
        await using var server = await StartAsync(engine);
        var (left, _) = await CustomerWithLinkAsync(server, "carla@home.example");
        var (stays, _) = await CustomerWithLinkAsync(server, "carla@work.example");
        using var browser = await server.SignInCustomerAsync(left);
        await ChangeAsync(server, "update customer set merged_into = @stays where customer_id = @left", new { left, stays });
        (await browser.GetStringAsync("/whoami")).ShouldBe($"customer:{stays}");
        await ChangeAsync(server, "update customer set erased_at = @now where customer_id = @stays", new { stays, now = server.Clock.GetCurrentInstant() });
        (await browser.GetAsync("/whoami")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_customers_session_ends_with_sign_out_and_with_time(string engine)
    {
        await using var server = await StartAsync(engine);
        var (customer, _) = await CustomerWithLinkAsync(server, "carla@home.example");
        using var browser = await server.SignInCustomerAsync(customer);
        using var copy = browser.WithSameSession();
        (await browser.PostFormAsync("/me/sign-out")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await copy.GetAsync("/whoami")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using var again = await server.SignInCustomerAsync(customer);
        server.Clock.AdvanceMinutes(30);
        (await again.GetAsync("/whoami")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_customer_finds_nothing_of_another_at_any_door_of_the_portal(string engine)
    {
        await using var server = await StartAsync(engine);
        var (own, _) = await CustomerWithLinkAsync(server, "carla@home.example");
        var (foreign, _) = await CustomerWithLinkAsync(server, "dora@home.example");
        List<string> failures = [];
        foreach (var row in AccessTable.Rows.Where(row => row.Door == Door.Portal))
        {
            // A client each: a row may sign out.
            using var browser = await server.SignInCustomerAsync(own);
            using var answer = await AccessWalk.SendAsync(browser, row, foreign.ToString());
            var hasId = row.Route.Contains('{', StringComparison.Ordinal);
            if (!AccessWalk.IsAdmission(answer) || AccessWalk.IsRefusal(answer, row)) failures.Add($"{row.Method} {row.Route}: {(int)answer.StatusCode}");
            else if (hasId && answer.IsSuccessStatusCode) failures.Add($"{row.Method} {row.Route}: opened what is another's");
            else if ((await answer.Content.ReadAsStringAsync()).Contains("dora", StringComparison.OrdinalIgnoreCase)) failures.Add($"{row.Method} {row.Route}: shows another's data");
        }
        failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task known_and_unknown_addresses_get_the_same_answer_before_anybody_looks_them_up()
    {
        await using var server = await StartAsync("sqlite");
        await CustomerWithLinkAsync(server, "carla@home.example");
        using var browser = TestBrowser.Of(server, null);
        var known = await browser.PostFormAsync("/me/sign-in", ("email", "carla@home.example"));
        var unknown = await browser.PostFormAsync("/me/sign-in", ("email", "nobody@home.example"));
        known.StatusCode.ShouldBe(HttpStatusCode.OK);
        unknown.StatusCode.ShouldBe(HttpStatusCode.OK);
        Plain(await known.Content.ReadAsStringAsync()).ShouldBe(Plain(await unknown.Content.ReadAsStringAsync()));
        (await MailsAsync(server)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task the_link_goes_through_the_gate_to_the_known_address_only_and_opens_that_customers_portal(string engine)
    {
        await using var server = await StartAsync(engine);
        var (customer, _) = await CustomerWithLinkAsync(server, "carla@home.example");
        var desk = server.Services.GetRequiredService<PortalDesk>();
        await desk.SendLinkAsync("nobody@home.example", CancellationToken.None);
        (await MailsAsync(server)).ShouldBeEmpty();
        await desk.SendLinkAsync(" Carla@Home.example ", CancellationToken.None);
        var mail = (await MailsAsync(server)).ShouldHaveSingleItem();
        (mail.Purpose, mail.Channel, mail.Address).ShouldBe(("service", "email", "carla@home.example"));
        using var browser = TestBrowser.Of(server, null);
        await browser.PostFormAsync(Regex.Match(mail.Secret!, "/me/link/[A-Za-z0-9_-]+").Value);
        (await browser.GetStringAsync("/whoami")).ShouldBe($"customer:{customer}");
    }

    [Fact]
    public async Task nobodys_mailbox_can_be_filled_with_links()
    {
        await using var server = await StartAsync("sqlite");
        await CustomerWithLinkAsync(server, "carla@home.example");
        for (var i = 0; i < 10; i++) await server.Services.GetRequiredService<PortalDesk>().SendLinkAsync("carla@home.example", CancellationToken.None);
        (await MailsAsync(server)).Count.ShouldBe(AttemptLimit.Link.Free);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_link_is_in_the_mail_and_is_forgotten_here_once_it_was_sent_or_is_of_no_use(string engine)
    {
        await using var server = await StartAsync(engine);
        await CustomerWithLinkAsync(server, "carla@home.example");
        var desk = server.Services.GetRequiredService<PortalDesk>();
        await using var route = new FolderRoute(server.Data.Settings.DataFolder);
        var dispatch = new Dispatch(server.Data.Database, server.Data.Settings, server.Clock, route, "one");
        await desk.SendLinkAsync("carla@home.example", CancellationToken.None);
        var link = (await MailsAsync(server)).ShouldHaveSingleItem().Secret!;
        await dispatch.RunAsync(10, CancellationToken.None);
        var mail = await File.ReadAllTextAsync(Directory.GetFiles(server.Data.Settings.DataFolder, "*.eml").ShouldHaveSingleItem(), TestContext.Current.CancellationToken);
        Regex.Matches(mail, "base64\r\n\r\n([A-Za-z0-9+/=\r\n]+)").Select(part => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(part.Groups[1].Value))).ShouldAllBe(part => part.Contains(link));
        var kept = (await MailsAsync(server)).ShouldHaveSingleItem();
        kept.Secret.ShouldBeNull();
        kept.Content.ShouldNotContain("/me/link/");
        await desk.SendLinkAsync("carla@home.example", CancellationToken.None);
        (await MailsAsync(server)).Count(waiting => waiting.Secret is not null).ShouldBe(1);
        server.Clock.AdvanceMinutes(16);
        await dispatch.SweepAsync(CancellationToken.None);
        (await MailsAsync(server)).ShouldAllBe(over => over.Secret == null);
    }

    private sealed record Mail
    {
        public string Purpose { get; init; } = "";

        public string Channel { get; init; } = "";

        public string Address { get; init; } = "";

        public string Content { get; init; } = "";

        public string? Secret { get; init; }
    }

    private static async Task<List<Mail>> MailsAsync(TestServer server)
    {
        await using var work = await server.Data.ReadAsync();
        return await work.ListAsync<Mail>("select purpose, channel, address, content, secret from outbox order by outbox_id");
    }

    private static string Plain(string page) => Regex.Replace(page, "value=\"[^\"]*\"", "");

    private static Task<TestServer> StartAsync(string engine) =>
        TestServer.StartAsync(engine, app => app.MapGet("/whoami", (HttpContext http) => http.Actor().Reference).ForPortal());

    private static async Task<(Guid Customer, string Link)> CustomerWithLinkAsync(TestServer server, string email)
    {
        var now = server.Clock.GetCurrentInstant();
        await using var work = await server.Data.WriteAsync();
        var customer = await new CustomerStore(work).RecordAsync(
            new CustomerDraft { Name = email.Split('@')[0], Source = "test", Identities = [new IdentityDraft(IdentityKind.Email, email)] }, Actor.System("test"), now);
        var token = await new PortalLinkStore(work).MakeAsync(customer.Id, now);
        await work.CommitAsync();
        return (customer.Id, $"/me/link/{token}");
    }

    private static async Task ChangeAsync(TestServer server, string sql, object arguments)
    {
        await using var work = await server.Data.WriteAsync();
        await work.ExecuteAsync(sql, arguments);
        await work.CommitAsync();
    }
}
