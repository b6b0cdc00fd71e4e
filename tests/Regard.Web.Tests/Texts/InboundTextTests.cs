using System.Net;
using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Texts;

public sealed class InboundTextTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task a_stop_binds_everybody_who_has_the_number_and_stops_what_waits(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        var data = server.Data;
        var (anna, otto) = (await data.AnnaAsync(), await data.AnnaAsync(name: "otto"));
        var number = await SharedAsync(data, anna, otto);
        await data.AskAsync(ContactKit.Request(otto, channels: Channel.Sms));
        (await server.TextAsync(number, " Stop! ")).ShouldBe(HttpStatusCode.OK);
        foreach (var customer in new[] { anna, otto })
        {
            (await data.IsTextWelcomeAsync(customer)).ShouldBeFalse();
            (await data.IsTextWelcomeAsync(customer, Purpose.Service)).ShouldBeFalse();
            var said = (await data.SeeAsync(work => new PreferenceStore(work).StatementsAsync(customer)))[0];
            (said.Words, said.Place, said.IsOwnWord).ShouldBe(("Stop!", StatementPlace.Text, true));
            said.Source.ShouldNotContain(number);
        }
        (await data.MessageAsync(otto)).State.ShouldBe("cancelled");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task a_start_gives_back_what_a_stop_took_and_nothing_else(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        var data = server.Data;
        var anna = await data.AnnaAsync();
        var never = await data.CustomerAsync("never");
        var (number, other) = (await data.NumberAsync(anna), await data.NumberAsync(never));
        await server.TextAsync(number, "STOPP", "SM-1");
        await server.TextAsync(number, "STOP", "SM-2");
        await server.TextAsync(number, "start", "SM-3");
        (await data.IsTextWelcomeAsync(anna)).ShouldBeTrue("both stops were taken back");
        (await data.IsTextWelcomeAsync(anna, Purpose.Marketing)).ShouldBeTrue("she had said yes in the portal before");
        await server.TextAsync(other, "STOP", "SM-4");
        await server.TextAsync(other, "START", "SM-5");
        (await data.IsTextWelcomeAsync(never, Purpose.Marketing)).ShouldBeFalse("a start is no consent");
        (await data.IsTextWelcomeAsync(never)).ShouldBeFalse("our rules use no texts unasked");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task a_start_does_not_take_back_what_was_refused_elsewhere_or_by_another_number(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        var data = server.Data;
        var anna = await data.AnnaAsync();
        var number = await data.NumberAsync(anna);
        await data.SayAsync(anna, new Wish { NoChannels = [Channel.Sms] }, ContactKit.Noon, "no texts, please");
        await server.TextAsync(number, "STOP", "SM-1");
        await server.TextAsync(number, "START", "SM-2");
        (await data.IsTextWelcomeAsync(anna)).ShouldBeFalse();
        var otto = await data.AnnaAsync(name: "otto");
        await server.TextAsync(await data.NumberAsync(otto), "STOP", "SM-3");
        await using (var work = await data.WriteAsync())
        {
            await new IdentityDesk(work).AddAsync(otto, IdentityDraft.Phone("+4366055555"), null, ContactKit.By, ContactKit.Noon);
            await work.CommitAsync();
        }
        await server.TextAsync("+4366055555", "START", "SM-4");
        (await data.IsTextWelcomeAsync(otto)).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F12_a_stop_that_is_told_again_after_a_start_does_not_come_back(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        var anna = await server.Data.AnnaAsync();
        var number = await server.Data.NumberAsync(anna);
        foreach (var (words, id) in new[] { ("STOP", "SM-1"), ("START", "SM-2"), ("STOP", "SM-1"), ("START", "SM-2") }) (await server.TextAsync(number, words, id)).ShouldBe(HttpStatusCode.OK);
        (await server.Data.IsTextWelcomeAsync(anna)).ShouldBeTrue();
        (await server.Data.SeeAsync(work => work.ScalarAsync<long>("select count(*) from received_text"))).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task what_a_person_writes_becomes_a_case_and_a_wish_in_it_is_proposed_and_not_taken(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        using var client = await server.SignInAsync(Role.Agent);
        var anna = await server.Data.AnnaAsync();
        var number = await server.Data.NumberAsync(anna);
        await server.TextAsync(number, "Where is my parcel? And please stop calling me.", "SM-1");
        await server.TextAsync(number, "Hello?", "SM-2");
        await server.TextAsync(number, "yes", "SM-3");
        (await server.Data.SeeAsync(work => work.ScalarAsync<long>("select count(*) from service_case where customer_id = @anna and channel = 'text'", new { anna }))).ShouldBe(1);
        (await server.Data.TimelineAsync(anna)).Count.ShouldBe(3);
        (await server.Data.SeeAsync(work => new PreferenceStore(work).StatementsAsync(anna))).Count.ShouldBe(1, "only what she said herself");
        (await client.GetStringAsync($"/customers/{anna}")).ShouldContain("It seems to say how they want to be contacted");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_answer_to_a_text_about_a_case_belongs_to_the_case(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        await using var provider = new ProviderServer();
        using var client = await server.SignInAsync(Role.Agent);
        var anna = await server.Data.AnnaAsync();
        var number = await server.Data.NumberAsync(anna);
        await server.TextAsync(number, "Where is my parcel?", "SM-1");
        var known = await server.Data.SeeAsync(work => work.FirstAsync<Guid>("select case_id from service_case"));
        await server.Data.AskAsync(ContactKit.Request(anna, "answer", Purpose.Service, Channel.Sms) with { About = $"case:{known}" }, server.Clock.GetCurrentInstant());
        await server.Data.Dispatch(provider, at: server.Clock.GetCurrentInstant()).RunAsync(10, CancellationToken.None);
        await server.TextAsync(number, "Thank you, but which day?", "SM-2");
        (await server.Data.SeeAsync(work => work.ScalarAsync<long>("select count(*) from received_text where case_id = @known", new { known }))).ShouldBe(2);
        (await server.Data.SeeAsync(work => work.ScalarAsync<long>("select count(*) from service_case"))).ShouldBe(1);
    }

    [Fact]
    public async Task whoever_asks_who_we_are_is_told_in_their_language_and_nothing_changes()
    {
        await using var server = await TextKit.ServeAsync("sqlite");
        var anna = await server.Data.AnnaAsync();
        foreach (var (words, part) in new[] { ("HELP", "This is Regard"), ("Hilfe", "Hier schreibt Regard"), ("ayuda", "Le escribe Regard") })
        {
            using var answer = await server.TellAsync("/provider/texts", new() { ["MessageSid"] = "SM" + words, ["From"] = await server.Data.NumberAsync(anna), ["Body"] = words });
            (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain($"<Response><Message>{part}");
        }
        using var other = await server.TellAsync("/provider/texts", new() { ["MessageSid"] = "SMx", ["From"] = await server.Data.NumberAsync(anna), ["Body"] = "STOP" });
        (await other.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("<Response />");
        (await server.Data.SeeAsync(work => work.ScalarAsync<long>("select count(*) from service_case"))).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_text_of_nobody_we_know_waits_for_people_and_can_be_given_to_a_customer(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        using var client = await server.SignInAsync(Role.Agent);
        var anna = await server.Data.AnnaAsync();
        await server.TextAsync("+4366044444", "STOP", "SM-1");
        await server.TextAsync("+4366044444", "Hello <b>", "SM-2");
        await server.TextAsync("+4366044444", "Hello <b>", "SM-2");
        var page = await client.GetStringAsync("/settings/texts");
        page.ShouldContain("Hello &lt;b&gt;");
        (await client.PostFormAsync("/settings/texts/SM-1/assign", ("customer", "nobody@example.org"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await server.Data.IsTextWelcomeAsync(anna)).ShouldBeTrue();
        (await client.PostFormAsync("/settings/texts/SM-1/assign", ("customer", "anna@example.org"))).Headers.Location!.OriginalString.ShouldBe($"/customers/{anna}");
        (await server.Data.IsTextWelcomeAsync(anna)).ShouldBeFalse("the stop was hers");
        await client.PostFormAsync("/settings/texts/SM-2/discard");
        (await server.Data.SeeAsync(work => work.ScalarAsync<long>("select count(*) from stray_text where words <> '' or number <> ''"))).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_stop_in_the_moment_of_the_hand_over_is_answered_after_it_or_prevents_it(string engine)
    {
        await using var server = await TextKit.ServeAsync(engine);
        await using var provider = new ProviderServer();
        var anna = await server.Data.AnnaAsync();
        var number = await server.Data.NumberAsync(anna);
        await server.Data.AskAsync(ContactKit.Request(anna, channels: Channel.Sms));
        var dispatch = server.Data.Dispatch(provider);
        var claimed = await dispatch.ClaimAsync(await server.Data.MessageAsync(anna), CancellationToken.None);
        Task<HttpStatusCode> stop;
        await using (var work = server.Data.Database.Engine == Engine.Sqlite ? await server.Data.ReadAsync() : await server.Data.WriteAsync())
        {
            (await new ClaimStore(work).HoldAsync([claimed!], ContactKit.Noon)).ShouldBe([true]);
            stop = server.TextAsync(number, "STOP");
            await Task.WhenAny(stop, Task.Delay(300, TestContext.Current.CancellationToken));
            stop.IsCompleted.ShouldBeFalse("it is answered when it binds");
        }
        (await stop).ShouldBe(HttpStatusCode.OK);
        await dispatch.SendAsync(claimed!, CancellationToken.None);
        provider.Messages.ShouldBeEmpty();
    }

    private static async Task<string> SharedAsync(TestDatabase data, Guid one, Guid other)
    {
        var number = await data.NumberAsync(one);
        await using var work = await data.WriteAsync();
        await work.ExecuteAsync("update identity set value = @number where customer_id = @other and kind = 'phone'", new { number, other });
        await work.CommitAsync();
        return number;
    }
}
