using System.Net;
using Regard.Contact;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Texts;

public sealed class ProviderCallbackTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task what_is_not_signed_is_refused_and_changes_nothing(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        var (anna, row) = await SentAsync(server);
        var before = await EverythingAsync(server);
        foreach (var signature in new[] { "", "c2lnbmVk", Channels.ProviderSignature.Of("another-token", $"{TextKit.Public}/provider/status?m={row.OutboxId:n}", []) })
        {
            using var status = await server.TellAsync($"/provider/status?m={row.OutboxId:n}", new() { ["MessageSid"] = "SM1", ["MessageStatus"] = "undelivered", ["ErrorCode"] = "30006" }, signature);
            status.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
            using var text = await server.TellAsync("/provider/texts", new() { ["MessageSid"] = "SM2", ["From"] = await server.Data.NumberAsync(anna), ["Body"] = "STOP" }, signature);
            text.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }
        (await EverythingAsync(server)).ShouldBe(before);
        (await server.Data.IsTextWelcomeAsync(anna)).ShouldBeTrue();
    }

    [Fact]
    public async Task a_signature_for_one_message_is_none_for_another()
    {
        await using var server = await TextKit.ServeAsync("sqlite");
        var (_, row) = await SentAsync(server);
        var form = new Dictionary<string, string> { ["MessageSid"] = "SM1", ["MessageStatus"] = "delivered" };
        var signature = Channels.ProviderSignature.Of(ProviderServer.Token, $"{TextKit.Public}/provider/status?m={Ids.New(ContactKit.Noon):n}", form.Select(field => KeyValuePair.Create(field.Key, new Microsoft.Extensions.Primitives.StringValues(field.Value))));
        using var answer = await server.TellAsync($"/provider/status?m={row.OutboxId:n}", form, signature);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task a_house_without_a_provider_believes_nobody()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        using var answer = await server.TellAsync("/provider/texts", new() { ["MessageSid"] = "SM2", ["From"] = "+4366012345", ["Body"] = "STOP" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F15_a_text_that_did_not_arrive_is_a_fact_about_the_number_and_no_wish(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        var (anna, row) = await SentAsync(server);
        (await server.StatusAsync(row.OutboxId, "undelivered", "30006")).ShouldBe(HttpStatusCode.NoContent);
        var after = await server.Data.MessageAsync(anna);
        (after.State, after.Delivery, after.Explanation).ShouldBe(("sent", "not_delivered", "It did not arrive. A landline, or a network that takes no texts (30006)."));
        (await server.Data.SeeAsync(work => new PreferenceStore(work).StatementsAsync(anna))).Count.ShouldBe(1, "only what she said herself");
        (await server.Data.SeeAsync(work => work.ScalarAsync<long>("select count(*) from identity where text_failed_at is not null and undeliverable_since is null"))).ShouldBe(1);
        (await server.Data.WorkAsync(anna)).ShouldHaveSingleItem().ShouldStartWith("The text did not arrive");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task reports_that_come_twice_late_and_mixed_up_leave_the_surest_standing(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        var (anna, row) = await SentAsync(server);
        foreach (var status in new[] { "delivered", "queued", "sent", "delivered", "undelivered", "sending", "queued", "never heard of" }) (await server.StatusAsync(row.OutboxId, status)).ShouldBe(HttpStatusCode.NoContent);
        (await server.Data.MessageAsync(anna)).Delivery.ShouldBe("delivered");
        (await server.Data.WorkAsync(anna)).ShouldBeEmpty();
        (await server.Data.SeeAsync(work => work.ListAsync<string>("select status from delivery_report order by status"))).ShouldBe(["delivered", "queued", "sending", "sent", "undelivered"]);
        (await server.StatusAsync(Ids.New(ContactKit.Noon), "delivered")).ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_report_about_a_text_whose_answer_was_lost_says_that_it_was_sent_and_it_is_not_repeated(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        await using var provider = new ProviderServer { Mood = ProviderMood.HangsUpAfterTheEnd };
        var anna = await server.Data.AnnaAsync();
        await server.Data.AskAsync(ContactKit.Request(anna, "answer", Purpose.Service, Channel.Sms));
        await server.Data.Dispatch(provider).RunAsync(10, CancellationToken.None);
        var row = await server.Data.MessageAsync(anna);
        row.State.ShouldBe("queued", "an answer is repeated under the same token");
        await server.StatusAsync(row.OutboxId, "sent", id: "SM9");
        var after = await server.Data.MessageAsync(anna);
        (after.State, after.ProviderRef, after.Delivery).ShouldBe(("sent", "SM9", "sent"));
        await server.Data.Dispatch(provider, at: ContactKit.Noon + Duration.FromHours(1)).RunAsync(10, CancellationToken.None);
        provider.Messages.Count.ShouldBe(1);
        (await server.Data.TimelineAsync(anna)).ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_report_that_comes_before_we_have_written_what_became_of_the_text_is_not_lost(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        await using var provider = new ProviderServer { Mood = ProviderMood.HangsUpAfterTheEnd };
        var anna = await server.Data.AnnaAsync();
        await server.Data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        var dispatch = server.Data.Dispatch(provider);
        var claimed = await dispatch.ClaimAsync(await server.Data.MessageAsync(anna), CancellationToken.None);
        await server.StatusAsync(claimed!.Row.OutboxId, "delivered");
        await dispatch.SendAsync(claimed, CancellationToken.None);
        var after = await server.Data.MessageAsync(anna);
        (after.State, after.Delivery).ShouldBe(("sent", "delivered"));
        (await server.Data.WorkAsync(anna)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_report_about_a_customer_who_was_merged_finds_the_message_where_it_is_now(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        var (anna, row) = await SentAsync(server);
        var otto = await server.Data.CustomerAsync("otto");
        await using (var work = await server.Data.WriteAsync())
        {
            await new Customers.MergeStore(work).MergeAsync(otto, anna, "the same", ContactKit.By, ContactKit.Noon);
            await work.CommitAsync();
        }
        await server.StatusAsync(row.OutboxId, "delivered");
        (await server.Data.MessageAsync(otto)).Delivery.ShouldBe("delivered");
    }

    [Fact]
    public async Task nobody_who_did_not_answer_a_call_is_taken_to_have_refused_one()
    {
        await using var server = await TextKit.ServeAsync("sqlite");
        await using var provider = new ProviderServer { Answer = (201, """{"sid":"CA1"}""") };
        var anna = await server.Data.AnnaAsync(TextKit.Voice);
        await server.Data.AskAsync(ContactKit.Request(anna, "answer", Purpose.Service, Channel.Voice));
        await server.Data.Dispatch(provider).RunAsync(10, CancellationToken.None);
        var row = await server.Data.MessageAsync(anna);
        using (var told = await server.TellAsync($"/provider/status?m={row.OutboxId:n}", new() { ["CallSid"] = "CA1", ["CallStatus"] = "no-answer" })) told.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await server.Data.MessageAsync(anna)).Explanation.ShouldBe("Nobody answered.");
        (await server.Data.WorkAsync(anna)).ShouldHaveSingleItem().ShouldStartWith("Nobody answered the call");
        (await server.Data.SeeAsync(work => new PreferenceStore(work).StatementsAsync(anna))).Count.ShouldBe(1, "only what she said herself");
    }

    [Fact]
    public async Task words_that_mean_harm_do_none()
    {
        await using var server = await TextKit.ServeAsync("sqlite");
        var (anna, row) = await SentAsync(server);
        (await server.StatusAsync(row.OutboxId, "\0")).ShouldBe(HttpStatusCode.Forbidden, "no form can be read from it");
        foreach (var evil in new[] { "' or 1=1 --", new string('9', 5000), "<script>", "2147483648" })
        {
            (await server.StatusAsync(row.OutboxId, evil, evil, evil)).ShouldBe(HttpStatusCode.NoContent);
            using var other = await server.TellAsync($"/provider/status?m={Uri.EscapeDataString(evil)}", new() { ["MessageStatus"] = "delivered" });
            other.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }
        (await server.Data.MessageAsync(anna)).Delivery.ShouldBe("accepted");
    }

    private static async Task<(Guid Anna, OutboxRow Row)> SentAsync(TestServer server)
    {
        await using var provider = new ProviderServer();
        var anna = await server.Data.AnnaAsync();
        await server.Data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        await server.Data.Dispatch(provider).RunAsync(10, CancellationToken.None);
        return (anna, await server.Data.MessageAsync(anna));
    }

    private static Task<string> EverythingAsync(TestServer server) => server.Data.SeeAsync(async work => string.Join('\n', await CustomerRows.DumpAsync(work)));
}
