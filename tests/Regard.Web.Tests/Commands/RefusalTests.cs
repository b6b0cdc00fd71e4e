using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Regard.Kit;

namespace Regard.Commands;

/// <summary>What somebody at a terminal sees when the program cannot start.</summary>
[Trait("pace", "long")]
public sealed class RefusalTests
{
    [Fact]
    public async Task a_start_that_cannot_be_says_why_in_one_line_and_ends_with_a_code()
    {
        await using var data = await TestDatabase.MakeAsync("sqlite");
        await using (var work = await data.WriteAsync())
        {
            await work.ExecuteAsync("insert into schema_version (version, checksum, applied_at, applied_by) values ('2031-01-01_01_later', 'x', '2031', 'x')");
            await work.CommitAsync();
        }
        var folder = Directory.CreateDirectory(Path.Combine(data.Settings.DataFolder, "other")).FullName;
        var broken = Directory.CreateDirectory(Path.Combine(data.Settings.DataFolder, "broken")).FullName;
        await File.WriteAllTextAsync(Path.Combine(broken, RegardSettings.SqliteFile), new string('x', 9000), TestContext.Current.CancellationToken);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await Task.WhenAll(
            RefusedAsync("Port", "is taken by another program", ["--data", folder, "--port", $"{port}"]),
            RefusedAsync("99999", "is no port", ["--data", folder, "--port", "99999"]),
            RefusedAsync("--database", "is no PostgreSQL connection string", ["--data", folder, "--database", "nonsense=secret"]),
            RefusedAsync("The database cannot be opened", "Failed to connect", ["--data", folder, "--database", "Host=127.0.0.1;Port=1;Database=x;Username=y;Password=secret"]),
            RefusedAsync("The database cannot be opened", "not a database", ["--data", broken]),
            RefusedAsync("newer Regard", "2031-01-01_01_later", ["--data", data.Settings.DataFolder]),
            RefusedAsync("The data folder", "cannot be written", ["--data", Path.Combine(broken, RegardSettings.SqliteFile, "below")]),
            RefusedAsync("REGARD_SMTP", "names no mail server", ["--data", folder], ("REGARD_SMTP", "ftp://secret@mail")));
    }

    private static async Task RefusedAsync(string what, string why, string[] words, (string Name, string Value)? setting = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "regard.dll"), "serve", "--empty", .. words]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (setting is { } given) start.Environment[given.Name] = given.Value;
        using var process = Process.Start(start)!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var lines = (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        (process.ExitCode, await said).ShouldBe((3, ""), string.Join(' ', words));
        lines.ShouldHaveSingleItem().ShouldContain(what);
        lines[0].ShouldContain(why);
        lines[0].ShouldNotContain("secret");
    }
}
