using System.Net;
using Regard.Access;
using Regard.Channels;
using Regard.Kit;

namespace Regard.Contact;

public sealed class PortalMessageTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task a_message_in_the_portal_is_new_until_the_customer_says_that_they_have_read_it(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var data = server.Data;
        var (anna, otto) = (await data.CustomerAsync(), await data.CustomerAsync("otto"));
        await data.SayAsync(anna, new Wish { OnlyChannels = [Channel.Portal] }, ContactKit.Noon);
        await data.AskAsync(ContactKit.Request(anna));
        await using (var sink = new SmtpSink())
            await new Dispatch(data.Database, data.Settings, new NodaTime.Testing.FakeClock(ContactKit.Noon), new SmtpRoute(SmtpServer.Read(sink.Address)), "one").RunAsync(10, CancellationToken.None);
        using var client = await server.SignInCustomerAsync(anna);
        using var stranger = await server.SignInCustomerAsync(otto);
        var row = await RowAsync(data, anna);
        var page = await client.GetStringAsync("/me");
        page.ShouldContain("(1)");
        page.ShouldContain("the price changes.");
        (await RowAsync(data, anna)).ReadAt.ShouldBeNull("looking changes nothing");
        (await stranger.PostFormAsync($"/me/messages/{row.OutboxId}/read")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await client.PostFormAsync($"/me/messages/{row.OutboxId}/read")).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var read = (await RowAsync(data, anna)).ReadAt.ShouldNotBeNull();
        server.Clock.AdvanceMinutes(5);
        await client.PostFormAsync($"/me/messages/{row.OutboxId}/read");
        (await RowAsync(data, anna)).ReadAt.ShouldBe(read, "the first time stays");
        (await client.GetStringAsync("/me")).ShouldContain("you read it on");
        using var staff = await server.SignInAsync(Role.Agent);
        (await staff.GetStringAsync($"/customers/{anna}/preferences")).ShouldContain("read on");
    }

    private static async Task<OutboxRow> RowAsync(TestDatabase data, Guid customer)
    {
        await using var work = await data.ReadAsync();
        return (await new OutboxStore(work).OfCustomerAsync(customer, 1)).Single();
    }
}
