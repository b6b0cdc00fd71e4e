using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Regard.Kit;
using Regard.Orders;

namespace Regard.Imports;

[Trait("req", "C1"), Trait("req", "C2"), Trait("pace", "long")]
public sealed class PlanAfterImportTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_dearer_bestseller_can_be_planned_right_after_the_orders_came_in(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var file = Path.Combine(data.Settings.DataFolder, "slice.csv");
        await File.WriteAllTextAsync(file, Slice(25_000), TestContext.Current.CancellationToken);
        (await data.ImportFileAsync(file, "online-retail")).State.ShouldBe(ImportState.Finished);
        var prices = await PricesAsync(data);
        await using (var work = await data.ReadAsync())
        {
            var sold = await work.ScalarAsync<long>("select count(distinct product_id) from product_month where spend_minor > 0");
            prices.Select(price => price.ProductId).Distinct().LongCount().ShouldBe(sold);
            prices.Count.ShouldBeLessThan((int)sold * 3 / 2, "a price is not a row for every order");
            var cakestand = (await new ProductStore(work).FindAsync("22423"))!;
            (await new ProductStore(work).PriceAsync(cakestand.Id, "GBP", Instant.FromUtc(2011, 1, 1, 0, 0))).ShouldBe(1275);
        }
        (await data.ImportFileAsync(file, "online-retail")).State.ShouldBe(ImportState.Finished);
        (await PricesAsync(data)).ShouldBe(prices, "a second run tells no new price");

        var said = await RunAsync(data.Settings, "plan", "--bestsellers", "3", "--raise", "8%", "--effective-on", "2099-01-01", "--as-of", "2011-01-01");
        said.ShouldContain("New prices for");
        said.ShouldContain("customers affected");
    }

    private static async Task<List<Row>> PricesAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        return await work.ListAsync<Row>("select product_id, valid_from, price_minor from product_price order by product_id, valid_from");
    }

    private static string Slice(int lines)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(SharedData.File("onlineretail/online_retail.csv.gz")), CompressionMode.Decompress));
        var slice = new StringBuilder();
        for (var n = 0; n < lines && text.ReadLine() is { } line; n++) slice.Append(line).Append('\n');
        return slice.ToString();
    }

    private static async Task<string> RunAsync(RegardSettings settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ImportJob).Assembly.Location, .. arguments, "--data", settings.DataFolder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (settings.ConnectionString is { } database) start.Environment["REGARD_DATABASE"] = database;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, await error);
        return await output;
    }

    private sealed record Row
    {
        public Guid ProductId { get; init; }
        public Instant ValidFrom { get; init; }
        public long PriceMinor { get; init; }
    }
}
