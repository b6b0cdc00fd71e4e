using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Regard.History;

/// <summary>A worker as a process of its own, behind a wire of its own to the database.</summary>
internal sealed partial class WorkerProcess : IDisposable
{
    private const int Continue = 18, Stop = 19;

    private readonly Process _process;

    private WorkerProcess(Process process, CutProxy wire)
    {
        _process = process;
        Wire = wire;
    }

    public CutProxy Wire { get; }

    public bool HasExited => _process.HasExited;

    public static WorkerProcess Start(WorkerOrder order, CutProxy wire)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WorkerProcess).Assembly.Location, order.Save()]) { RedirectStandardInput = true, RedirectStandardError = true };
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        var process = Process.Start(start) ?? throw new InvalidOperationException("The worker did not start.");
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } words) File.AppendAllText(Path.Combine(order.Folder, $"worker-{order.Number}.err"), words + "\n");
        };
        process.BeginErrorReadLine();
        return new WorkerProcess(process, wire);
    }

    /// <summary>kill -9: no warning, nothing is put in order.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>The process stands still, with all that it holds.</summary>
    public void Pause() => Signal(_process.Id, Stop);

    public void Resume() => Signal(_process.Id, Continue);

    /// <summary>Asks it to end what it is at, and ends it when it does not.</summary>
    public void Finish(TimeSpan patience)
    {
        if (_process.HasExited) return;
        _process.StandardInput.Close();
        if (!_process.WaitForExit(patience)) Kill();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
        Wire.Dispose();
    }

    private static void Signal(int process, int signal)
    {
        if (kill(process, signal) != 0) throw new InvalidOperationException($"Signal {signal} did not reach the worker.");
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int process, int signal);
}
