using Microsoft.Playwright;
using Regard.Kit;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(Chromium))]

namespace Regard.Kit;

/// <summary>The browser of all tests: Debian's Chromium, or the one named by REGARD_CHROMIUM. Absent: tests are skipped, and fail in CI.</summary>
public sealed class Chromium : IAsyncLifetime
{
    /// <summary>How long to wait for what a person would see, in milliseconds: a busy machine takes its time, and a page that is quick costs no more.</summary>
    public const int Patience = 30_000;

    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private static string Path => Environment.GetEnvironmentVariable("REGARD_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";

    /// <summary>The browser; the calling test is skipped when there is none.</summary>
    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(_browser is null && Environment.GetEnvironmentVariable("CI") is null, $"There is no browser at {Path}: install chromium or set REGARD_CHROMIUM.");
            return _browser ?? throw new InvalidOperationException($"CI has no browser at {Path}.");
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Path)) return;
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Path, Headless = true, Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
