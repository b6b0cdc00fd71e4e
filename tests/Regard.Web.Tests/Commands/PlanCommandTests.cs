using System.Diagnostics;
using Regard.Changes;
using Regard.Kit;
using Regard.Outreach;

namespace Regard.Commands;

/// <summary>The real program, run as somebody at a terminal runs it.</summary>
[Trait("req", "C1"), Trait("req", "C2"), Trait("req", "C4"), Trait("pace", "long")]
public sealed class PlanCommandTests
{
    private const string Dearer =
        """
        {
          // the potter's new list
          "kind": "price", "title": "Mugs cost more", "reason": "Clay costs more.", "effective_on": "2031-01-04", "percent": 8,
          "products": [{ "sku": "MUG" },],
        }
        """;

    private static async Task<(int Code, string Out, string Errors)> RunAsync(TestDatabase data, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "regard.dll"), "plan", "--data", data.Settings.DataFolder, "--as-of", "2026-11-20", .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (data.Settings.ConnectionString is { } database) start.Environment["REGARD_DATABASE"] = database;
        using var process = Process.Start(start)!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await said, await errors);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_change_in_a_file_becomes_a_plan_with_names_and_is_started_when_asked(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        var shop = await ChangeShop.OpenAsync(data);
        var anna = await shop.BuyerAsync("Anna", 20);
        var file = Path.Combine(data.Settings.DataFolder, "change.json");
        await File.WriteAllTextAsync(file, Dearer, TestContext.Current.CancellationToken);
        var draft = await RunAsync(data, "--change", file, "--staff-hours", "1");
        draft.Code.ShouldBe(0, draft.Errors);
        draft.Out.ShouldContain("Anna");
        draft.Out.ShouldContain("1 customers affected");
        draft.Out.ShouldContain("Nobody was told.");
        await using (var work = await data.ReadAsync()) (await new TaskStore(work).OfCustomerAsync(anna)).ShouldBeEmpty();
        // The hint says to run it again: the same file, and the same words laid out in another way, are the same change.
        await File.WriteAllTextAsync(file, Dearer.Replace("// the potter's new list", "", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var started = await RunAsync(data, "--change", file, "--start");
        started.Code.ShouldBe(0, started.Errors);
        started.Out.ShouldContain("The plan is started.");
        started.Errors.ShouldContain("registered already");
        var again = await RunAsync(data, "--change", file, "--start");
        again.Code.ShouldBe(2);
        again.Errors.ShouldContain("nobody is told twice");
        await using var read = await data.ReadAsync();
        (await read.ScalarAsync<long>("select count(*) from change")).ShouldBe(1, "the same content is the same change");
        (await new TaskStore(read).OfCustomerAsync(anna)).Count.ShouldBe(1);
        foreach (var check in Checks.All) (await check.FindAsync(read)).ShouldBeEmpty(check.Question);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task a_change_that_cannot_be_registered_ends_with_2_and_one_line(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await ChangeShop.OpenAsync(data);
        async Task RefusedAsync(string text, string said)
        {
            var file = Path.Combine(data.Settings.DataFolder, "change.json");
            await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            var (code, _, errors) = await RunAsync(data, "--change", file);
            code.ShouldBe(2, errors);
            errors.ShouldContain(said);
            errors.ShouldNotContain("   at ");
        }
        await RefusedAsync(Dearer.Replace("2031", "2020", StringComparison.Ordinal), "The day must lie ahead");
        await RefusedAsync(Dearer.Replace("MUG", "NOPE", StringComparison.Ordinal), "No product has the number 'NOPE'");
        await RefusedAsync("{ \"kind\": 7 }", "The file is no change");
        var (code, _, errors) = await RunAsync(data, "--change", "/nowhere/change.json");
        code.ShouldBe(2);
        errors.ShouldContain("/nowhere/change.json");
        (code, _, errors) = await RunAsync(data, "--bestsellers", "1", "--raise", "8%", "--effective-on", "31.01.2031");
        code.ShouldNotBe(0);
        errors.ShouldContain("31.01.2031 is no day", customMessage: "a day that cannot be read is not quietly another one");
    }
}
