using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Regard.Access;
using Regard.Contact;
using Regard.Customers;
using Regard.Kit;
using Regard.Orders;

namespace Regard.Journeys;

/// <summary>
/// One offer to all: refused for the one who said no, deferred for the one whose hours are not now, sent to the third. The second says no
/// before their hours come, and gets nothing when they do. Each sees why.
/// </summary>
public partial class CampaignJourney(Chromium chromium)
{
    // While it is written the second's hours are far; when it is started they begin so soon, rounded up to a minute: long enough to say no
    // before, short enough to wait for.
    private static readonly Duration Far = Duration.FromMinutes(60);
    private static readonly string[] Places = ["Europe/Berlin", "America/New_York", "Asia/Tokyo"];
    private static readonly Duration Soon = Duration.FromSeconds(100);

    [Theory, InlineData("sqlite"), InlineData("postgres")]
    [Trait("req", "P5"), Trait("req", "P6"), Trait("req", "L9"), Trait("pace", "long")]
    public async Task an_offer_to_all_reaches_only_who_wants_it_when_they_want_it_and_each_sees_why(string engine)
    {
        await using var shop = await ShopServer.StartAsync(engine);
        var zone = Zone();
        var first = await CustomerAsync(shop, "Nadia Never", "nadia@example.org", zone);
        var second = await CustomerAsync(shop, "Nick Night", "nick@example.org", zone);
        var third = await CustomerAsync(shop, "Yara Yes", "yara@example.org", zone);
        await RefuseAsync(shop, first);
        foreach (var customer in new[] { second, third }) await AgreeAsync(shop, customer);
        await using var manager = await Visitor.ComeAsync(chromium, shop, Role.Manager, name: "Mia Manager");
        await KeepToHoursAsync(shop, second, zone, Far);
        var address = await WriteAsync(manager);
        await ExpectPreviewAsync(manager);
        var opens = await KeepToHoursAsync(shop, second, zone, Soon);
        await manager.PressAsync("Start the campaign");
        await manager.PressAsync("Start now");
        await manager.SeesAsync("The campaign is started.");
        var mail = await MailAsync(shop, "yara@example.org");
        mail.ShouldContain("You bought Blue mug: it comes in green now.");
        mail.ShouldContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
        await ExpectOutcomesAsync(manager, address, ("held_back", "Nadia Never"), ("deferred", "Nick Night"), ("sent", "Yara Yes"));
        await OptOutAsync(shop, second);
        await ExpectOutcomesAsync(manager, address, ("held_back", "Nadia Never"), ("withdrawn", "Nick Night"), ("sent", "Yara Yes"));
        await Task.Delay(TimeSpan.FromSeconds(Math.Max(0, (opens - SystemClock.Instance.GetCurrentInstant()).TotalSeconds)) + TimeSpan.FromSeconds(5));
        OfferMails(shop, "nick@example.org").ShouldBeEmpty("the hours came, and nothing was sent");
        OfferMails(shop, "nadia@example.org").ShouldBeEmpty();
        OfferMails(shop, "yara@example.org").ShouldHaveSingleItem();
        await ExpectOutcomesAsync(manager, address, ("held_back", "Nadia Never"), ("withdrawn", "Nick Night"), ("sent", "Yara Yes"));
        await SeesWhyAsync(shop, first, "refused", "held back", "No advertising, ever.");
        await SeesWhyAsync(shop, second, "deferred", "later: e-mail", "It is not in the hours that you named.");
        await SeesWhyAsync(shop, second, "refused", "held back", "Leave me alone after all.");
        await SeesWhyAsync(shop, third, "permitted", "sent: e-mail", "You said that we may reach you by e-mail for offers and news.");
        manager.Complaints.ShouldBeEmpty();
    }

