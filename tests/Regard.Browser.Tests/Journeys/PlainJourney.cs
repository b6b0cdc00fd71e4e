using Microsoft.Playwright;
using Regard.Access;
using Regard.Customers;
using Regard.Kit;

namespace Regard.Journeys;

public class PlainJourney(Chromium chromium)
{
    [Fact]
    public async Task without_scripts_one_signs_in_and_records_a_wish()
    {
        await using var shop = await ShopServer.StartAsync("sqlite");
        await using var agent = await Visitor.ComeAsync(chromium, shop, new BrowserNewContextOptions { JavaScriptEnabled = false });
        await SigningInJourney.JoinAsync(agent, shop);
        var maria = await RecordAsync(shop, "Maria Gruber");
        await agent.GoAsync($"/customers/{maria}/preferences");
        await agent.FillAsync("Their own words", "Please only write.");
        await agent.Page.GetByLabel("Where they said it").SelectOptionAsync("call");
        await agent.Page.GetByLabel("For everything").SelectOptionAsync("only email");
        await agent.PressAsync("Record");
        await agent.SeesAsync("It binds from now on");
        await Assertions.Expect(agent.Page.Locator("#wishes")).ToContainTextAsync("Please only write.");
        agent.Complaints.ShouldBeEmpty();
    }

    private static async Task<Guid> RecordAsync(ShopServer shop, string name)
    {
        await using var work = await shop.Database.WriteAsync(CancellationToken.None);
        var customer = await new CustomerStore(work).RecordAsync(new CustomerDraft { Name = name, Source = "test" }, Actor.System("test"), SystemClock.Instance.GetCurrentInstant());
        await work.CommitAsync();
        return customer.Id;
    }
}
