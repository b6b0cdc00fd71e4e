using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using NodaTime.Testing;
using Regard.Access;
using Regard.Channels;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>A yes to offers, and the question how somebody wants to be treated: both by a link in a mail, without a sign-in.</summary>
public sealed partial class ConsentTests
{
    private static readonly string[] Email = ["email"];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task F5_a_yes_that_another_system_wrote_down_needs_the_customers_click(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        await using var sink = new SmtpSink();
        var anna = await server.Data.CustomerAsync();
        using var api = await server.WithKeyAsync(Right.PreferencesWrite, Right.ContactsWrite);
        foreach (var id in new[] { "1", "2" })
        {
            var yes = new { wish = new { purposes = new[] { new { purpose = "marketing", channels = Email } } }, words = "yes, offers", source = "shop", source_id = id };
            (await api.PostAsJsonAsync($"/api/v1/customers/{anna}/preferences", yes)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }
        (await MarketingAsync(server, anna)).Reasons[0].Code.ShouldBe(ReasonCode.NeedsConfirmation);
        var link = await LinkAsync(server, sink, "consent");
        sink.Mails.Count.ShouldBe(1);
        using var reader = TestBrowser.Of(server, null);
        (await reader.GetStringAsync(link)).ShouldContain("send me offers and news by e-mail");
        using (var head = await reader.SendAsync(new HttpRequestMessage(HttpMethod.Head, link))) head.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await MarketingAsync(server, anna)).Kind.ShouldBe(VerdictKind.Refused);
        (await reader.PostFormAsync(link)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await MarketingAsync(server, anna)).Channel.ShouldBe(Channel.Email);
        await using var work = await server.Data.ReadAsync();
        (await new PreferenceStore(work).StatementsAsync(anna)).ShouldContain(statement => statement.Wording == ConsentWording.Current.Version && statement.Place == StatementPlace.Link);
        (await reader.GetAsync(link[..^3] + "abc")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await reader.GetAsync(link.Replace("/consent/", "/how/", StringComparison.Ordinal))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P7")]
    public async Task whoever_ordered_is_asked_once_and_answers_in_a_minute_without_a_sign_in(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        await using var sink = new SmtpSink();
        var anna = await server.Data.CustomerAsync();
        var quiet = await server.Data.CustomerAsync("otto");
        await server.Data.SayAsync(quiet, new Wish { Never = true }, ContactKit.Noon);
        await OrderedAsync(server, anna, quiet);
        (await AskAsync(server)).ShouldBe(1);
        (await AskAsync(server)).ShouldBe(0);
        var link = await LinkAsync(server, sink, "how");
        sink.Mails.ShouldHaveSingleItem().ShouldContain("To: anna@example.org");
        using var reader = TestBrowser.Of(server, null);
        (await reader.GetStringAsync(link)).ShouldContain("How may we reach you?");
        (await reader.PostFormAsync(link)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await (await reader.PostFormAsync(link, ("Everything", "only email"), ("Words", "mail is fine"))).Content.ReadAsStringAsync()).ShouldContain("Thank you");
        using var manager = await server.SignInAsync(Role.Manager);
        var page = await manager.GetStringAsync("/settings/contact");
        page.ShouldContain("after order");
        page.ShouldContain("100 %");
        await using var work = await server.Data.ReadAsync();
        (await new PreferenceStore(work).WishesAsync(anna)).For(Purpose.Care)!.Channels.ShouldBe([Channel.Email]);
        (await new LedgerStore(work).PageAsync(anna, null, 10)).ShouldContain(line => line.Request.About.StartsWith("asking:", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task what_was_imported_is_shown_as_such_until_the_customer_says_yes_or_no(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        var imported = await server.Data.SayAsync(anna, new Wish { Purposes = [new PurposeWish(Purpose.Care, [Channel.Phone])] }, ContactKit.Noon, "phone", StatementBasis.Imported);
        var guessed = await server.Data.SayAsync(anna, new Wish { NoChannels = [Channel.Letter] }, ContactKit.Noon, "no letters", StatementBasis.Inferred);
        using var customer = await server.SignInCustomerAsync(anna);
        (await customer.GetStringAsync("/me/preferences")).ShouldContain("not confirmed by you yet");
        await customer.PostFormAsync($"/me/preferences/{imported.StatementId}", ("answer", "right"));
        await customer.PostFormAsync($"/me/preferences/{guessed.StatementId}", ("answer", "wrong"));
        (await customer.PostFormAsync($"/me/preferences/{Guid.Empty}", ("answer", "wrong"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await using (var work = await server.Data.ReadAsync())
        {
            var care = (await new PreferenceStore(work).WishesAsync(anna)).For(Purpose.Care)!;
            care.Channels.ShouldBe([Channel.Phone]);
            care.Refused.ShouldBeEmpty();
            (await new PreferenceStore(work).StatementsAsync(anna)).Count.ShouldBe(4);
        }
        using var staff = await server.SignInAsync(Role.Agent);
        var proposal = await (await staff.PostFormAsync($"/customers/{anna}/preferences/propose", ("Words", "Thanks for the parcel. Please stop calling me."), ("Place", "mail"))).Content.ReadAsStringAsync();
        proposal.ShouldContain("<mark>Please stop calling me.</mark>");
        (await staff.GetStringAsync($"/customers/{anna}/preferences")).ShouldContain("taken back");
    }

    private static async Task<ContactVerdict> MarketingAsync(TestServer server, Guid customerId)
    {
        await using var work = await server.Data.ReadAsync();
        var facts = await new HistoryStore(work).ReadAsync(customerId, await new PreferenceStore(work).WishesAsync(customerId), server.Clock.GetCurrentInstant());
        return facts.Ask(ContactKit.Request(customerId, purpose: Purpose.Marketing) with { LatestUseful = server.Clock.GetCurrentInstant() + Duration.FromDays(7) }, server.Clock.GetCurrentInstant());
    }

    private static Task<int> AskAsync(TestServer server) => AskingJob.OnceAsync(server.Data.Database, server.Data.Settings, server.Clock.GetCurrentInstant(), CancellationToken.None);

    private static async Task OrderedAsync(TestServer server, params Guid[] customers)
    {
        await using var work = await server.Data.WriteAsync();
        foreach (var customerId in customers)
        {
            await work.ExecuteAsync(
                "insert into order_rollup (customer_id, currency, orders, spend_minor, returns, returned_minor, fees_minor, first_order_at, last_order_at) values (@customerId, 'EUR', 1, 100, 0, 0, 0, @at, @at)",
                new { customerId, at = server.Clock.GetCurrentInstant() - Duration.FromDays(5) });
        }
        await work.CommitAsync();
    }

    // Sends what waits and takes the link out of the mail, as a reader would.
    private static async Task<string> LinkAsync(TestServer server, SmtpSink sink, string path)
    {
        var dispatch = new Dispatch(server.Data.Database, server.Data.Settings, new FakeClock(server.Clock.GetCurrentInstant() + Duration.FromSeconds(1)), new SmtpRoute(SmtpServer.Read(sink.Address)), "one");
        await dispatch.RunAsync(10, CancellationToken.None);
        var body = string.Concat(Blocks().Matches(sink.Mails[0]).Select(block => Convert.FromBase64String(block.Value.ReplaceLineEndings(""))).Select(System.Text.Encoding.UTF8.GetString));
        return $"/{path}/" + Regex.Match(body, $"/{path}/([A-Za-z0-9_-]+)").Groups[1].Value;
    }

    [GeneratedRegex(@"(?m)(?:^[A-Za-z0-9+/]{4,76}={0,2}\r?$\n?)+")]
    private static partial Regex Blocks();
}
