using Regard.Access;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Customers;

public sealed class CallAdviceTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task a_number_can_be_dialled_only_while_a_call_is_welcome(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var client = await server.SignInAsync(Role.Agent);
        var anna = await server.Data.CustomerAsync();
        var number = await NumberAsync(server, anna);
        server.Clock.Reset(ContactKit.Noon);
        var atNoon = System.Net.WebUtility.HtmlDecode(await client.GetStringAsync($"/customers/{anna}/record"));
        atNoon.ShouldContain($"href=\"tel:{number}\"");
        atNoon.ShouldContain("A call is welcome now for");
        server.Clock.Reset(ContactKit.Noon + Duration.FromHours(11));
        await NotOfferedAsync(client, anna, number, "No call before");
        server.Clock.Reset(ContactKit.Noon);
        await server.Data.SayAsync(anna, new Wish { NoChannels = [Channel.Phone] }, ContactKit.Noon, "please never call me");
        await NotOfferedAsync(client, anna, number, "please never call me");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "M1")]
    public async Task a_call_task_shows_their_time_their_hours_and_their_words_and_a_number_only_when_it_is_welcome(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        using var client = await server.SignInAsync(Role.Agent);
        var anna = await server.Data.CustomerAsync();
        var number = await NumberAsync(server, anna);
        await server.Data.SayAsync(anna, new Wish
        {
            Purposes = [new PurposeWish(Purpose.Care, [Channel.Phone])],
            Hours = [new HoursWish([Channel.Phone], [new ContactWindow([IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday], new LocalTime(14, 0), new LocalTime(16, 0))])],
            Person = "Maria",
        }, ContactKit.Noon, "afternoons, and only Maria");
        var task = (await server.Data.AskAsync(ContactKit.Request(anna, channels: Channel.Phone))).TaskId;
        var path = $"/tasks/{anna}/{task}";
        server.Clock.Reset(ContactKit.Noon);
        var early = System.Net.WebUtility.HtmlDecode(await client.GetStringAsync(path));
        early.ShouldNotContain("tel:");
        early.ShouldNotContain(number);
        foreach (var part in new[] { "Not now.", "Maria", "14:00–16:00", "afternoons, and only Maria", "(Europe/Berlin)", "where they live" }) early.ShouldContain(part);
        server.Clock.Reset(ContactKit.Noon + Duration.FromHours(3));
        System.Net.WebUtility.HtmlDecode(await client.GetStringAsync(path)).ShouldContain($"href=\"tel:{number}\"");
    }

    private static async Task NotOfferedAsync(TestBrowser client, Guid customer, string number, string why)
    {
        var page = System.Net.WebUtility.HtmlDecode(await client.GetStringAsync($"/customers/{customer}/record"));
        page.ShouldContain(why);
        page.ShouldNotContain("tel:");
        page.ShouldNotContain(number);
        page.ShouldNotContain(IdentityForm.Readable(number));
    }

    private static async Task<string> NumberAsync(TestServer server, Guid customer)
    {
        await using var work = await server.Data.ReadAsync();
        return (await work.FirstAsync<string>("select value from identity where customer_id = @customer and kind = 'phone'", new { customer }))!;
    }
}
