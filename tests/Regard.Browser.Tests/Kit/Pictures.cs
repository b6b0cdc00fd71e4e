using Microsoft.Playwright;

namespace Regard.Kit;

/// <summary>Pictures of pages for people to look at, in the folder REGARD_PICTURES; without it there is nobody to look, and none is taken.</summary>
internal static class Pictures
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("REGARD_PICTURES");

    public static async Task TakeAsync(IPage page, string theme)
    {
        if (string.IsNullOrEmpty(Folder)) return;
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var words = string.Join('-', new Uri(page.Url).AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => Guid.TryParse(part, out _) ? "id" : part));
        var path = Path.Combine(Directory.CreateDirectory(Folder).FullName, $"{theme}-{page.ViewportSize!.Width}-{(words.Length == 0 ? "home" : words)}");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = Free(path), FullPage = true });
    }

    private static string Free(string path)
    {
        var name = path + ".png";
        for (var n = 2; File.Exists(name); n++) name = $"{path}-{n}.png";
        return name;
    }
}
