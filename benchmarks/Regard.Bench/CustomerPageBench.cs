using Regard.Access;
using Regard.Bench.Kit;
using Regard.Storage;

namespace Regard.Bench;

/// <summary>How fast staff see who they speak with, and what a page costs the server beside a file that only has to be sent.</summary>
internal static class CustomerPageBench
{
    private const int Rate = 200;
    private const int Seconds = 10;

    public static async Task RunAsync(BenchRun run)
    {
        var customers = run.Size(1_000_000, 4_000_000);
        var touchpoints = run.Size(5_000_000, 20_000_000);
        BenchRun.Note($"drawing {customers:#,0} customers with {touchpoints:#,0} touchpoints");
        await using var scratch = await Scratch.MakeAsync(Engine.Postgres);
        await CustomerPageShop.FillAsync(scratch, customers, touchpoints);
        // Rows that were written at once are vacuumed at once, not while pages are measured.
        await scratch.AnalyzeAsync();
        var cookie = $"{SessionCookie.Name(Door.Staff, secure: false)}={await CustomerPageShop.SignInAsync(scratch)}";
        await using var server = await ServerProcess.StartAsync(scratch.Settings);
        using var client = HttpLoad.Client(server.Address);
        // The same customers in every run, spread over all of them.
        HttpRequestMessage Page(int n) => Ask($"/customers/{CustomerPageShop.CustomerOf((int)(n * 7_919L % customers))}", cookie);
        HttpRequestMessage File(int n) => Ask("/regard.css", cookie);
        await LoadAsync(client, Page, 6);
        await LoadAsync(client, File, 2);
        List<double> pages = [], files = [];
        var slowest = await BenchRun.MeasureAsync(async () =>
        {
            var before = server.CpuSeconds;
            var load = await LoadAsync(client, Page, Seconds);
            pages.Add((server.CpuSeconds - before) * 1000 / load.Requests);
            before = server.CpuSeconds;
            await LoadAsync(client, File, Seconds);
            files.Add((server.CpuSeconds - before) * 1000 / load.Requests);
            return load.P99;
        });
        var (page, file) = (BenchRun.Median(pages), BenchRun.Median(files));
        var cpu = page * Rate * Seconds / 1000;
        run.Add($"customer page, p99 at {Rate}/s", "ms", slowest with { CpuSeconds = cpu }, null, Reach.AtMost(20));
        run.Add("customer page, CPU per request", "ms", new Measurement(page, file, cpu), "a file", Reach.RatioAtMost(8));
    }

    private static async Task<LoadResult> LoadAsync(HttpClient client, Func<int, HttpRequestMessage> request, int seconds)
    {
        var load = await HttpLoad.RunAsync(client, Rate, seconds, request);
        return load.Failures == 0 ? load : throw new InvalidOperationException($"{load.Failures} of {load.Requests} requests failed.");
    }

    private static HttpRequestMessage Ask(string path, string cookie)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        return request;
    }
}
