using System.Net.Sockets;
using System.Text;
using Regard.Contact;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Texts;

public sealed class TextDispatchTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task a_permitted_text_reaches_the_provider_once_under_its_own_token(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var provider = new ProviderServer();
        var anna = await data.AnnaAsync();
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        await data.Dispatch(provider).RunAsync(10, CancellationToken.None);
        await data.Dispatch(provider, "two").RunAsync(10, CancellationToken.None);
        var sent = provider.Messages.ShouldHaveSingleItem();
        var row = await data.MessageAsync(anna);
        sent.Path.ShouldBe($"/2010-04-01/Accounts/{ProviderServer.Account}/Messages.json");
        sent.Headers["I-Twilio-Idempotency-Token"].ShouldBe(row.MessageId);
        Encoding.ASCII.GetString(Convert.FromBase64String(sent.Headers["Authorization"]["Basic ".Length..])).ShouldBe($"{ProviderServer.Account}:{ProviderServer.Token}");
        (sent["To"], sent["From"], sent["Body"]).ShouldBe((await data.NumberAsync(anna), "+43660999", "Dear customer,\n\nthe price changes."));
        sent["StatusCallback"].ShouldBe($"{TextKit.Public}/provider/status?m={row.OutboxId:n}");
        (row.State, row.ProviderRef, row.Delivery).ShouldBe(("sent", "SM1", "accepted"));
        (await data.TimelineAsync(anna)).ShouldHaveSingleItem().Channel.ShouldBe("sms");
        (await data.SeeAsync(LedgerStore.FindAsync)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task F3_an_opt_out_between_claim_and_hand_over_stops_the_text(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var provider = new ProviderServer();
        var anna = await data.AnnaAsync();
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        var dispatch = data.Dispatch(provider);
        var claimed = await dispatch.ClaimAsync(await data.MessageAsync(anna), CancellationToken.None);
        await data.SayAsync(anna, new Wish { NoChannels = [Channel.Sms] }, ContactKit.Noon, "no texts");
        await dispatch.SendAsync(claimed!, CancellationToken.None);
        await provider.Almost.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        provider.Messages.ShouldBeEmpty("without its last byte it is no request");
        await dispatch.RunAsync(10, CancellationToken.None);
        provider.Messages.ShouldBeEmpty();
        (await data.MessageAsync(anna)).State.ShouldBe("cancelled");
    }

    [Theory]
    [InlineData("sqlite", 201, "", "sent"), InlineData("postgres", 400, """{"code":21211,"message":"'To' +49 is no number"}""", "failed")]
    [InlineData("sqlite", 400, """{"code":21211}""", "failed"), InlineData("sqlite", 400, """{"code":30007}""", "failed"), InlineData("sqlite", 422, "no json", "failed")]
    [InlineData("sqlite", 429, """{"code":20429}""", "queued"), InlineData("sqlite", 401, """{"code":20003}""", "queued"), InlineData("sqlite", 404, "", "queued"), InlineData("sqlite", 302, "", "queued")]
    [InlineData("sqlite", 500, "", "ambiguous"), InlineData("sqlite", 503, "", "ambiguous"), InlineData("sqlite", 408, "", "ambiguous"), InlineData("postgres", 502, "", "ambiguous")]
    public async Task F15_what_the_provider_answered_is_told_apart_and_is_no_wish(string engine, int status, string body, string state)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var provider = new ProviderServer { Answer = (status, body), Header = status == 302 ? "Location: http://127.0.0.1:1/elsewhere" : null };
        var anna = await data.AnnaAsync();
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        await data.Dispatch(provider).RunAsync(10, CancellationToken.None);
        var row = await data.MessageAsync(anna);
        row.State.ShouldBe(state);
        provider.Messages.Count.ShouldBe(1);
        (row.Explanation ?? "").ShouldNotContain("+49");
        (await data.SeeAsync(work => new PreferenceStore(work).StatementsAsync(anna))).Count.ShouldBe(1, "only what she said herself");
        (await data.SeeAsync(work => work.ScalarAsync<long>("select count(*) from identity where kind = 'phone' and undeliverable_since is not null"))).ShouldBe(body.Contains("21211", StringComparison.Ordinal) ? 1 : 0);
        if (state is "failed" or "ambiguous") (await data.WorkAsync(anna)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(ProviderMood.HangsUpInTheBody, "ambiguous"), InlineData(ProviderMood.HangsUpAfterTheEnd, "ambiguous"), InlineData(ProviderMood.IsSilent, "ambiguous")]
    public async Task a_connection_that_breaks_after_the_last_byte_leaves_nobody_certain(ProviderMood mood, string state)
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using var provider = new ProviderServer { Mood = mood };
        var anna = await data.AnnaAsync();
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        await data.Dispatch(provider, patience: TimeSpan.FromMilliseconds(500)).RunAsync(10, CancellationToken.None);
        (await data.MessageAsync(anna)).State.ShouldBe(state);
    }

    [Fact]
    public async Task a_provider_that_is_not_there_has_got_nothing_and_it_is_tried_again()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        var provider = new ProviderServer();
        var anna = await data.AnnaAsync();
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        var dispatch = data.Dispatch(provider);
        await provider.DisposeAsync();
        await dispatch.RunAsync(10, CancellationToken.None);
        var row = await data.MessageAsync(anna);
        (row.State, row.Attempts).ShouldBe(("queued", 1));
        row.NotBefore.ShouldBeGreaterThan(ContactKit.Noon);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task a_stop_that_was_told_to_the_provider_is_their_own_no_to_texts_alone(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var provider = new ProviderServer { Answer = (400, """{"code":21610}""") };
        var anna = await data.AnnaAsync(new Wish { Purposes = [new PurposeWish(Purpose.Care, [Channel.Sms, Channel.Email])] });
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        await data.Dispatch(provider).RunAsync(10, CancellationToken.None);
        (await data.IsTextWelcomeAsync(anna)).ShouldBeFalse();
        var said = (await data.SeeAsync(work => new PreferenceStore(work).StatementsAsync(anna)))[0];
        (said.Place, said.IsOwnWord, said.RecordedBy).ShouldBe((StatementPlace.Text, true, $"customer:{anna}"));
        var mail = await data.SeeAsync(work => new ContactDesk(work).PreviewAsync(ContactKit.Request(anna, "mail", channels: Channel.Email), ContactKit.Noon));
        mail!.Verdict.ShouldBe(VerdictKind.Permitted);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task a_landline_gets_no_more_texts_and_can_still_be_called(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var provider = new ProviderServer { Answer = (400, """{"code":21614}""") };
        var anna = await data.AnnaAsync(new Wish { Purposes = [new PurposeWish(Purpose.Care, [Channel.Sms, Channel.Phone])] });
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        await data.Dispatch(provider).RunAsync(10, CancellationToken.None);
        var answer = await data.AskAsync(ContactKit.Request(anna, "next"));
        answer.Channel.ShouldBe(Channel.Phone);
        var refused = await data.AskAsync(ContactKit.Request(anna, "text", channels: Channel.Sms));
        refused.Reasons.Select(reason => reason.Code).ShouldBe([ReasonCode.Undeliverable]);
    }

    [Fact]
    public async Task a_text_for_sale_says_how_to_end_it_in_their_language_and_an_answer_does_not()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using var provider = new ProviderServer();
        var anna = await data.AnnaAsync();
        await using (var work = await data.WriteAsync())
        {
            await work.ExecuteAsync("update customer set language = 'de-AT' where customer_id = @anna", new { anna });
            await work.CommitAsync();
        }
        await data.AskAsync(ContactKit.Request(anna, "offer", Purpose.Marketing, Channel.Sms));
        await data.AskAsync(ContactKit.Request(anna, "answer", Purpose.Service, Channel.Sms));
        await data.Dispatch(provider).RunAsync(10, CancellationToken.None);
        provider.Messages.Select(message => message["Body"].Contains("STOPP", StringComparison.Ordinal)).Order().ShouldBe([false, true]);
    }

    [Fact]
    public async Task a_text_that_is_longer_than_providers_take_is_refused_before_anything_leaves_and_people_see_it()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using var provider = new ProviderServer();
        var anna = await data.AnnaAsync();
        await using (var work = await data.WriteAsync())
        {
            await new ContactDesk(work).RequestAsync(ContactKit.Request(anna, channels: Channel.Sms), new ContactDraft { Subject = "Long", Text = new string('a', 1531) }, ContactKit.Noon);
            await work.CommitAsync();
        }
        await data.Dispatch(provider).RunAsync(10, CancellationToken.None);
        provider.Connections.ShouldBe(0);
        (await data.MessageAsync(anna)).Explanation!.ShouldContain("11 parts");
        (await data.WorkAsync(anna)).ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task a_call_by_a_machine_reads_the_text_to_whoever_asked_for_one(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var provider = new ProviderServer { Answer = (201, """{"sid":"CA1","status":"queued"}""") };
        var anna = await data.AnnaAsync(TextKit.Voice);
        await using (var work = await data.WriteAsync())
        {
            await new ContactDesk(work).RequestAsync(ContactKit.Request(anna, channels: Channel.Voice), new ContactDraft { Subject = "x", Text = "One & two.\n\n<Hangup/>" }, ContactKit.Noon);
            await work.CommitAsync();
        }
        await data.Dispatch(provider).RunAsync(10, CancellationToken.None);
        var call = provider.Messages.ShouldHaveSingleItem();
        call.Path.ShouldEndWith("/Calls.json");
        call["Twiml"].ShouldBe("""<Response><Pause length="1" /><Say language="en-GB">One &amp; two.</Say><Pause length="1" /><Say language="en-GB">&lt;Hangup/&gt;</Say></Response>""");
        (await data.MessageAsync(anna)).ProviderRef.ShouldBe("CA1");
    }

    [Fact]
    public async Task nobody_is_called_by_a_machine_at_night()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        var anna = await data.AnnaAsync(TextKit.Voice);
        var answer = await data.AskAsync(ContactKit.Request(anna, channels: Channel.Voice), ContactKit.Noon + Duration.FromHours(11));
        (answer.Verdict, answer.NotBefore).ShouldBe((VerdictKind.Deferred, Instant.FromUtc(2026, 11, 24, 8, 0)));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F11_a_text_counts_at_the_number_for_whoever_else_has_it(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var provider = new ProviderServer();
        var (anna, otto) = (await data.AnnaAsync(), await data.AnnaAsync(name: "otto"));
        await using (var work = await data.WriteAsync())
        {
            await work.ExecuteAsync("update identity set value = @number where customer_id = @otto and kind = 'phone'", new { otto, number = await data.NumberAsync(anna) });
            await work.CommitAsync();
        }
        await data.SayAsync(otto, new Wish { Limits = [new ContactLimit(null, 1, 30)] }, ContactKit.Noon);
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        await data.Dispatch(provider).RunAsync(10, CancellationToken.None);
        (await data.AskAsync(ContactKit.Request(otto, channels: Channel.Sms))).Reasons.ShouldContain(reason => reason.Code == ReasonCode.TheirLimitReached);
    }

    [Fact]
    public async Task a_house_without_a_provider_says_so_and_queues_nothing()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        var anna = await data.CustomerAsync();
        await data.SayAsync(anna, TextKit.Texts, ContactKit.Noon);
        var answer = await data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        answer.Reasons.ShouldHaveSingleItem().Code.ShouldBe(ReasonCode.NotOffered);
        answer.OutboxId.ShouldBeNull();
        (await data.SeeAsync(LedgerStore.FindAsync)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("api.provider.example"), InlineData("https://api.provider.example?sms=+43"), InlineData("http://AC:secret@api.provider.example?sms=+43"), InlineData("https://AC:secret@api.provider.example")]
    public void a_setting_that_names_no_provider_is_refused_without_its_secret(string setting)
    {
        var refusal = Should.Throw<FormatException>(() => Channels.MessageProvider.Read(setting));
        refusal.Message.ShouldNotContain("secret");
    }

    [Fact]
    public void a_provider_in_words_holds_no_secret()
    {
        var provider = Channels.MessageProvider.Read("https://SK1:secret@api.provider.example/base?account=AC1&signing=other&sms=MG1");
        (provider.Account, provider.User, provider.SigningToken, provider.Address.AbsoluteUri, provider.Calls).ShouldBe(("AC1", "SK1", "other", "https://api.provider.example/base/", null));
        (new RegardSettings { DataFolder = "x", Provider = provider }).ToString().ShouldNotContain("secret");
    }
}
