using Microsoft.Playwright;
using Regard.Imports;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Faces;

public class LiveTests(Chromium chromium, DemoVisit demo)
{
    [Fact]
    public async Task how_far_an_import_is_shows_by_itself_and_without_scripts_by_a_link()
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        var run = new ImportRun { RunId = Ids.New(now), Kind = "orders", Format = "shopify", FileName = "live.csv", StartedAt = now, StartedBy = "system:test", Counts = Json.Of(new ImportCounts { Read = 1, Percent = 1 }) };
        await WriteAsync(store => store.BeginAsync(run));
        await using var plain = await demo.ComeAsync(chromium, new BrowserNewContextOptions { JavaScriptEnabled = false });
        await plain.GoAsync("/settings/imports");
        await using var boss = await demo.ComeAsync(chromium);
        await boss.GoAsync("/settings/imports");
        var line = boss.Page.Locator("tr").Filter(new LocatorFilterOptions { HasText = "live.csv" });
        await Assertions.Expect(line).ToContainTextAsync("1 %");
        await WriteAsync(store => store.ReportAsync(run.RunId, new ImportCounts { Read = 77_000, New = 77_000, Percent = 42 }));
        await Assertions.Expect(line).ToContainTextAsync("42 %");
        await WriteAsync(store => store.EndAsync(run with { State = ImportState.Finished, Counts = Json.Of(new ImportCounts { Read = 99_000, New = 99_000, Percent = 100 }), FinishedAt = now }));
        await Assertions.Expect(line).ToContainTextAsync("finished");
        await Assertions.Expect(boss.Page.Locator("turbo-frame[data-live]")).ToHaveCountAsync(0);
        await plain.FollowAsync("Show how far it is now");
        await plain.SeesAsync("99,000");
        boss.Complaints.ShouldBeEmpty();
    }

    private async Task WriteAsync(Func<ImportRunStore, Task> write)
    {
        await using var work = await demo.Shop.Database.WriteAsync(CancellationToken.None);
        await write(new ImportRunStore(work));
        await work.CommitAsync();
    }
}
