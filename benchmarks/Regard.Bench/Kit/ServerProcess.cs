using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Regard.Bench.Kit;

/// <summary>The real program as a process of its own, as <c>./run</c> starts it: its time to answer, its CPU and its memory are measured from outside.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address, TimeSpan startedIn)
    {
        _process = process;
        Address = address;
        StartedIn = startedIn;
    }

    public Uri Address { get; }

    /// <summary>From starting the process to the first answered page.</summary>
    public TimeSpan StartedIn { get; }

    /// <summary>CPU seconds that the server has used so far.</summary>
    public double CpuSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    /// <summary>Starts the program on a free port over a database that is migrated already, and waits until <paramref name="firstPage"/> is answered.</summary>
    public static async Task<ServerProcess> StartAsync(RegardSettings settings, string firstPage = "/health", params string[] options)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Program, "serve", "--port", $"{port}", "--data", settings.DataFolder, .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (settings.ConnectionString is { } database) start.Environment["REGARD_DATABASE"] = database;
        if (settings.Smtp is { } smtp) start.Environment["REGARD_SMTP"] = smtp;
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) =>
        {
            if (line.Data is { } words) Console.Error.WriteLine("  server: " + words);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var address = new Uri($"http://127.0.0.1:{port}");
        using var client = new HttpClient { BaseAddress = address };
        while (!await AnswersAsync(client, firstPage))
        {
            if (process.HasExited) throw new InvalidOperationException($"The server ended with exit code {process.ExitCode}.");
            if (Stopwatch.GetElapsedTime(began).TotalSeconds > 60) throw new TimeoutException($"The server did not answer {firstPage} within a minute.");
            await Task.Delay(5);
        }
        return new ServerProcess(process, address, Stopwatch.GetElapsedTime(began));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Program
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Regard.slnx"))) folder = folder.Parent;
            var program = Path.Combine(folder?.FullName ?? "", "src", "Regard.Web", "bin", "Release", "net10.0", "regard.dll");
            return File.Exists(program) ? program : throw new InvalidOperationException("The program is not built: start the benchmarks with ./bench.");
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string page)
    {
        try
        {
            using var answer = await client.GetAsync(page);
            return answer.StatusCode != HttpStatusCode.ServiceUnavailable;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
