using Regard.Access;
using Regard.Cases;
using Regard.Channels;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Mail;

/// <summary>Mails that come in, and what follows.</summary>
[Trait("req", "P5")]
public sealed class MailIntakeTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F15_a_mailbox_that_is_gone_is_a_fact_about_the_address_and_no_wish(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var house = await MailKit.SentAsync(data);
        var mail = MailKit.Bounce("5.1.1", "550 5.1.1 User unknown");
        (await house.ReceiveAsync(mail, house.ReturnTo.ToUpperInvariant())).ShouldSatisfyAllConditions(
            receipt => receipt.Kind.ShouldBe(MailKind.Bounce), receipt => receipt.Customers.ShouldBe([house.Anna]), receipt => receipt.IsNew.ShouldBeTrue());
        (await house.ReceiveAsync(mail, house.ReturnTo.ToUpperInvariant())).IsNew.ShouldBeFalse();
        (await house.IsUndeliverableAsync()).ShouldBeTrue();
        (await house.StatementsAsync()).ShouldBe(0);
        (await house.WorkAsync()).ShouldHaveSingleItem().ShouldContain("there is no such mailbox (5.1.1)");
        (await house.TimelineAsync("bounce")).Count.ShouldBe(1);
        (await house.SeeAsync(work => work.FirstAsync<string>("select explanation from outbox where outbox_id = @OutboxId", new { house.OutboxId }))).ShouldBe("A mail came back: there is no such mailbox (5.1.1)");
        var next = await data.AskAsync(ContactKit.Request(house.Anna, "next", Purpose.Care, Channel.Email));
        next.Reasons.Select(reason => reason.Code).ShouldContain(ReasonCode.Undeliverable);
    }

    [Fact]
    public async Task mails_that_fail_for_now_count_only_over_days()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        var house = await MailKit.SentAsync(data);
        for (var i = 0; i < 5; i++) await house.ReceiveAsync(MailKit.Bounce("4.2.2", "452 4.2.2 Mailbox full", number: i), house.ReturnTo, MailKit.Noon + Duration.FromHours(i));
        await house.ReceiveAsync(MailKit.Bounce("4.4.1", "timed out", number: 10, action: "delayed"), house.ReturnTo, MailKit.Noon + Duration.FromDays(1));
        await house.ReceiveAsync(MailKit.Bounce("4.2.2", "452 4.2.2 Mailbox full", number: 11), house.ReturnTo, MailKit.Noon + Duration.FromDays(2));
        (await house.IsUndeliverableAsync()).ShouldBeFalse();
        await house.ReceiveAsync(MailKit.Bounce("4.2.2", "452 4.2.2 Mailbox full", number: 12), house.ReturnTo, MailKit.Noon + Duration.FromDays(3));
        (await house.IsUndeliverableAsync()).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F15_a_complaint_stops_what_we_begin_there_and_is_no_false_no(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var house = await MailKit.SentAsync(data);
        (await house.ReceiveAsync(house.Complaint(), "fbl@shop.example")).Customers.ShouldBe([house.Anna]);
        (await house.StatementsAsync()).ShouldBe(0);
        (await house.WorkAsync()).ShouldHaveSingleItem().ShouldStartWith("Ask how they want to be contacted");
        var care = await data.AskAsync(ContactKit.Request(house.Anna, "care", Purpose.Care, Channel.Email));
        care.Verdict.ShouldBe(VerdictKind.Refused);
        care.Reasons.ShouldHaveSingleItem().ToCustomer().ShouldContain("reported as unwanted");
        (await data.AskAsync(ContactKit.Request(house.Anna, "answer", Purpose.Service, Channel.Email))).Verdict.ShouldBe(VerdictKind.Permitted);
    }

    [Fact]
    public async Task where_every_mail_has_its_own_return_address_a_report_without_one_is_not_believed()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        var house = await MailKit.SentAsync(data);
        var forged = house.ReturnTo[..5] + (house.ReturnTo[5] == 'a' ? 'b' : 'a') + house.ReturnTo[6..];
        await house.ReceiveAsync(MailKit.Bounce("5.1.1", "550 no such user"), forged);
        (await house.IsUndeliverableAsync()).ShouldBeFalse();
        (await house.WorkAsync()).ShouldHaveSingleItem().ShouldContain("look at it");
        await house.ReceiveAsync(MailKit.Bounce("5.1.1", "550 no such user", house.MessageId, 2), "care@shop.example");
        (await house.IsUndeliverableAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task without_return_addresses_the_reported_address_says_whose_it_is()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        var house = await MailKit.SentAsync(data, returnDomain: null);
        await house.ReceiveAsync(MailKit.Bounce("5.1.1", "550 no such user"), "care@regard.example");
        (await house.IsUndeliverableAsync()).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task unsubscribing_by_mail_is_the_customers_own_act(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var house = await MailKit.SentAsync(data);
        await house.ReceiveAsync(MailKit.Letter("unsubscribe", "", from: "other@example.net"), house.UnsubscribeAt);
        var said = await house.SeeAsync(async work => (await new PreferenceStore(work).StatementsAsync(house.Anna)).Single());
        (said.Place, said.IsOwnWord, said.Wish.Purposes!.Single().Purpose).ShouldBe((StatementPlace.Mail, true, Purpose.Care));
        (await data.AskAsync(ContactKit.Request(house.Anna, "care", Purpose.Care, Channel.Email))).Reasons.ShouldContain(reason => reason.Code == ReasonCode.PurposeUnwelcome);
        (await house.WorkAsync()).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_person_who_writes_gets_a_case_with_an_owner_and_loses_nothing_that_waits(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(MailKit.Noon);
        var agent = await server.SignInAsync(Role.Agent);
        var house = await MailKit.SentAsync(server.Data);
        var waiting = await server.Data.AskAsync(ContactKit.Request(house.Anna, "later", Purpose.Care, Channel.Email) with { Earliest = MailKit.Noon + Duration.FromDays(1) });
        var letter = MailKit.Letter("Re: A change", "Does that hold for my standing order too?\n\nOn Mon, 23 Nov 2026, Regard wrote:\n> the price changes", $"In-Reply-To: <{house.MessageId}>\n");
        await house.ReceiveAsync(letter, "care@regard.example");
        (await house.ReceiveAsync("Received: by another way\n" + letter, "care@regard.example")).IsNew.ShouldBeFalse();
        await house.ReceiveAsync(MailKit.Letter("Re: A change", "And for my sister?", "In-Reply-To: <answer@regard.example>\nReferences: <letter1@example.org> <answer@regard.example>\n", number: 2), "care@regard.example");
        var opened = await house.SeeAsync(async work => (await new CaseStore(work).OfCustomerAsync(house.Anna)).Single());
        (opened.Subject, opened.Description, opened.OwnerId, opened.PromisedAt).ShouldBe(("Re: A change", "Does that hold for my standing order too?", agent.Actor!.Id!.Value, MailKit.Noon + Duration.FromHours(24)));
        (await house.TimelineAsync("mail")).Count(point => point.Direction == Timeline.Direction.In).ShouldBe(2);
        (await house.SeeAsync(work => work.ScalarAsync<string>("select state from outbox where outbox_id = @id", new { id = waiting.OutboxId }))).ShouldBe("queued");
        (await house.StatementsAsync()).ShouldBe(0);
        (await agent.GetStringAsync($"/customers/{house.Anna}")).ShouldContain("Re: A change");
    }

    [Fact]
    public async Task an_absence_is_a_note_and_nothing_else()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        var house = await MailKit.SentAsync(data);
        await house.ReceiveAsync(MailKit.Letter("Abwesenheitsnotiz: Preise", "Ich bin im Urlaub. Bitte keine Mails mehr!", "Auto-Submitted: auto-replied\n"), house.ReturnTo);
        (await house.TimelineAsync("auto_reply")).Single().Summary.ShouldBe("Automatic answer: Abwesenheitsnotiz: Preise");
        (await house.WorkAsync()).ShouldBeEmpty();
        (await house.StatementsAsync()).ShouldBe(0);
        (await house.IsUndeliverableAsync()).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_strangers_mail_waits_until_somebody_says_whose_it_is(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        server.Clock.Reset(MailKit.Noon);
        var agent = await server.SignInAsync(Role.Agent);
        var house = await MailKit.SentAsync(server.Data);
        var key = await server.MakeKeyAsync(Right.MailsWrite);
        async Task<string> HandOverAsync(string mail)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/mails") { Content = new StringContent(mail, null, "message/rfc822") };
            request.Headers.Authorization = new("Bearer", key);
            request.Headers.Add("Envelope-To", "care@regard.example");
            using var answer = await server.Client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadAsStringAsync();
        }
        var letter = MailKit.Letter("My order", "Where is it?", from: "new@example.net");
        (await HandOverAsync(letter)).ShouldContain("\"customer_ids\":[]");
        (await HandOverAsync(letter)).ShouldContain("\"is_new\":false");
        (await agent.GetStringAsync("/settings/mail")).ShouldContain("new@example.net");
        var id = (await house.SeeAsync(work => work.FirstAsync<string>("select source_id from stray_mail")))!;
        (await agent.PostFormAsync($"/settings/mail/{id}/assign", ("customer", "anna@example.org"))).Headers.Location!.ToString().ShouldBe($"/customers/{house.Anna}");
        (await house.SeeAsync(async work => (await new CaseStore(work).OfCustomerAsync(house.Anna)).Single())).Description.ShouldBe("Where is it?");
        (await agent.GetStringAsync("/settings/mail")).ShouldContain("No mail waits");
        (await house.SeeAsync(work => work.FirstAsync<string>("select raw from stray_mail"))).ShouldBe("");
    }

    [Fact]
    public void an_address_of_a_message_is_short_and_nobody_else_can_make_one()
    {
        var (key, other) = (new byte[32], Enumerable.Repeat((byte)1, 32).ToArray());
        for (var i = 0; i < 200; i++)
        {
            var token = new MailToken(i % 2 == 0 ? MailToken.Bounce : MailToken.Unsubscribe, Ids.New(MailKit.Noon));
            var local = token.Write(key);
            local.Length.ShouldBeLessThanOrEqualTo(64);
            MailToken.Read(local.ToUpperInvariant() + "@x.example", key).ShouldBe(token);
            MailToken.Read(local, other).ShouldBeNull();
            MailToken.Read((local[0] == 'b' ? 'u' : 'b') + local[1..], key).ShouldBeNull();
            MailToken.Read(local[..^1], key).ShouldBeNull();
        }
    }
}
