using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Regard.Access;
using Regard.Customers;
using Regard.Kit;
using Regard.Orders;

namespace Regard.Journeys;

/// <summary>The main job from end to end: two customers who buy the same, one of whom asked for e-mail only, and a price that rises.</summary>
public partial class CareJourney(Chromium chromium)
{
    [Theory, InlineData("sqlite"), InlineData("postgres")]
    [Trait("req", "P5"), Trait("req", "C5")]
    public async Task who_asked_for_mail_is_written_to_who_did_not_is_called_and_both_can_see_it(string engine)
    {
        await using var shop = await ShopServer.StartAsync(engine);
        var maria = await BuyerAsync(shop, "Maria Gruber", "maria@example.org", "+436641234567");
        var jonathan = await BuyerAsync(shop, "Jonathan Whitaker", "jonathan@example.org", "+442079460123");
        await using var manager = await Visitor.ComeAsync(chromium, shop, Role.Manager, name: "Mia Manager");
        await FindAsync(manager, "mria grubr", "Maria Gruber");
        await RecordAsync(manager, "Please only write, I cannot talk at work.");
        await RiseAsync(manager);
        await ExpectStepAsync(manager, "Maria", "Mail");
        await ExpectStepAsync(manager, "Jonathan", "Call");
        await manager.PressAsync("Start the plan");
        await manager.PressAsync("Start now");
        await CallAsync(manager, jonathan);
        var mail = await MailAsync(shop, "maria@example.org");
        mail.ShouldContain("Clay costs more.");
        await PortalAsync(shop, "maria@example.org");
        manager.Complaints.ShouldBeEmpty();
        maria.ShouldNotBe(jonathan);
    }

    private static async Task FindAsync(Visitor manager, string words, string name)
    {
        await manager.GoAsync("/customers");
        await manager.Page.Locator("#find").FillAsync(words);
        await manager.Page.Keyboard.PressAsync("Enter");
        await manager.FollowAsync(name);
        await Assertions.Expect(manager.Page.Locator("h1")).ToHaveTextAsync(name);
    }

    private static async Task RecordAsync(Visitor manager, string words)
    {
        await manager.Page.Keyboard.PressAsync("t");
        await Assertions.Expect(manager.Page.Locator("#told")).ToBeVisibleAsync();
        await manager.FillAsync("Their own words", words);
        await manager.Page.GetByLabel("Where they said it").SelectOptionAsync("call");
        await manager.Page.GetByLabel("For everything").SelectOptionAsync("only email");
        await manager.PressAsync("Record");
        await manager.SeesAsync("It binds from now on");
        await Assertions.Expect(manager.Page.Locator("#wishes")).ToContainTextAsync(words);
    }

