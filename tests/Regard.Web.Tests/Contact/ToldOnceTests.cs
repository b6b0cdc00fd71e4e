using System.Net;
using System.Text.RegularExpressions;
using Regard.Access;
using Regard.Kit;
using Regard.Timeline;

namespace Regard.Contact;

/// <summary>Told once is enough: wherever staff meet a customer they write down with one key what was said.</summary>
public sealed class ToldOnceTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task every_page_on_which_staff_meet_a_customer_leads_with_one_key_to_what_they_told(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        using var staff = await server.SignInAsync(Role.Administrator);
        var task = (await server.Data.AskAsync(ContactKit.Request(anna, channels: Channel.Phone), server.Clock.GetCurrentInstant())).TaskId;
        using var opened = await staff.PostFormAsync($"/cases/{anna}/new", ("subject", "A dent"), ("description", "The pot came with a dent."), ("channel", "voicemail"), ("form_id", Ids.New(server.Clock.GetCurrentInstant()).ToString()),
            ("owner_id", staff.Actor!.Id.ToString()!), ("promised_at", "2100-01-01T12:00"));
        opened.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var customer = $"/customers/{anna}";
        string[] pages = [customer, $"{customer}/orders", $"{customer}/preferences", $"{customer}/record", $"{customer}/erase", $"/cases/{anna}/new", opened.Headers.Location!.OriginalString, $"/tasks/{anna}/{task}"];
        foreach (var path in pages)
        {
            var page = await staff.GetStringAsync(path);
            var link = Regex.Match(page, "<a[^>]* href=\"([^\"]*)#told\"[^>]* data-shortcut=\"t\"[^>]* aria-keyshortcuts=\"t\"");
            link.Success.ShouldBeTrue(path);
            var form = link.Groups[1].Value.Length == 0 ? page : await staff.GetStringAsync(link.Groups[1].Value);
            form.ShouldContain($"action=\"/customers/{anna}/preferences\"", customMessage: path);
            form.ShouldContain("id=\"told\"", customMessage: path);
        }
    }

    [Theory, Trait("req", "P6")]
    [InlineData("voicemail", "phone", "voicemail")]
    [InlineData("call", "phone", "call")]
    [InlineData("mail", "email", "mail")]
    public async Task a_note_of_what_they_said_is_offered_with_the_sentence_marked_and_a_person_confirms(string kind, string channel, string place)
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var anna = await server.Data.CustomerAsync();
        await using (var work = await server.Data.WriteAsync())
        {
            var now = server.Clock.GetCurrentInstant();
            await new TimelineStore(work).AppendAsync(anna, [new Touchpoint
            {
                At = now,
                Department = Department.Service,
                Kind = kind,
                Channel = channel,
                Direction = Direction.In,
                Summary = "What she left",
                Body = """{"note": "The parcel is here. Bitte rufen Sie mich nicht mehr an. Danke!"}""",
                Source = "test",
                SourceId = kind,
            }], now);
            await work.CommitAsync();
        }
        using var staff = await server.SignInAsync(Role.Agent);
        (await staff.GetStringAsync($"/customers/{anna}")).ShouldContain($"<input type=\"hidden\" name=\"Place\" value=\"{place}\"");
        var proposal = await (await staff.PostFormAsync($"/customers/{anna}/preferences/propose", ("Words", "The parcel is here. Bitte rufen Sie mich nicht mehr an. Danke!"), ("Place", place))).Content.ReadAsStringAsync();
        proposal.ShouldContain("<mark>Bitte rufen Sie mich nicht mehr an.</mark>");
        proposal.ShouldContain($"<option value=\"{place}\" selected>");
        await using var read = await server.Data.ReadAsync();
        (await new PreferenceStore(read).StatementsAsync(anna)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task staff_correct_what_was_written_down_wrongly_and_the_record_stays(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        var wrong = await server.Data.SayAsync(anna, new Wish { Never = true }, ContactKit.Noon, "never mind");
        using var staff = await server.SignInAsync(Role.Agent);
        (await staff.GetStringAsync($"/customers/{anna}/preferences")).ShouldContain($"/customers/{anna}/preferences/{wrong.StatementId}");
        await staff.PostFormAsync($"/customers/{anna}/preferences/{wrong.StatementId}", ("answer", "wrong"), ("place", "call"));
        await using var read = await server.Data.ReadAsync();
        (await new PreferenceStore(read).WishesAsync(anna)).Purposes.ShouldBeEmpty();
        (await new PreferenceStore(read).StatementsAsync(anna)).Select(statement => statement.Wish.Withdraws).ShouldBe([wrong.StatementId, null], ignoreOrder: true);
    }
}
