using Microsoft.Playwright;
using Regard.Kit;

namespace Regard.Faces;

/// <summary>What holds for every page, tried on the demo shop.</summary>
public class EveryPageTests(Chromium chromium, DemoVisit demo)
{
    [Theory, InlineData("light"), InlineData("dark")]
    public async Task nobody_is_shut_out_by_how_a_page_is_made(string theme)
    {
        var options = new BrowserNewContextOptions { ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce };
        var staff = await demo.PathsAsync(chromium);
        await using var visitor = await demo.ComeAsync(chromium, options);
        await using var customer = await demo.ComeAsCustomerAsync(chromium, options);
        var found = new List<string>();
        foreach (var (who, path) in staff.Select(path => (visitor, path)).Concat(DemoVisit.PortalPaths.Select(path => (customer, path))))
        {
            await who.Page.SetViewportSizeAsync(1360, 900);
            (await who.GoAsync(path)).ShouldBe(200, path);
            found.AddRange((await Axe.FindAsync(who.Page)).Select(finding => $"{path} ({theme}): {finding}"));
            await Pictures.TakeAsync(who.Page, theme);
            await who.Page.SetViewportSizeAsync(360, 740);
            var width = await who.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > 360) found.Add($"{path} is {width} wide on a small telephone");
            await Pictures.TakeAsync(who.Page, theme);
            if (theme == "light") found.AddRange((await Keyboard.WalkAsync(who.Page, 20)).Select(fault => $"{path}: {fault}"));
        }
        found.ShouldBeEmpty();
        visitor.Complaints.ShouldBeEmpty();
        customer.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task pages_stay_when_the_visitor_goes_on_and_back_without_full_loads()
    {
        await using var visitor = await demo.ComeAsync(chromium);
        var page = visitor.Page;
        await visitor.GoAsync("/customers");
        await page.EvaluateAsync("window.isSame = true");
        await page.Locator(".customer-table tbody a").First.ClickAsync();
        await Assertions.Expect(page.Locator(".tabs")).ToBeVisibleAsync();
        await visitor.FollowAsync("Orders");
        await Assertions.Expect(page.Locator(".tabs a[aria-current]")).ToHaveTextAsync("Orders");
        await page.GoBackAsync();
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".customer-table")).ToBeVisibleAsync();
        (await page.EvaluateAsync<bool>("window.isSame === true")).ShouldBeTrue();
        visitor.Complaints.ShouldBeEmpty();
    }
}
