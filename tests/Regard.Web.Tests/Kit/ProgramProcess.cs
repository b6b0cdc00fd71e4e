using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Regard.Kit;

/// <summary>The real program as a process of its own: what a crash leaves behind is only seen when there is something to kill.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ProgramProcess(Process process, int port)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(20) };
    }

    public HttpClient Client { get; }

    /// <param name="options">Further options of <c>regard serve</c>.</param>
    public static async Task<ProgramProcess> StartAsync(RegardSettings settings, params string[] options)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "regard.dll"), "serve", "--port", $"{port}", "--data", settings.DataFolder, "--empty", .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (settings.ConnectionString is { } database) start.Environment["REGARD_DATABASE"] = database;
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var program = new ProgramProcess(process, port);
        for (var tries = 0; tries < 600; tries++)
        {
            if (process.HasExited) throw new InvalidOperationException($"The program ended with exit code {process.ExitCode}.");
            try
            {
                if ((await program.Client.GetAsync("/health")).IsSuccessStatusCode) return program;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            await Task.Delay(100);
        }
        await program.DisposeAsync();
        throw new TimeoutException("The program did not answer within a minute.");
    }

    /// <summary>kill -9: no warning, nothing is put in order.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        Client.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
