using Microsoft.Playwright;
using Regard.Contact;
using Regard.Kit;

namespace Regard.Faces;

/// <summary>Answers that are a page of their own and come only once: with scripts on, which take forms over, they must be seen all the same.</summary>
public class ShownOnceTests(Chromium chromium, DemoVisit demo)
{
    [Fact]
    public async Task what_is_shown_only_once_is_seen_when_scripts_run()
    {
        await using var boss = await demo.ComeAsync(chromium);
        await boss.GoAsync("/settings/keys");
        await boss.FillAsync("Which system is it for?", "The till");
        await boss.Page.GetByLabel("orders_write").CheckAsync();
        await boss.PressAsync("Make the key");
        await boss.SeesAsync("it is never shown again");
        (await boss.Page.Locator("main code").First.InnerTextAsync()).Length.ShouldBeGreaterThan(30);
        await boss.GoAsync("/settings/webhooks");
        await boss.FillAsync("Address", "https://hooks.larkspur.example/regard");
        await boss.Page.GetByLabel("Everything").UncheckAsync();
        await boss.Page.GetByLabel("change.registered").CheckAsync();
        await boss.PressAsync("Add the endpoint");
        await Assertions.Expect(boss.Page.Locator("main code").First).ToContainTextAsync("whsec_");
        var first = await boss.Page.Locator("main code").First.InnerTextAsync();
        await boss.PressAsync("Rotate the secret");
        await boss.Page.Locator("[popover]:popover-open").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Rotate the secret" }).ClickAsync();
        await Assertions.Expect(boss.Page.Locator("main code").First).Not.ToHaveTextAsync(first);
        await Assertions.Expect(boss.Page.Locator("main code").First).ToContainTextAsync("whsec_");
        await boss.GoAsync("/settings/staff");
        await boss.FillAsync("E-mail address", "new@larkspur.example");
        await boss.PressAsync("Make the link");
        await Assertions.Expect(boss.Page.Locator("main code").First).ToContainTextAsync("/join/");
        await boss.GoAsync("/settings/staff");
        await boss.PressAsync("New sign-in");
        await boss.Page.Locator("[popover]:popover-open").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Make the link" }).ClickAsync();
        await Assertions.Expect(boss.Page.Locator("main code").First).ToContainTextAsync("/join/");
        await boss.GoAsync(await UnsubscribeAsync());
        await boss.PressAsync("Less often: at most one in 30 days");
        await boss.SeesAsync("it binds from now on");
        boss.Complaints.ShouldBeEmpty();
    }

    private async Task<string> UnsubscribeAsync()
    {
        var key = await LinkKeyStore.ReadAsync(demo.Shop.Database, SystemClock.Instance, CancellationToken.None);
        return "/u/" + new UnsubscribeToken(await demo.FindAsync("Jonathan Whitaker"), Purpose.Care, Ids.New(SystemClock.Instance.GetCurrentInstant())).Write(key);
    }
}
