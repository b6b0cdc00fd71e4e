using Microsoft.Playwright;
using Regard.Access;
using Regard.Kit;

namespace Regard.Faces;

/// <summary>What holds for every page, tried on the demo shop.</summary>
public class EveryPageTests(Chromium chromium, DemoVisit demo) : IClassFixture<DemoVisit>
{
    [Theory, InlineData("light"), InlineData("dark")]
    public async Task nobody_is_shut_out_by_how_a_page_is_made(string theme)
    {
        await using var visitor = await demo.ComeAsync(chromium, new BrowserNewContextOptions { ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        var found = new List<string>();
        foreach (var path in await demo.PathsAsync())
        {
            (await visitor.GoAsync(path)).ShouldBe(200, path);
            found.AddRange((await Axe.FindAsync(visitor.Page)).Select(finding => $"{path} ({theme}): {finding}"));
        }
        found.ShouldBeEmpty();
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task no_page_scrolls_sideways_on_a_small_telephone()
    {
        await using var visitor = await demo.ComeAsync(chromium, new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        var wide = new List<string>();
        foreach (var path in await demo.PathsAsync())
        {
            await visitor.GoAsync(path);
            var width = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > 360) wide.Add($"{path} is {width} wide");
        }
        wide.ShouldBeEmpty();
        visitor.Complaints.ShouldBeEmpty();
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
