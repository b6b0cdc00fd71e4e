using System.Net;
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

    private static async Task<(Guid Customer, string Path)> LinkAsync(TestServer server)
    {
        var anna = await server.Data.CustomerAsync();
        var key = await LinkKeyStore.ReadAsync(server.Data.Database, server.Clock, CancellationToken.None);
        return (anna, "/u/" + new UnsubscribeToken(anna, Purpose.Care, Ids.New(ContactKit.Noon)).Write(key));
    }
}
