using Microsoft.Playwright;
using Regard.Kit;

namespace Regard.Faces;

/// <summary>Takes a picture of each main page for people to look at, in the folder REGARD_PICTURES; without it there is nobody to look, and none is taken.</summary>
public class PictureTests(Chromium chromium, DemoVisit demo) : IClassFixture<DemoVisit>
{
    [Theory, InlineData("light", 1360, 900), InlineData("dark", 1360, 900), InlineData("light", 360, 780)]
    public async Task every_main_page_has_its_picture_taken(string theme, int width, int height)
    {
        var folder = Environment.GetEnvironmentVariable("REGARD_PICTURES");
        Assert.SkipWhen(folder is null && Environment.GetEnvironmentVariable("CI") is null, "Nobody wants pictures: name a folder in REGARD_PICTURES.");
        folder ??= Directory.CreateTempSubdirectory("regard-pictures-").FullName;
        await using var visitor = await demo.ComeAsync(chromium, new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
        });
        foreach (var (path, n) in (await demo.PathsAsync()).Select((path, n) => (path, n)))
        {
            await visitor.GoAsync(path);
            await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await visitor.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{theme}-{width}-{n:00}.png"), FullPage = width < 1000 });
        }
        Directory.EnumerateFiles(folder, $"{theme}-{width}-*.png").ShouldNotBeEmpty();
    }
}
