using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Regard.Access;
using Regard.Customers;
using Regard.Kit;

namespace Regard.Journeys;

public partial class SigningInJourney(Chromium chromium)
{
    private const string Password = "warm bread and slow mornings";

    [Theory, InlineData("sqlite"), InlineData("postgres")]
    public async Task at_the_first_start_a_link_makes_the_administrator_who_signs_in_with_password_and_code(string engine)
    {
        await using var shop = await ShopServer.StartAsync(engine);
        await using var somebody = await Visitor.ComeAsync(chromium, shop);
        var page = somebody.Page;
        var link = await JoinAsync(somebody, shop);
        await Assertions.Expect(page.Locator(".person-name")).ToHaveTextAsync("Berta Boss");
        (await somebody.GoAsync(link)).ShouldBe(410);
        somebody.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task everything_up_to_finding_a_customer_can_be_done_with_the_keyboard_alone()
    {
        await using var shop = await ShopServer.StartAsync("sqlite");
        await RecordAsync(shop, "Jonathan Whitaker");
        await using var agent = await Visitor.ComeAsync(chromium, shop, Role.Agent);
        await agent.GoAsync("/customers");
        var page = agent.Page;
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("document.activeElement.textContent")).ShouldBe("Skip to content");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("jonathon whittaker");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".customer-table")).ToContainTextAsync("Jonathan Whitaker");
        for (var presses = 0; presses < 60; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string>("document.activeElement.textContent.trim()") == "Jonathan Whitaker") break;
        }
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Jonathan Whitaker");
        agent.Complaints.ShouldBeEmpty();
    }

    /// <summary>Becomes the first administrator by the link that the program prints, and signs in; answers the link.</summary>
    internal static async Task<string> JoinAsync(Visitor somebody, ShopServer shop)
    {
        for (var tries = 0; tries < 100 && !Link().IsMatch(shop.Said); tries++) await Task.Delay(50);
        var link = Link().Match(shop.Said).Value;
        await somebody.GoAsync(link);
        await somebody.FillAsync("E-mail address", "boss@shop.example");
        await somebody.FillAsync("Name", "Berta Boss");
        await somebody.FillAsync("Password", Password);
        await somebody.FillAsync("The password again", Password);
        await somebody.PressAsync("Continue to sign in");
        await SignInAsync(somebody, "boss@shop.example", null);
        return link;
    }

    /// <summary>Signs in; with null for the secret the app is set up on the way, and its secret answered.</summary>
    internal static async Task<string> SignInAsync(Visitor visitor, string email, string? secret)
    {
        await Assertions.Expect(visitor.Page.Locator("h1")).ToHaveTextAsync("Sign in");
        await visitor.FillAsync("E-mail address", email);
        await visitor.FillAsync("Password", Password);
        await visitor.PressAsync("Continue");
        secret ??= (await visitor.Page.Locator("ol code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await visitor.FillAsync("Code", SecondFactor.CodeAt(secret, SystemClock.Instance.GetCurrentInstant()));
        await visitor.PressAsync("Sign in");
        await Assertions.Expect(visitor.Page.Locator(".person-name")).ToHaveCountAsync(1);
        return secret;
    }

    private static async Task RecordAsync(ShopServer shop, string name)
    {
        await using var work = await shop.Database.WriteAsync(CancellationToken.None);
        await new CustomerStore(work).RecordAsync(new CustomerDraft { Name = name, Source = "test" }, Actor.System("test"), SystemClock.Instance.GetCurrentInstant());
        await work.CommitAsync();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/join/\S+")]
    private static partial Regex Link();
}
