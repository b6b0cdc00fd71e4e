using System.Diagnostics;
using System.Globalization;
using System.Text;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Imports;

[Trait("pace", "long")]
public sealed class KilledImportTests
{
    private sealed record State
    {
        public long Orders { get; init; }
        public long Spend { get; init; }
        public long Returned { get; init; }
        public long Lines { get; init; }
        public long Customers { get; init; }
        public long Touchpoints { get; init; }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task an_import_that_was_killed_in_the_middle_is_simply_run_again(string engine)
    {
        await using var whole = await TestDatabase.MakeAsync(engine);
        await using var killed = await TestDatabase.MakeAsync(engine);
        var file = Path.Combine(killed.Settings.DataFolder, "shop.csv");
        await File.WriteAllTextAsync(file, Shop(70_000));
        (await whole.ImportFileAsync(file, "online-retail")).State.ShouldBe(ImportState.Finished);

        using (var process = Start(killed.Settings, file))
        {
            await UntilSomethingIsRecordedAsync(killed, process);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        (await killed.DifferencesAsync()).ShouldBeEmpty();
        using (var again = Start(killed.Settings, file))
        {
            await again.WaitForExitAsync(TestContext.Current.CancellationToken);
            again.ExitCode.ShouldBe(0, await again.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        }
        (await StateAsync(killed)).ShouldBe(await StateAsync(whole));
        (await killed.DifferencesAsync()).ShouldBeEmpty();
        await using var work = await killed.ReadAsync();
        (await new ImportRunStore(work).PageAsync(null, 9)).Select(run => run.State).ShouldBe([ImportState.Finished, ImportState.Interrupted]);
    }

    private static async Task<State?> StateAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        return await work.FirstAsync<State>("""
            select cast(sum(orders) as bigint) as orders, cast(sum(spend_minor) as bigint) as spend, cast(sum(returned_minor) as bigint) as returned,
              (select count(*) from order_line) as lines, (select count(*) from customer) as customers, (select count(*) from touchpoint) as touchpoints
            from order_rollup
            """);
    }

    private static async Task UntilSomethingIsRecordedAsync(TestDatabase data, Process process)
    {
        while (!process.HasExited)
        {
            await using var work = await data.ReadAsync();
            if (await work.ScalarAsync<long>("select count(*) from sales_order") > 0) return;
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static Process Start(RegardSettings settings, string file)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ImportJob).Assembly.Location, "import", "orders", "--format", "online-retail", file, "--data", settings.DataFolder])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        if (settings.ConnectionString is { } database) start.Environment["REGARD_DATABASE"] = database;
        return Process.Start(start)!;
    }

    private static string Shop(int lines)
    {
        var text = new StringBuilder("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n");
        for (var n = 0; n < lines; n++)
        {
            var invoice = n / 10;
            var at = new LocalDateTime(2011, 1, 1, 8, 0, 0).PlusMinutes(invoice * 10).ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            var isReturn = invoice % 9 == 8;
            text.Append(CultureInfo.InvariantCulture, $"{(isReturn ? "C" : "")}{invoice + 1000},{10000 + n * 7 % 300},THING {n * 7 % 300},{(isReturn ? -1 : 1 + n % 5)},{at},{1 + n * 7 % 300 % 20}.25,{invoice % 200}.0,France\n");
        }
        return text.ToString();
    }
}
