using System.Net;
using NodaTime.Testing;
using Regard.Customers;
using Regard.Kit;

namespace Regard.Contact;

public sealed class UnsubscribeTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task F8_looking_at_the_link_changes_nothing(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var (anna, path) = await LinkAsync(server);
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            (await server.Client.SendAsync(new HttpRequestMessage(method, path))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await server.Client.GetAsync(path)).Content.ReadAsStringAsync()).ShouldContain(Purpose.Care.InWords());
        await using var work = await server.Data.ReadAsync();
        (await new PreferenceStore(work).StatementsAsync(anna)).ShouldBeEmpty();
    }

    [Theory, InlineData("urlencoded"), InlineData("multipart"), InlineData("empty")]
    public async Task F9_one_click_works_in_every_encoding_without_cookies(string encoding)
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var (anna, path) = await LinkAsync(server);
        HttpContent? content = encoding switch
        {
            "urlencoded" => new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]),
            "multipart" => new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } },
            _ => null,
        };
        (await server.Client.PostAsync(path, content)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var work = await server.Data.ReadAsync();
        var wishes = await new PreferenceStore(work).WishesAsync(anna);
        wishes.For(Purpose.Care)!.Channels.ShouldBeEmpty();
        wishes.For(Purpose.Service).ShouldBeNull();
    }

    [Fact]
    public async Task F10_the_scope_is_signed_and_nobody_else_can_make_a_link()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var (anna, path) = await LinkAsync(server);
        (await server.Client.PostAsync(path[..^1] + (path[^1] == 'A' ? 'B' : 'A'), null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Client.PostAsync("/u/nonsense", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await server.Client.PostAsync(path, new FormUrlEncodedContent([KeyValuePair.Create("scope", "less")]));
        await using var work = await server.Data.ReadAsync();
        var limit = (await new PreferenceStore(work).WishesAsync(anna)).Limits.ShouldHaveSingleItem().Limit;
        limit.ShouldBe(new ContactLimit(Purpose.Care, 1, 30));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task F9_the_link_works_in_ten_years_and_after_everything_else_was_erased(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var (anna, path) = await LinkAsync(server);
        server.Clock.AdvanceDays(3653);
        await using (var work = await server.Data.WriteAsync())
        {
            await new PrivacyDesk(work).EraseAsync(anna, ContactKit.By, server.Clock.GetCurrentInstant());
            await work.CommitAsync();
        }
        (await server.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Client.PostAsync(path, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var read = await server.Data.ReadAsync();
        (await new PreferenceStore(read).WishesAsync(anna)).For(Purpose.Care)!.Channels.ShouldBeEmpty();
    }

    [Theory, Trait("req", "P6")]
    [InlineData("purpose", false, false)]
    [InlineData("less", true, true)]
    [InlineData("only email", true, false)]
    [InlineData("email", false, true)]
    [InlineData("all", false, false)]
    public async Task F10_the_page_offers_less_and_each_choice_is_one_press_without_a_sign_in(string scope, bool maySend, bool mayCall)
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var (anna, path) = await LinkAsync(server);
        var page = await server.Client.GetStringAsync(path);
        page.ShouldContain($"<button class=\"{(scope == "purpose" ? "btn btn-primary" : "btn")}\" type=\"submit\" name=\"scope\" value=\"{scope}\">");
        page.ShouldNotContain("type=\"radio\"");
        var done = await (await server.Client.PostAsync(path, new FormUrlEncodedContent([new("scope", scope)]))).Content.ReadAsStringAsync();
        done.ShouldContain("We have noted it");
        // It can still be chosen otherwise.
        done.ShouldNotContain($"value=\"{scope}\"");
        await using var work = await server.Data.ReadAsync();
        var care = WishSummary.Of(await new PreferenceStore(work).WishesAsync(anna), ContactPolicy.Strict).Single(summary => summary.Purpose == Purpose.Care);
        care.Channels.Single(channel => channel.Channel == Channel.Email).IsWelcome.ShouldBe(maySend);
        care.Channels.Single(channel => channel.Channel == Channel.Phone).IsWelcome.ShouldBe(mayCall);
    }

    [Fact, Trait("req", "P6")]
    public async Task F9_one_click_sets_no_cookie_and_needs_none()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var (_, path) = await LinkAsync(server);
        using var answer = await server.Client.PostAsync(path, new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } });
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    private static async Task<(Guid Customer, string Path)> LinkAsync(TestServer server)
    {
        var anna = await server.Data.CustomerAsync();
        var key = await LinkKeyStore.ReadAsync(server.Data.Database, server.Clock, CancellationToken.None);
        return (anna, "/u/" + new UnsubscribeToken(anna, Purpose.Care, Ids.New(ContactKit.Noon)).Write(key));
    }
}
