using Regard.Kit;

namespace Regard.Contact;

public sealed class ContactDeskTests
{
    private static readonly Wish OnlyMail = new() { OnlyChannels = [Channel.Email] };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task F2_a_customer_who_said_only_e_mail_gets_a_mail_in_place_of_the_call(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await data.CustomerAsync();
        var other = await data.CustomerAsync("otto");
        await data.SayAsync(anna, OnlyMail, ContactKit.Noon, "please only e-mail");
        var mailed = await data.AskAsync(ContactKit.Request(anna, channels: [Channel.Phone, Channel.Email]));
        var called = await data.AskAsync(ContactKit.Request(other, channels: [Channel.Phone, Channel.Email]));
        (mailed.Verdict, mailed.Channel, mailed.OutboxId is not null).ShouldBe((VerdictKind.Permitted, Channel.Email, true));
        (called.Verdict, called.Channel, called.TaskId is not null).ShouldBe((VerdictKind.Permitted, Channel.Phone, true));
        mailed.Reasons[0].ToStaff().ShouldContain("please only e-mail");
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from outbox o join contact_decision d on d.customer_id = o.customer_id and d.decision_id = o.decision_id")).ShouldBe(1);
        (await work.ScalarAsync<long>("select count(*) from care_task where decision_id is not null")).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task a_refusal_stops_what_waits_in_the_same_transaction(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await data.CustomerAsync();
        var mail = await data.AskAsync(ContactKit.Request(anna, "mail", channels: Channel.Email));
        var call = await data.AskAsync(ContactKit.Request(anna, "call", channels: Channel.Phone));
        var recorded = await data.SayAsync(anna, new Wish { Purposes = [new PurposeWish(Purpose.Care, [])] }, ContactKit.Noon, "leave me alone");
        recorded.HeldBack.ShouldBe(2);
        await using var work = await data.ReadAsync();
        (await work.FirstAsync<string>("select state from outbox where customer_id = @anna and outbox_id = @OutboxId", new { anna, mail.OutboxId })).ShouldBe("cancelled");
        (await work.FirstAsync<string>("select explanation from outbox where customer_id = @anna", new { anna }))!.ShouldContain("leave me alone");
        (await work.FirstAsync<string>("select state from care_task where customer_id = @anna and task_id = @TaskId", new { anna, call.TaskId })).ShouldBe("cancelled");
        (await LedgerStore.FindAsync(work)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task F14_a_call_that_waits_becomes_a_mail_when_the_customer_wants_mails_and_is_never_dropped_silently(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var (anna, otto, ines) = (await data.CustomerAsync(), await data.CustomerAsync("otto"), await data.CustomerAsync("ines"));
        foreach (var customer in new[] { anna, otto, ines }) await data.AskAsync(ContactKit.Request(customer, channels: [Channel.Phone, Channel.Email]));
        var mailed = await data.SayAsync(anna, OnlyMail, ContactKit.Noon, "please only e-mail");
        (mailed.HeldBack, mailed.Rerouted).ShouldBe((0, 1));
        var stopped = await data.SayAsync(otto, new Wish { Never = true }, ContactKit.Noon, "never");
        (stopped.HeldBack, stopped.Rerouted).ShouldBe((1, 0));
        var late = await data.SayAsync(ines, new Wish { PauseUntil = ContactKit.Noon + Duration.FromDays(60) }, ContactKit.Noon, "after the winter");
        (late.HeldBack, late.Rerouted).ShouldBe((1, 0));
        await using (var work = await data.ReadAsync())
        {
            var mail = (await new OutboxStore(work).OfCustomerAsync(anna, 10)).ShouldHaveSingleItem();
            (mail.State, mail.Channel, mail.Address, mail.Step, mail.Content.Length > 10).ShouldBe(("queued", "email", "anna@example.org", "step", true));
            (await work.FirstAsync<string>("select state || ': ' || outcome_note from care_task where customer_id = @anna", new { anna }))!.ShouldContain("A message takes its place.");
            (await work.ListAsync<string>("select state from care_task where customer_id = @otto", new { otto })).ShouldBe(["cancelled"]);
            (await work.FirstAsync<string>("select title from care_task where customer_id = @ines and kind = 'internal' and state = 'open'", new { ines }))!.ShouldStartWith("Not possible in time");
            (await LedgerStore.FindAsync(work)).ShouldBeEmpty();
        }
        var again = await data.AskAsync(ContactKit.Request(anna, channels: [Channel.Phone, Channel.Email]));
        (again.IsRepeat, again.Channel, again.OutboxId is not null).ShouldBe((true, Channel.Email, true));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task F12_a_step_that_is_asked_for_twice_happens_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await data.CustomerAsync();
        var first = await data.AskAsync(ContactKit.Request(anna, channels: Channel.Email));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => data.AskAsync(ContactKit.Request(anna, channels: Channel.Phone)))));
        answers.ShouldAllBe(answer => answer.IsRepeat && answer.OutboxId == first.OutboxId);
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from outbox")).ShouldBe(1);
        (await work.ScalarAsync<long>("select count(*) from care_task")).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task a_statement_that_is_told_twice_is_kept_once(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var anna = await data.CustomerAsync();
        var statement = ContactKit.Statement(anna, OnlyMail, ContactKit.Noon, "nul \0 and bell \a");
        await using (var work = await data.WriteAsync())
        {
            (await new PreferenceStore(work).RecordAsync(statement, ContactKit.Noon))!.IsNew.ShouldBeTrue();
            (await new PreferenceStore(work).RecordAsync(statement with { StatementId = Ids.New(ContactKit.Noon) }, ContactKit.Noon))!.IsNew.ShouldBeFalse();
            (await new PreferenceStore(work).RecordAsync(statement with { CustomerId = Ids.New(ContactKit.Noon) }, ContactKit.Noon)).ShouldBeNull();
            await work.CommitAsync();
        }
        await using var read = await data.ReadAsync();
        (await new PreferenceStore(read).StatementsAsync(anna)).Single().Words.ShouldBe("nul  and bell");
        (await new PreferenceStore(read).WishesAsync(anna)).For(Purpose.Care)!.Channels.ShouldBe([Channel.Email]);
    }
}
