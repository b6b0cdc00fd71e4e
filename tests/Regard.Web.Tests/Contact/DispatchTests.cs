using NodaTime.Testing;
using Regard.Channels;
using Regard.Customers;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Contact;

public sealed class DispatchTests
{
    private static readonly Wish NoCare = new() { Purposes = [new PurposeWish(Purpose.Care, [])] };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task a_permitted_mail_reaches_the_server_once_with_its_way_to_end_it(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new SmtpSink();
        var anna = await data.CustomerAsync();
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Email));
        await Dispatch(data, sink, "one").RunAsync(10, CancellationToken.None);
        await Dispatch(data, sink, "two").RunAsync(10, CancellationToken.None);
        var mail = sink.Mails.ShouldHaveSingleItem();
        mail.ShouldContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        mail.ShouldContain("To: anna@example.org");
        (await StateAsync(data)).ShouldBe("sent");
        await using var work = await data.ReadAsync();
        (await LedgerStore.FindAsync(work)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "L9")]
    public async Task a_mail_names_the_language_of_its_words_and_only_without_it_that_of_its_reader(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new SmtpSink();
        var anna = await data.CustomerAsync();
        await using (var work = await data.WriteAsync())
        {
            await new ProfileStore(work).SpeakAsync(anna, "de", ContactKit.Noon);
            var letter = LetterBook.Write(LetterKind.Campaign, "es", new Dictionary<string, object?> { ["subject"] = "Una tapa nueva", ["text"] = "Usted compró la taza azul." });
            await new ContactDesk(work).RequestAsync(ContactKit.Request(anna, "letter", channels: Channel.Email), letter, ContactKit.Noon);
            await work.CommitAsync();
        }
        await data.AskAsync(ContactKit.Request(anna, "free", Purpose.Legal, Channel.Email));
        await Dispatch(data, sink, "one").RunAsync(10, CancellationToken.None);
        string Of(string subject) => sink.Mails.Single(mail => mail.Contains("Subject: " + subject, StringComparison.Ordinal));
        Of("Una tapa nueva").ShouldContain("Content-Language: es");
        Of("A change").ShouldContain("Content-Language: de");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task F3_an_opt_out_between_claim_and_hand_over_stops_the_mail(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new SmtpSink();
        var anna = await data.CustomerAsync();
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Email));
        var dispatch = Dispatch(data, sink, "one");
        var claimed = await dispatch.ClaimAsync(await DueAsync(data), CancellationToken.None);
        await data.SayAsync(anna, NoCare, ContactKit.Noon, "stop");
        await dispatch.SendAsync(claimed!, CancellationToken.None);
        sink.Mails.ShouldBeEmpty();
        (await StateAsync(data)).ShouldBe("queued");
        await dispatch.RunAsync(10, CancellationToken.None);
        sink.Mails.ShouldBeEmpty();
        (await StateAsync(data)).ShouldBe("cancelled");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task F3_an_opt_out_during_the_hand_over_is_answered_after_it(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new SmtpSink();
        var anna = await data.CustomerAsync();
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Email));
        var claimed = await Dispatch(data, sink, "one").ClaimAsync(await DueAsync(data), CancellationToken.None);
        Task<RecordedStatement> optOut;
        await using (var work = data.Database.Engine == Engine.Sqlite ? await data.ReadAsync() : await data.WriteAsync())
        {
            (await new ClaimStore(work).HoldAsync([claimed!], ContactKit.Noon)).ShouldBe([true]);
            optOut = Task.Run(() => data.SayAsync(anna, NoCare, ContactKit.Noon, "stop"));
            await Task.WhenAny(optOut, Task.Delay(500));
            optOut.IsCompleted.ShouldBeFalse();
        }
        (await optOut).IsNew.ShouldBeTrue();
        await using var after = await data.ReadAsync();
        (await new ClaimStore(after).HoldAsync([claimed!], ContactKit.Noon)).ShouldBe([false]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task F3_a_mail_server_that_is_slow_keeps_nobody_waiting_and_an_opt_out_meanwhile_stops_the_mail(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new SmtpSink { Mood = SinkMood.StopsReading };
        var (anna, otto) = (await data.CustomerAsync(), await data.CustomerAsync("otto"));
        await using (var work = await data.WriteAsync())
        {
            // More than the system keeps on the way to a server that does not read.
            var draft = new ContactDraft { Subject = "Long", Text = string.Concat(Enumerable.Repeat("All of it, word by word.\n", 120_000)) };
            await new ContactDesk(work).RequestAsync(ContactKit.Request(anna, channels: Channel.Email), draft, ContactKit.Noon);
            await work.CommitAsync();
        }
        var sending = Dispatch(data, sink, "one").RunAsync(10, CancellationToken.None);
        await sink.Stopped.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        foreach (var customer in new[] { otto, anna })
            (await data.SayAsync(customer, NoCare, ContactKit.Noon, "stop").WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).IsNew.ShouldBeTrue();
        sending.IsCompleted.ShouldBeFalse("the mail is still being written");
        sink.GoOn();
        await sending;
        sink.Mails.ShouldBeEmpty("a mail without its end is none");
        (await StateAsync(data)).ShouldBe("queued");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F11_two_nodes_that_claim_at_once_keep_a_limit_together(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new SmtpSink();
        var anna = await data.CustomerAsync();
        for (var n = 0; n < 4; n++) await data.AskAsync(ContactKit.Request(anna, $"step {n}", channels: Channel.Email));
        await data.SayAsync(anna, new Wish { Limits = [new ContactLimit(null, 1, 30)] }, ContactKit.Noon);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(node => Task.Run(() => Dispatch(data, sink, $"node {node}").RunAsync(10, CancellationToken.None))));
        // Whoever met another at the customer has passed on.
        await Dispatch(data, sink, "node 5").RunAsync(10, CancellationToken.None);
        sink.Mails.Count.ShouldBe(1);
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from outbox where state = 'expired'")).ShouldBe(3);
        (await work.ScalarAsync<long>("select count(*) from care_task where kind = 'internal'")).ShouldBe(3);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F12_a_process_that_died_between_claim_and_hand_over_does_not_make_a_second_mail(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new SmtpSink();
        var (anna, otto) = (await data.CustomerAsync(), await data.CustomerAsync("otto"));
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Email));
        var dead = Dispatch(data, sink, "dead");
        await dead.ClaimAsync(await DueAsync(data), CancellationToken.None);
        await data.AskAsync(ContactKit.Request(otto, "answer", Purpose.Service, Channel.Email));
        await dead.ClaimAsync(await DueAsync(data), CancellationToken.None);
        var later = Dispatch(data, sink, "living", ContactKit.Noon + Duration.FromMinutes(5));
        await later.SweepAsync(CancellationToken.None);
        await using (var work = await data.ReadAsync())
        {
            (await work.FirstAsync<string>("select state from outbox where customer_id = @anna", new { anna })).ShouldBe("ambiguous");
            (await work.FirstAsync<string>("select state from outbox where customer_id = @otto", new { otto })).ShouldBe("queued");
            (await work.ScalarAsync<long>("select count(*) from care_task where customer_id = @anna and kind = 'internal'", new { anna })).ShouldBe(1);
        }
        await Dispatch(data, sink, "living", ContactKit.Noon + Duration.FromMinutes(10)).RunAsync(10, CancellationToken.None);
        sink.Mails.ShouldHaveSingleItem().ShouldContain("To: otto@example.org");
    }

    [Theory]
    [InlineData("sqlite", SinkMood.RefusesRecipient, "failed"), InlineData("sqlite", SinkMood.RefusesMail, "failed"), InlineData("sqlite", SinkMood.AsksLater, "queued")]
    [InlineData("sqlite", SinkMood.HangsUpAfterTheEnd, "ambiguous")]
    public async Task F15_what_the_server_did_is_told_apart_and_is_no_wish(string engine, SinkMood mood, string state)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new SmtpSink { Mood = mood };
        var anna = await data.CustomerAsync();
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Email));
        await Dispatch(data, sink, "one").RunAsync(10, CancellationToken.None);
        (await StateAsync(data)).ShouldBe(state);
        await using var work = await data.ReadAsync();
        (await new PreferenceStore(work).StatementsAsync(anna)).ShouldBeEmpty();
        (await work.ScalarAsync<long>("select count(*) from identity where customer_id = @anna and undeliverable_since is not null", new { anna })).ShouldBe(mood == SinkMood.RefusesRecipient ? 1 : 0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F14_what_came_too_late_becomes_work_that_people_see(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new SmtpSink();
        var anna = await data.CustomerAsync();
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Email));
        await Dispatch(data, sink, "one", ContactKit.Noon + Duration.FromDays(15)).SweepAsync(CancellationToken.None);
        (await StateAsync(data)).ShouldBe("expired");
        await using var work = await data.ReadAsync();
        (await work.FirstAsync<string>("select title from care_task where customer_id = @anna", new { anna }))!.ShouldContain("Not sent in time");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F16_a_ledger_that_was_touched_is_found(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await data.CustomerAsync();
        foreach (var step in new[] { "1", "2", "3" }) await data.AskAsync(ContactKit.Request(anna, step, Purpose.Marketing, Channel.Email));
        await using var work = await data.WriteAsync();
        (await LedgerStore.FindAsync(work)).ShouldBeEmpty();
        await work.ExecuteAsync("update contact_decision set verdict = 'permitted' where customer_id = @anna and seq = 2", new { anna });
        (await LedgerStore.FindAsync(work)).ShouldHaveSingleItem().ShouldContain("changed after it was written");
        await work.ExecuteAsync("delete from contact_decision where customer_id = @anna and seq = 2", new { anna });
        (await LedgerStore.FindAsync(work)).ShouldNotBeEmpty();
    }

    private static Dispatch Dispatch(TestDatabase data, SmtpSink sink, string worker, Instant? at = null) =>
        new(data.Database, data.Settings, new FakeClock(at ?? ContactKit.Noon), new SmtpRoute(SmtpServer.Read(sink.Address)), worker);

    private static async Task<OutboxRow> DueAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        return (await new OutboxStore(work).DueAsync(ContactKit.Noon, 1)).Single();
    }

    private static async Task<string?> StateAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        return await work.FirstAsync<string>("select state from outbox");
    }
}
