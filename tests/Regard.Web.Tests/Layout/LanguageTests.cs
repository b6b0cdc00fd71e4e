using System.Net;
using System.Text.RegularExpressions;
using Regard.Contact;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Layout;

/// <summary>Customers read the house in their own language, on every page that is theirs.</summary>
public sealed partial class LanguageTests
{
    private static readonly string[] Signed = ["/me", "/me/preferences", "/me/contacts", "/me/orders", "/me/data", "/me/data/erase", "/me/nowhere"];
    private static readonly string[] Anybodys = ["/me/sign-in", "/me/link/none", "/u/none", "/how/none", "/consent/none", "/wishes/none"];

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "M1")]
    public async Task no_page_of_a_customer_shows_an_english_sentence_to_who_reads_german_or_spanish(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var (customer, links) = await RichCustomerAsync(server);
        using var browser = await server.SignInCustomerAsync(customer);
        var failures = new List<string>();
        foreach (var path in Signed.Concat(Anybodys).Concat(links))
        {
            var english = await TextsAsync(browser, HouseLanguage.English, path);
            english.ShouldNotBeEmpty(path);
            foreach (var language in new[] { HouseLanguage.German, HouseLanguage.Spanish })
                failures.AddRange((await TextsAsync(browser, language, path)).Where(text => english.Contains(text) && IsSentence(text)).Select(text => $"{path} in {language}: {text}"));
        }
        failures.ShouldBeEmpty();
    }

    [Fact, Trait("req", "M1")]
    public async Task what_forms_and_flashes_answer_is_in_the_language_of_the_page()
    {
        await using var server = await TestServer.StartAsync("sqlite");
        var (customer, links) = await RichCustomerAsync(server);
        using var browser = await server.SignInCustomerAsync(customer);
        await ChooseAsync(browser, "de");
        (await PageAsync(await browser.PostFormAsync("/me/preferences", ("care_1", "pigeon")))).ShouldContain(WishPhrases.BadChoice.German);
        (await PageAsync(await browser.PostFormAsync("/me/preferences", ("from_1_1", "25:00")))).ShouldContain(WishPhrases.BadHours.German);
        (await PageAsync(await browser.PostFormAsync("/me/preferences"))).ShouldContain(WishPhrases.NoChoice.German);
        await browser.PostFormAsync("/me/preferences", ("care_1", "email"));
        (await browser.GetStringAsync("/me/preferences")).ShouldContain(CentrePhrases.Saved.German);
        using var stranger = TestBrowser.Of(server, null);
        await ChooseAsync(stranger, "de");
        (await PageAsync(await stranger.PostFormAsync("/me/sign-in", ("email", "none")))).ShouldContain("Das ist keine E-Mail-Adresse.");
        (await PageAsync(await browser.PostFormAsync("/me/data/erase"))).ShouldContain(Regard.Customers.DataPhrases.NotErased.German);
        var how = links.Single(link => link.StartsWith("/how/", StringComparison.Ordinal));
        (await PageAsync(await stranger.PostFormAsync(how, ("AtMost", "many")))).ShouldContain(WishPhrases.BadCount.German);
        (await PageAsync(await stranger.PostFormAsync(how, ("Everything", "only email")))).ShouldContain(LinkPhrases.Thanks.German);
        (await PageAsync(await stranger.PostFormAsync(links.Single(link => link.StartsWith("/u/", StringComparison.Ordinal)), ("scope", "less")))).ShouldContain(LinkPhrases.Less.German);
        // A form from elsewhere is turned away, in German too.
        (await PageAsync(await browser.PostAsync("/me/preferences", new FormUrlEncodedContent([])))).ShouldContain("Dieses Formular konnte nicht gelesen werden");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "M1")]
    public async Task a_language_chosen_by_hand_comes_before_their_own_and_that_before_the_browsers(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        using var browser = await server.SignInCustomerAsync(anna);
        (await LanguageAsync(browser, "/me", "es-MX,es;q=0.9")).ShouldBe("es");
        (await LanguageAsync(browser, "/me", "fr")).ShouldBe("en");
        // Their own, told by themselves on the page.
        await browser.PostFormAsync("/me/preferences", ("language", "de"));
        (await LanguageAsync(browser, "/me", "es")).ShouldBe("de");
        var wishes = await WishesLinkAsync(server, anna);
        using var reader = TestBrowser.Of(server, null);
        (await LanguageAsync(reader, wishes, "es")).ShouldBe("de");
        using var chosen = await reader.PostAsync("/language", new FormUrlEncodedContent([new("language", "es"), new("back", wishes)]));
        chosen.Headers.Location!.OriginalString.ShouldBe(wishes);
        (await LanguageAsync(reader, wishes, "en")).ShouldBe("es");
        (await reader.PostAsync("/language", new FormUrlEncodedContent([new("language", "xx")]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        // Staff's pages are in English, whoever shares the browser.
        (await LanguageAsync(reader, "/sign-in", "de")).ShouldBe("en");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P6")]
    public async Task the_language_that_somebody_told_once_is_theirs_in_every_letter(string engine)
    {
        await using var server = await TestServer.StartAsync(engine);
        var anna = await server.Data.CustomerAsync();
        await server.Data.SayAsync(anna, new Wish { Language = "es" }, ContactKit.Noon, "en español, por favor");
        await server.Data.SayAsync(anna, new Wish { Language = "de" }, ContactKit.Noon + Duration.FromHours(1), basis: StatementBasis.Imported);
        await using var work = await server.Data.ReadAsync();
        (await new Regard.Customers.ProfileStore(work).ReadAsync(anna))!.Language.ShouldBe("es");
    }

    [Theory]
    [InlineData(HouseLanguage.German, 123450, "EUR", "1.234,50\u00a0€")]
    [InlineData(HouseLanguage.Spanish, -300, "GBP", "−3,00\u00a0£")]
    [InlineData(HouseLanguage.Spanish, 1234500, "KWD", "1.234,500\u00a0KWD")]
    [InlineData(HouseLanguage.English, 123450, "EUR", "€1,234.50")]
    public void money_is_written_as_the_reader_writes_it(HouseLanguage language, long minor, string currency, string text) =>
        MoneyText.For(new Money(minor, currency), language: language).ShouldBe(text);

    [Theory]
    [InlineData(HouseLanguage.German, -300, "vor 5 Min.")]
    [InlineData(HouseLanguage.German, 86400, "in 1 Tag")]
    [InlineData(HouseLanguage.German, -259200, "vor 3 Tagen")]
    [InlineData(HouseLanguage.Spanish, 7300, "dentro de 2 horas")]
    public void a_distance_is_told_in_the_readers_language(HouseLanguage language, int seconds, string text) =>
        WhenText.Distance(ContactKit.Noon + Duration.FromSeconds(seconds), ContactKit.Noon, language).ShouldBe(text);

    /// <summary>Somebody with an order, something said and quoted, something held back, an open case and a message; and their links.</summary>
    private static async Task<(Guid Customer, IReadOnlyList<string> Links)> RichCustomerAsync(TestServer server)
    {
        var anna = await server.Data.CustomerAsync();
        var now = server.Clock.GetCurrentInstant();
        await server.Data.SayAsync(anna, new Wish { Purposes = [new PurposeWish(Purpose.Marketing, [])], Limits = [new ContactLimit(Purpose.Care, 1, 30)], Person = "Maria" }, ContactKit.Noon, "Nie wieder Werbung");
        await server.Data.SayAsync(anna, new Wish { NoChannels = [Channel.Letter], Hours = [new HoursWish(null, [new ContactWindow([IsoDayOfWeek.Monday], new LocalTime(22, 0), new LocalTime(2, 0))])] }, ContactKit.Noon, basis: StatementBasis.Imported);
        await server.Data.SayAsync(anna, new Wish { PauseUntil = now + Duration.FromDays(40), OnHolidays = false }, ContactKit.Noon);
        foreach (var purpose in Purposes.All) await server.Data.AskAsync(ContactKit.Request(anna, $"step:{purpose}", purpose) with { LatestUseful = now + Duration.FromDays(60) }, now);
        var key = await LinkKeyStore.ReadAsync(server.Data.Database, server.Clock, CancellationToken.None);
        string Link(LinkUse use) => new PersonalLink(use, anna, Ids.New(now), now + Duration.FromDays(7)).Write(key);
        return (anna, ["/u/" + new UnsubscribeToken(anna, Purpose.Care, Ids.New(now)).Write(key), "/how/" + Link(LinkUse.Asking), "/consent/" + Link(LinkUse.Consent), "/wishes/" + Link(LinkUse.Wishes)]);
    }

    private static async Task<string> WishesLinkAsync(TestServer server, Guid customerId)
    {
        var key = await LinkKeyStore.ReadAsync(server.Data.Database, server.Clock, CancellationToken.None);
        return "/wishes/" + new PersonalLink(LinkUse.Wishes, customerId, Guid.Empty, server.Clock.GetCurrentInstant() + Duration.FromDays(1)).Write(key);
    }

    private static async Task<HashSet<string>> TextsAsync(TestBrowser browser, HouseLanguage language, string path)
    {
        await ChooseAsync(browser, language.Tag());
        var page = await PageAsync(await browser.GetAsync(path));
        page.ShouldContain($"<html lang=\"{language.Tag()}\"");
        // What somebody said is in the language in which they said it.
        page = Quote().Replace(page, " ");
        return [.. Attribute().Matches(page).Concat(Text().Matches(page)).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value).Replace(" · Regard", "", StringComparison.Ordinal).Trim()).Where(text => text.Length > 0)];
    }

    // Names, numbers and marks are the same everywhere; three words with a small letter among them are a sentence of ours.
    private static bool IsSentence(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.Length > 1 && char.IsLetter(word[0])) >= 2;

    private static Task<HttpResponseMessage> ChooseAsync(TestBrowser browser, string language) => browser.PostAsync("/language", new FormUrlEncodedContent([new("language", language)]));

    private static async Task<string> LanguageAsync(TestBrowser browser, string path, string accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Language", accepted } } };
        return Regex.Match(await PageAsync(await browser.SendAsync(request)), "<html lang=\"(..)\"").Groups[1].Value;
    }

    private static async Task<string> PageAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    [GeneratedRegex("<blockquote.*?</blockquote>|“[^”]*”|„[^“]*“|«[^»]*»|<form class=\"language-switch.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Quote();

    [GeneratedRegex(">([^<>]+)<")]
    private static partial Regex Text();

    [GeneratedRegex("(?:title|aria-label|placeholder|alt)=\"([^\"]+)\"")]
    private static partial Regex Attribute();
}