    // Wherever it is neither just before nor just after midnight, so that the hours lie within a day.
    private static DateTimeZone Zone()
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        return Places.Select(name => DateTimeZoneProviders.Tzdb[name]).First(zone => now.InZone(zone).Hour is > 1 and < 21);
    }

    private static async Task<Guid> CustomerAsync(ShopServer shop, string name, string email, DateTimeZone zone)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        await using var work = await shop.Database.WriteAsync(CancellationToken.None);
        var mug = await new ProductStore(work).EnsureAsync(new ProductDraft("MUG", "Blue mug", "test"), now);
        var id = (await new CustomerStore(work).RecordAsync(
            new CustomerDraft { Name = name, Source = "test", TimeZone = zone.Id, Language = "en", Identities = [IdentityDraft.Email(email)] }, Actor.System("test"), now)).Id;
        await new OrderStore(work).RecordAsync(
            new OrderRecord { CustomerId = id, Source = "test", Number = name, At = now - Duration.FromDays(30), Currency = "EUR", Lines = [new OrderLine(1, mug, 1, 1200)] }, now);
        await work.CommitAsync();
        return id;
    }

    // Told to a colleague on the telephone: that binds at once.
    private async Task RefuseAsync(ShopServer shop, Guid customer)
    {
        await using var agent = await Visitor.ComeAsync(chromium, shop, Role.Agent, name: "Ada Agent");
        await agent.GoAsync($"/customers/{customer}");
        await agent.Page.Keyboard.PressAsync("t");
        await Assertions.Expect(agent.Page.Locator("#told")).ToBeVisibleAsync();
        await agent.FillAsync("Their own words", "No advertising, ever.");
        await agent.Page.GetByText("More exactly: purposes, hours, how often").ClickAsync();
        await agent.Page.GetByLabel("Offers and news (needs their own yes)").SelectOptionAsync("none");
        await agent.PressAsync("Record");
        await agent.SeesAsync("It binds from now on");
    }

    // A yes to offers is the customer's own act, signed in.
    private async Task AgreeAsync(ShopServer shop, Guid customer)
    {
        await using var visitor = await Visitor.ComeAsync(chromium, shop, customer);
        await visitor.GoAsync("/me/preferences");
        await visitor.Page.Locator("select[name=marketing_1]").SelectOptionAsync("email");
        await visitor.PressAsync("Save");
        await visitor.SeesAsync("Saved. It binds from now on.");
        visitor.Complaints.ShouldBeEmpty();
    }

    // Hours to the minute, as another system of the house would tell them.
    private static async Task<Instant> KeepToHoursAsync(ShopServer shop, Guid customer, DateTimeZone zone, Duration ahead)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        var opens = (now + ahead).InZone(zone).LocalDateTime is var at && at.Second == 0 ? at : at.Date + new LocalTime(at.Hour, at.Minute) + Period.FromMinutes(1);
        var window = new ContactWindow([.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)], opens.TimeOfDay, opens.TimeOfDay.PlusHours(1));
        await using var work = await shop.Database.WriteAsync(CancellationToken.None);
        await new PreferenceStore(work).RecordAsync(
            new PreferenceStatement
            {
                StatementId = Ids.New(now),
                CustomerId = customer,
                SaidAt = now,
                Place = StatementPlace.Portal,
                Basis = StatementBasis.Volunteered,
                Wish = new Wish { Hours = [new HoursWish(null, [window])] },
                RecordedBy = "system:test",
                RecordedAt = now,
                Source = "test",
                SourceId = $"hours in {ahead}",
            },
            now);
        await work.CommitAsync();
        return opens.InZoneLeniently(zone).ToInstant();
    }

    private static async Task<string> WriteAsync(Visitor manager)
    {
        await manager.GoAsync("/campaigns");
        await manager.FollowAsync("Write a campaign");
        await manager.FillAsync("Title", "The green mug");
        await manager.Page.GetByLabel("Purpose").SelectOptionAsync("marketing");
        await manager.Page.GetByLabel("Acceptable ways").SelectOptionAsync("email");
        await manager.FillAsync("Of use until", SystemClock.Instance.GetCurrentInstant().Plus(Duration.FromDays(7)).InUtc().ToString("uuuu-MM-dd'T'HH:mm", null));
        await manager.FillAsync("Subject (English)", "In green now");
        await manager.FillAsync("Text (English)", "Our mugs come in green now.");
        await manager.PressAsync("See whom it would reach");
        await manager.SeesAsync("This would read the same to everybody.");
        await manager.FillAsync("Text (English)", "You bought {{product}}: it comes in green now.");
        await manager.PressAsync("See whom it would reach");
        await Assertions.Expect(manager.Page.Locator("h1")).ToHaveTextAsync("The green mug");
        return new Uri(manager.Page.Url).AbsolutePath;
    }

    private static async Task ExpectPreviewAsync(Visitor manager)
    {
        foreach (var (group, name) in new[] { ("refused.purpose_unwelcome", "Nadia Never"), ("deferred.email.outside_their_hours", "Nick Night"), ("permitted.email", "Yara Yes") })
        {
            var page = manager.Page.Url;
            await manager.Page.Locator($"tr[data-group='{group}'] a").ClickAsync();
            await Assertions.Expect(manager.Page.Locator("#names li")).ToHaveTextAsync([name]);
            if (name.StartsWith("Yara", StringComparison.Ordinal))
            {
                await manager.FollowAsync(name);
                await manager.SeesAsync("You bought Blue mug: it comes in green now.");
            }
            await manager.GoAsync(new Uri(page).AbsolutePath);
        }
    }

    private static async Task ExpectOutcomesAsync(Visitor manager, string address, params (string Outcome, string Name)[] expected)
    {
        for (var tries = 0; ; tries++)
        {
            await manager.GoAsync($"{address}/customers");
            var rows = new List<(string, string)>();
            foreach (var row in await manager.Page.Locator("#lines tbody tr").AllAsync()) rows.Add(((await row.GetAttributeAsync("data-outcome"))!, await row.Locator("th").InnerTextAsync()));
            if (rows.SequenceEqual(expected)) break;
            if (tries == 120) rows.ShouldBe(expected);
            await Task.Delay(500);
        }
        await manager.GoAsync(address);
        foreach (var (outcome, _) in expected) await Assertions.Expect(manager.Page.Locator($"tr[data-outcome='{outcome}'] td.num")).ToHaveTextAsync("1");
    }

    private async Task OptOutAsync(ShopServer shop, Guid customer)
    {
        await using var visitor = await Visitor.ComeAsync(chromium, shop, customer);
        await visitor.GoAsync("/me/preferences");
        await visitor.FillAsync("In your own words", "Leave me alone after all.");
        await visitor.Page.Locator("select[name=marketing_1]").SelectOptionAsync("none");
        await visitor.PressAsync("Save");
        await visitor.SeesAsync("Saved. It binds from now on.");
        visitor.Complaints.ShouldBeEmpty();
    }

    private async Task SeesWhyAsync(ShopServer shop, Guid customer, string verdict, string title, string why)
    {
        await using var visitor = await Visitor.ComeAsync(chromium, shop, customer);
        await visitor.GoAsync("/me/contacts");
        var line = visitor.Page.Locator($"#contacts li[data-verdict={verdict}]").Filter(new LocatorFilterOptions { HasText = title }).First;
        await Assertions.Expect(line).ToContainTextAsync(why);
        visitor.Complaints.ShouldBeEmpty();
    }

    private static IReadOnlyList<string> OfferMails(ShopServer shop, string to) =>
        [.. shop.Mails.Where(mail => Recipient().Match(mail).Value.Contains(to, StringComparison.OrdinalIgnoreCase) && mail.Contains("In green now", StringComparison.Ordinal))];

    private static async Task<string> MailAsync(ShopServer shop, string to)
    {
        for (var tries = 0; tries < 120; tries++)
        {
            if (OfferMails(shop, to) is [var found]) return found;
            await Task.Delay(500);
        }
        throw new TimeoutException($"No mail was sent. The program said:\n{shop.Said}");
    }

    [GeneratedRegex(@"(?mi)^To:.*$")]
    private static partial Regex Recipient();
}
