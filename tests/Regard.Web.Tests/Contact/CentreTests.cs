using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Regard.Customers;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>The preference centre: the whole of the wishes, in the portal and by a signed link.</summary>
public sealed class CentreTests
{
    private static readonly Instant Noon = ContactKit.Noon;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6"), Trait("req", "M18")]
    public async Task by_the_link_of_a_mail_one_changes_everything_without_a_sign_in(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        var path = await LinkAsync(server, anna);
        using var reader = TestBrowser.Of(server, null);
        var page = WebUtility.HtmlDecode(await reader.GetStringAsync(path));
        page.ShouldContain("a•••@e•••.org");
        page.ShouldNotContain("anna@example.org");
        page.ShouldNotContain("/me/orders");
        using (var head = await reader.SendAsync(new HttpRequestMessage(HttpMethod.Head, path))) head.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await StatementsAsync(server, anna)).ShouldBeEmpty();
        (await reader.PostFormAsync(path,
            ("care_1", "email"), ("care_2", "phone"), ("marketing_1", "none"), ("from_5_1", "22:00"), ("to_5_1", "01:30"), ("hours_for", "all"), ("holidays", "no"),
            ("limit_all_1_count", "2"), ("limit_all_1_days", "14"), ("limit_care_1_count", "1"), ("limit_care_1_days", "7"), ("PauseUntil", "2100-01-31"), ("person", "Maria"), ("language", "de"), ("Words", "so bitte")))
            .StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var said = (await StatementsAsync(server, anna)).ShouldHaveSingleItem();
        (said.Place, said.Words, said.RecordedBy).ShouldBe((StatementPlace.Link, "so bitte", $"customer:{anna}"));
        var wishes = await WishesAsync(server, anna);
        wishes.For(Purpose.Care)!.Channels.ShouldBe([Channel.Email, Channel.Phone]);
        wishes.For(Purpose.Marketing)!.Channels.ShouldBeEmpty();
        wishes.Limits.Select(state => state.Limit).ShouldBe([new ContactLimit(null, 2, 14), new ContactLimit(Purpose.Care, 1, 7)]);
        wishes.Hours.Select(state => state.Channel).ShouldBe([Channel.Email, Channel.Phone, Channel.Sms, Channel.Visit], ignoreOrder: true);
        WeekHours.Of(wishes.Hours[0].Windows).ToSpans().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            span => span.Days.ShouldBe([IsoDayOfWeek.Friday]), span => (span.From, span.To).ShouldBe((new LocalTime(22, 0), new LocalTime(1, 30))));
        (wishes.Person, wishes.Language, wishes.Holidays!.IsWelcome).ShouldBe(("Maria", "de", false));
        wishes.Pause!.Until.ShouldBe(new LocalDate(2100, 1, 31).AtStartOfDayInZone(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).ToInstant());
        // Sent again as it stands, it says nothing new.
        using var again = await reader.PostFormAsync(path, [.. Fields(await reader.GetStringAsync(path))]);
        again.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await StatementsAsync(server, anna)).Count.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task the_link_opens_wishes_alone_and_ends_with_its_time_and_with_the_customer(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var (anna, otto) = (await server.Data.CustomerAsync(), await server.Data.CustomerAsync("otto"));
        var path = await LinkAsync(server, anna);
        using var reader = TestBrowser.Of(server, null);
        foreach (var wrong in new[] { path[..^2] + "xx", path.Replace("/wishes/", "/how/", StringComparison.Ordinal), path.Replace("/wishes/", "/consent/", StringComparison.Ordinal), path.Replace("/wishes/", "/u/", StringComparison.Ordinal), path.Replace("/wishes/", "/me/link/", StringComparison.Ordinal) })
            ((int)(await reader.GetAsync(wrong)).StatusCode).ShouldBeInRange(404, 410, wrong);
        (await reader.GetAsync("/me/preferences")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        // What another customer said cannot be called wrong through it.
        var foreign = await server.Data.SayAsync(otto, new Wish { Never = true }, Noon);
        (await reader.PostFormAsync($"{path}/{foreign.StatementId}", ("answer", "wrong"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var own = await server.Data.SayAsync(anna, new Wish { Never = true }, Noon, "leave me alone", StatementBasis.Imported);
        (await reader.PostFormAsync($"{path}/{own.StatementId}", ("answer", "wrong"))).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await WishesAsync(server, anna)).Purposes.ShouldBeEmpty();
        // Without the form's token another site could press for them.
        (await reader.PostAsync(path, new FormUrlEncodedContent([new("care_1", "phone")]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        server.Clock.AdvanceDays(366);
        (await reader.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var fresh = await LinkAsync(server, anna);
        await using (var work = await server.Data.WriteAsync())
        {
            await new PrivacyDesk(work).EraseAsync(anna, ContactKit.By, server.Clock.GetCurrentInstant());
            await work.CommitAsync();
        }
        (await reader.GetAsync(fresh)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await reader.PostFormAsync(fresh, ("care_1", "phone"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task what_was_told_meanwhile_is_not_overwritten_unseen(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        await server.Data.SayAsync(anna, new Wish { Purposes = [new PurposeWish(Purpose.Care, [Channel.Phone])] }, Noon);
        using var customer = await server.SignInCustomerAsync(anna);
        var form = Fields(await customer.GetStringAsync("/me/preferences")).ToList();
        await server.Data.SayAsync(anna, new Wish { Never = true }, Noon + Duration.FromHours(1), "never again");
        (string, string)[] changed = [.. form.Where(field => field.Name != "person"), ("person", "Maria")];
        using var late = await customer.PostFormAsync("/me/preferences", changed);
        late.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var page = await late.Content.ReadAsStringAsync();
        page.ShouldContain("Something was told meanwhile");
        page.ShouldContain("value=\"Maria\"");
        (await WishesAsync(server, anna)).For(Purpose.Care)!.Channels.ShouldBeEmpty();
        (await StatementsAsync(server, anna)).Count.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task a_preview_says_what_it_means_and_neither_it_nor_a_fault_changes_anything(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        using var customer = await server.SignInCustomerAsync(anna);
        var preview = await (await customer.PostFormAsync("/me/preferences", ("care_1", "none"), ("person", "Zoë"), ("Preview", "true"))).Content.ReadAsStringAsync();
        preview.ShouldContain("what it would mean");
        preview.ShouldContain("<dd>not at all</dd>");
        preview.ShouldContain("Contact only with Zo&#xEB;.");
        preview.ShouldContain("You have not told us anything yet.");
        (await customer.PostFormAsync("/me/preferences", ("limit_all_1_count", "1"), ("limit_all_1_days", "0"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await StatementsAsync(server, anna)).ShouldBeEmpty();
    }

    [Fact, Trait("req", "P6")]
    public async Task every_wish_can_be_taken_back_singly()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var anna = await server.Data.CustomerAsync();
        using var customer = await server.SignInCustomerAsync(anna);
        await customer.PostFormAsync("/me/preferences", ("limit_all_1_count", "2"), ("limit_all_1_days", "30"), ("limit_care_1_count", "1"), ("limit_care_1_days", "30"), ("PauseUntil", "2100-01-31"), ("person", "Maria"), ("from_1_1", "09:00"), ("to_1_1", "12:00"), ("hours_for", "all"));
        server.Clock.AdvanceMinutes(1);
        await customer.PostFormAsync("/me/preferences", ("limit_care_1_count", ""), ("PauseUntil", ""), ("person", ""), ("hours_for", "calls"));
        var wishes = await WishesAsync(server, anna);
        wishes.Limits.ShouldHaveSingleItem().Limit.ShouldBe(new ContactLimit(null, 2, 30));
        wishes.Pause!.Until.ShouldBeLessThanOrEqualTo(server.Clock.GetCurrentInstant());
        wishes.Person.ShouldBeNull();
        wishes.Hours.Select(state => state.Channel).ShouldBe([Channel.Phone, Channel.Sms, Channel.Visit]);
        server.Clock.AdvanceMinutes(1);
        await customer.PostFormAsync("/me/preferences", ("from_1_1", ""), ("to_1_1", ""), ("limit_all_1_count", ""));
        wishes = await WishesAsync(server, anna);
        wishes.Hours.ShouldBeEmpty();
        wishes.Limits.ShouldBeEmpty();
    }

    [Fact, Trait("req", "P6")]
    public async Task mail_first_then_a_call_is_one_choice_and_opens_no_offers()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var anna = await server.Data.CustomerAsync();
        using var customer = await server.SignInCustomerAsync(anna);
        await customer.PostFormAsync("/me/preferences", ("Everything", "only email phone"));
        var wishes = await WishesAsync(server, anna);
        wishes.For(Purpose.Care)!.Channels.ShouldBe([Channel.Email, Channel.Phone]);
        WishSummary.Of(wishes, ContactPolicy.Strict).Single(summary => summary.Purpose == Purpose.Marketing).IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void a_form_that_is_sent_as_it_was_filled_says_nothing_whatever_the_wishes_are()
    {
        var random = new Demo.Seeded(5);
        for (var round = 0; round < 200; round++)
        {
            var statements = Enumerable.Range(0, random.Between(1, 4)).Select(n => ContactKit.Statement(Guid.Empty, AnyWish(random), Noon + Duration.FromHours(n))).ToList();
            var wishes = Wishes.Of(statements);
            var zone = random.Between(0, 1) == 0 ? null : "Australia/Lord_Howe";
            var form = CentreForm.Of(wishes, zone, Noon);
            var (changes, fault) = CentreForm.Sent(new FormCollection([]), form).Changes(form, zone, Noon);
            fault.ShouldBeNull();
            changes.ShouldBeEmpty();
        }
    }

    [Theory, Trait("req", "P6")]
    [InlineData("care_1", "pigeon")]
    [InlineData("care_1", "99")]
    [InlineData("from_1_1", "09:00")]
    [InlineData("limit_all_1_count", "101")]
    [InlineData("limit_all_1_count", "-1")]
    [InlineData("PauseUntil", "tomorrow")]
    [InlineData("language", "tlh")]
    [InlineData("Everything", "more of everything")]
    public void nonsense_is_refused_in_words(string name, string value)
    {
        var present = CentreForm.Of(Wishes.Unsaid, null, Noon);
        var (changes, fault) = CentreForm.Sent(new FormCollection(new Dictionary<string, StringValues> { [name] = value }), present).Changes(present, null, Noon);
        changes.ShouldBeEmpty();
        fault.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("maria@home.example", "m•••@h•••.example")]
    [InlineData("x@localhost", "x•••@l•••")]
    [InlineData("+4930123456", "•••56")]
    public void an_address_is_shown_to_its_owner_and_to_nobody_else(string address, string masked) => MaskedAddress.Of(address).ShouldBe(masked);

    private static Wish AnyWish(Demo.Seeded random) => random.Between(0, 6) switch
    {
        0 => new Wish { Purposes = [new PurposeWish(Purposes.All[random.Between(0, 4)], [.. Channels.All.Where(_ => random.Between(0, 1) == 0)])] },
        1 => new Wish { OnlyChannels = [Channels.All[random.Between(0, 5)]] },
        2 => new Wish { Hours = [new HoursWish(null, [new ContactWindow([(IsoDayOfWeek)random.Between(1, 7), (IsoDayOfWeek)random.Between(1, 7)], LocalTime.FromMinutesSinceMidnight(random.Between(0, 23) * 60), LocalTime.FromMinutesSinceMidnight(random.Between(0, 23) * 60))])] },
        3 => new Wish { Limits = [new ContactLimit(random.Between(0, 1) == 0 ? null : Purpose.Care, random.Between(0, 4), random.Between(1, 99))] },
        4 => new Wish { PauseUntil = Noon + Duration.FromDays(random.Between(1, 399)), OnHolidays = random.Between(0, 1) == 0 },
        5 => new Wish { Person = "Maria", Language = "fr" },
        _ => new Wish { NoChannels = [Channels.All[random.Between(0, 5)]], Never = random.Between(0, 2) == 0 ? true : null },
    };

    /// <summary>What a browser would send of the page's form if its reader changed nothing.</summary>
    private static IEnumerable<(string Name, string Value)> Fields(string page)
    {
        var form = Regex.Match(page, "<form class=\"card centre\".*?</form>", RegexOptions.Singleline).Value;
        foreach (Match input in Regex.Matches(form, "<input[^>]* name=\"([^\"]+)\"[^>]*>"))
            if (input.Groups[1].Value is var name && !name.StartsWith("__", StringComparison.Ordinal)) yield return (name, Regex.Match(input.Value, " value=\"([^\"]*)\"").Groups[1].Value);
        foreach (Match select in Regex.Matches(form, "<select[^>]* name=\"([^\"]+)\".*?</select>", RegexOptions.Singleline))
            yield return (select.Groups[1].Value, Regex.Match(select.Value, "<option value=\"([^\"]*)\" selected").Groups[1].Value);
    }

    private static async Task<string> LinkAsync(TestServer server, Guid customerId)
    {
        var key = await LinkKeyStore.ReadAsync(server.Data.Database, server.Clock, CancellationToken.None);
        return "/wishes/" + new PersonalLink(LinkUse.Wishes, customerId, Guid.Empty, server.Clock.GetCurrentInstant() + WishesLinkEndpoints.LinkLasts).Write(key);
    }

    private static async Task<Wishes> WishesAsync(TestServer server, Guid customerId)
    {
        await using var work = await server.Data.ReadAsync();
        return await new PreferenceStore(work).WishesAsync(customerId);
    }

    private static async Task<IReadOnlyList<PreferenceStatement>> StatementsAsync(TestServer server, Guid customerId)
    {
        await using var work = await server.Data.ReadAsync();
        return await new PreferenceStore(work).StatementsAsync(customerId);
    }
}