    private static async Task RiseAsync(Visitor manager)
    {
        await manager.GoAsync("/changes/new");
        await manager.FillAsync("Title", "Mugs cost more");
        await manager.FillAsync("Reason, in plain words", "Clay costs more.");
        await manager.FillAsync("From", SystemClock.Instance.GetCurrentInstant().InUtc().Date.PlusDays(40).ToString("uuuu-MM-dd", null));
        await manager.FillAsync("Change of price in per cent", "12");
        await manager.FillAsync("Find a product by number or name", "MUG");
        await manager.PressAsync("Find products");
        await manager.PressAsync("Add");
        await Assertions.Expect(manager.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Chosen products" })).ToContainTextAsync("Blue mug");
        await manager.PressAsync("Register");
        await Assertions.Expect(manager.Page.Locator("h1")).ToHaveTextAsync("Mugs cost more");
        await manager.PressAsync("Measure and make a plan");
        await Assertions.Expect(manager.Page.Locator("h1")).ToHaveTextAsync("Plan: Mugs cost more");
    }

    private static Task ExpectStepAsync(Visitor manager, string name, string means) =>
        Assertions.Expect(manager.Page.GetByRole(AriaRole.Region, new PageGetByRoleOptions { Name = "Impact for each customer" }).Locator("tbody tr").Filter(new LocatorFilterOptions { HasText = name }).Locator("td").Nth(0)).ToContainTextAsync(means);

    private static async Task CallAsync(Visitor manager, Guid customer)
    {
        var task = manager.Page.Locator($"a[href^='/tasks/{customer}']").First;
        for (var tries = 0; tries < 60; tries++)
        {
            await manager.GoAsync($"/customers/{customer}");
            if (await task.CountAsync() > 0) break;
            await Task.Delay(250);
        }
        await task.ClickAsync();
        await manager.FillAsync("What was said", "Fine with it, wants two samples.");
        await manager.PressAsync("Reached");
        await manager.SeesAsync("Recorded.");
        await manager.GoAsync($"/customers/{customer}");
        await manager.SeesAsync("Nothing is open");
        await manager.SeesAsync("Fine with it, wants two samples.");
    }

    private static async Task<string> MailAsync(ShopServer shop, string to)
    {
        for (var tries = 0; tries < 120; tries++)
        {
            if (shop.Mails.FirstOrDefault(mail => mail.Contains(to, StringComparison.OrdinalIgnoreCase)) is { } found) return found;
            await Task.Delay(500);
        }
        throw new TimeoutException($"No mail was sent. The program said:\n{shop.Said}");
    }

    private async Task PortalAsync(ShopServer shop, string email)
    {
        await using var customer = await Visitor.ComeAsync(chromium, shop);
        await customer.GoAsync("/me");
        await customer.FillAsync("E-mail address", email);
        await customer.PressAsync("Send me the link");
        await customer.SeesAsync("a link to your page is on its way");
        var link = "";
        for (var tries = 0; tries < 120 && link.Length == 0; tries++)
        {
            link = shop.Mails.Select(mail => PortalLink().Match(mail).Value).LastOrDefault(found => found.Length > 0) ?? "";
            await Task.Delay(250);
        }
        await customer.GoAsync(link);
        await customer.PressAsync("Open my page");
        await customer.SeesAsync("Please only write, I cannot talk at work.");
        await customer.GoAsync("/me/preferences");
        await Assertions.Expect(customer.Page.Locator("#contacts li[data-verdict=permitted]").First).ToContainTextAsync("e-mail");
        await customer.SeesAsync("check-ins and notices of change");
        await customer.Page.GetByLabel("For everything").SelectOptionAsync("never");
        await customer.PressAsync("What would this mean?");
        await customer.SeesAsync("Nothing is changed yet");
        customer.Complaints.ShouldBeEmpty();
    }

    private static async Task<Guid> BuyerAsync(ShopServer shop, string name, string email, string phone)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        await using var work = await shop.Database.WriteAsync(CancellationToken.None);
        var mug = await new ProductStore(work).EnsureAsync(new ProductDraft("MUG", "Blue mug", "test"), now);
        await new ProductStore(work).RecordPriceAsync(mug, new ProductPrice { Currency = "EUR", PriceMinor = 1200, ValidFrom = now - Duration.FromDays(800), Source = "test" });
        var id = (await new CustomerStore(work).RecordAsync(
            new CustomerDraft { Name = name, Source = "test", TimeZone = "Europe/Vienna", Country = "AT", Language = "en", Identities = [IdentityDraft.Email(email), IdentityDraft.Phone(phone)] },
            Actor.System("test"), now)).Id;
        for (var month = 1; month <= 12; month++)
            await new OrderStore(work).RecordAsync(
                new OrderRecord { CustomerId = id, Source = "test", Number = $"{name}-{month}", At = now - Duration.FromDays(30 * month), Currency = "EUR", Lines = [new OrderLine(1, mug, 6, 7200)] }, now);
        await work.CommitAsync();
        return id;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/me/link/[\w-]+")]
    private static partial Regex PortalLink();
}
