using System.Net;
using Regard.Access;
using Regard.Kit;

namespace Regard.Contact;

/// <summary>Global Privacy Control: what a customer's browser says for them.</summary>
public sealed class GpcTests
{
    private static readonly Wish Offers = new() { Purposes = [new PurposeWish(Purpose.Marketing, [Channel.Email])] };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task the_signal_is_heard_once_with_what_is_sent_and_F8_looking_changes_nothing(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        await SayYesAsync(server, anna);
        using var browser = await server.SignInCustomerAsync(anna);
        browser.DefaultRequestHeaders.Add("Sec-GPC", "1");
        var page = await browser.GetStringAsync("/me/preferences");
        page.ShouldContain("Global Privacy Control");
        page.ShouldContain(GpcPhrases.Confirm.English);
        page.ShouldContain("<option value=\"none\" selected>Not at all</option>");
        (await SaidAsync(server, anna)).ShouldBeEmpty();
        (await browser.PostFormAsync("/me/preferences")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var said = (await SaidAsync(server, anna)).ShouldHaveSingleItem();
        (said.Words, said.Basis, said.RecordedBy).ShouldBe(("Sec-GPC: 1", StatementBasis.Volunteered, $"customer:{anna}"));
        (await MarketingAsync(server, anna)).ShouldBeEmpty();
        (await browser.PostFormAsync("/me/preferences", ("care_1", "email"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await SaidAsync(server, anna)).Count.ShouldBe(1);
        (await browser.GetStringAsync("/me/preferences")).ShouldContain("recorded as your own word");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task an_explicit_yes_said_later_counts_and_the_repeated_header_does_not_fight_it(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        using var browser = await server.SignInCustomerAsync(anna);
        browser.DefaultRequestHeaders.Add("Sec-GPC", "1");
        // Heard and answered within one request: what was chosen in so many words is the later one.
        (await browser.PostFormAsync("/me/preferences", ("marketing_1", "email"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await SaidAsync(server, anna)).Count.ShouldBe(1);
        (await MarketingAsync(server, anna)).ShouldBe([Channel.Email]);
        await browser.PostFormAsync("/me/preferences", ("person", "Maria"));
        (await MarketingAsync(server, anna)).ShouldBe([Channel.Email]);
        (await browser.GetStringAsync("/me/preferences")).ShouldNotContain("Global Privacy Control");
    }

    [Theory, Trait("req", "P6")]
    [InlineData("/wishes/")]
    [InlineData("/how/")]
    [InlineData("/consent/")]
    [InlineData("/u/")]
    public async Task by_every_signed_link_it_is_heard_with_the_first_press(string door)
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var anna = await server.Data.CustomerAsync();
        var (now, key) = (server.Clock.GetCurrentInstant(), await LinkKeyStore.ReadAsync(server.Data.Database, server.Clock, CancellationToken.None));
        string Link(LinkUse use) => new PersonalLink(use, anna, Ids.New(now), now + Duration.FromDays(1)).Write(key);
        var path = door + door switch { "/wishes/" => Link(LinkUse.Wishes), "/how/" => Link(LinkUse.Asking), "/consent/" => Link(LinkUse.Consent), _ => new UnsubscribeToken(anna, Purpose.Care, Ids.New(now)).Write(key) };
        using var reader = TestBrowser.Of(server, null);
        reader.DefaultRequestHeaders.Add("Sec-GPC", "1");
        (await reader.GetStringAsync(path)).ShouldContain("Global Privacy Control");
        (await SaidAsync(server, anna)).ShouldBeEmpty();
        await reader.PostFormAsync(path, ("Everything", "only email"), ("care_1", "email"));
        (await SaidAsync(server, anna)).Count.ShouldBe(1);
        (await MarketingAsync(server, anna)).ShouldBe(door == "/consent/" ? [Channel.Email] : []);
    }

    [Fact, Trait("req", "P6")]
    public async Task every_visit_to_the_portal_begins_with_a_press_that_hears_it_and_a_stranger_says_nothing_for_anybody()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var anna = await server.Data.CustomerAsync();
        using var browser = TestBrowser.Of(server, null);
        browser.DefaultRequestHeaders.Add("Sec-GPC", "1");
        await browser.PostFormAsync("/me/sign-in", ("email", "anna@example.org"));
        (await SaidAsync(server, anna)).ShouldBeEmpty();
        string token;
        await using (var work = await server.Data.WriteAsync())
        {
            token = await new PortalLinkStore(work).MakeAsync(anna, server.Clock.GetCurrentInstant());
            await work.CommitAsync();
        }
        (await browser.GetAsync($"/me/link/{token}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SaidAsync(server, anna)).ShouldBeEmpty();
        (await browser.PostFormAsync($"/me/link/{token}")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await SaidAsync(server, anna)).Count.ShouldBe(1);
    }

    [Theory, Trait("req", "P6")]
    [InlineData("0")]
    [InlineData("true")]
    [InlineData("11")]
    public async Task only_the_value_1_is_the_signal(string value)
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var anna = await server.Data.CustomerAsync();
        using var browser = await server.SignInCustomerAsync(anna);
        browser.DefaultRequestHeaders.Add("Sec-GPC", value);
        await browser.PostFormAsync("/me/preferences", ("care_1", "email"));
        (await SaidAsync(server, anna)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task two_presses_at_once_hear_it_once_and_a_form_from_elsewhere_not_at_all(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        using var browser = await server.SignInCustomerAsync(anna);
        browser.DefaultRequestHeaders.Add("Sec-GPC", "1");
        (await browser.PostAsync("/me/preferences", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SaidAsync(server, anna)).ShouldBeEmpty();
        var forms = Enumerable.Range(0, 6).Select(_ => browser.FormOf(("person", "Maria"))).ToList();
        await Task.WhenAll(forms.Select(form => browser.PostAsync("/me/preferences", form)));
        (await SaidAsync(server, anna)).Count.ShouldBe(1);
    }

    [Fact, Trait("req", "P6")]
    public async Task the_house_tells_browsers_that_it_listens()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        using var answer = await server.Client.GetAsync("/.well-known/gpc.json");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        var told = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        told.GetProperty("gpc").GetBoolean().ShouldBeTrue();
        NodaTime.Text.LocalDatePattern.Iso.Parse(told.GetProperty("lastUpdate").GetString()!).Success.ShouldBeTrue();
    }

    private static async Task SayYesAsync(TestServer server, Guid customerId)
    {
        await using var work = await server.Data.WriteAsync();
        await new PreferenceStore(work).RecordAsync(ContactKit.Statement(customerId, Offers, server.Clock.GetCurrentInstant() - Duration.FromDays(1)) with { Place = StatementPlace.Portal }, server.Clock.GetCurrentInstant());
        await work.CommitAsync();
    }

    private static async Task<IReadOnlyList<PreferenceStatement>> SaidAsync(TestServer server, Guid customerId)
    {
        await using var work = await server.Data.ReadAsync();
        return [.. (await new PreferenceStore(work).StatementsAsync(customerId)).Where(statement => statement.Source == Gpc.Source)];
    }

    private static async Task<IReadOnlyList<Channel>> MarketingAsync(TestServer server, Guid customerId)
    {
        await using var work = await server.Data.ReadAsync();
        return (await new PreferenceStore(work).WishesAsync(customerId)).For(Purpose.Marketing)?.Channels ?? [];
    }
}
