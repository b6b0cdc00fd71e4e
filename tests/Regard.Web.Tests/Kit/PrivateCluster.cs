using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dapper;
using Npgsql;

namespace Regard.Kit;

/// <summary>A PostgreSQL of a test's own, with an archive of its log, that can be brought back to an earlier moment.</summary>
internal sealed class PrivateCluster : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("regard-cluster-").FullName;
    private readonly int _port = FreePort();
    private string _data = "";

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=regard;Database=postgres;Pooling=false";

    private string Port => _port.ToString(CultureInfo.InvariantCulture);

    private static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "pg_basebackup")))
        : null;

    public static async Task<PrivateCluster> StartAsync()
    {
        Assert.SkipWhen(Programs is null && Environment.GetEnvironmentVariable("CI") is null, "PostgreSQL's programs are absent.");
        var cluster = new PrivateCluster();
        Directory.CreateDirectory(Path.Combine(cluster._folder, "archive"));
        if (Environment.UserName == "root") await RunAsync("chown", "-R", "postgres", cluster._folder);
        cluster._data = Path.Combine(cluster._folder, "first");
        await ProgramAsync("initdb", "-D", cluster._data, "-U", "regard", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8");
        await cluster.ServeAsync("archive_mode=on", $"archive_command=cp %p {cluster._folder}/archive/%f");
        return cluster;
    }

    /// <summary>A copy of everything, as a nightly backup makes it.</summary>
    public Task BackUpAsync() => ProgramAsync("pg_basebackup", "-D", Path.Combine(_folder, "backup"), "-h", "127.0.0.1", "-p", Port, "-U", "regard", "-c", "fast", "-X", "none");

    /// <summary>Ends this server and starts one from the backup and the archived log, as it was at a moment.</summary>
    public async Task RestoreAsync(Instant at)
    {
        await StopAsync();
        _data = Path.Combine(_folder, "backup");
        await RunAsync("sh", "-c", $"cp {_folder}/first/pg_wal/0* {_folder}/archive/; touch {_data}/recovery.signal; chown -R $(stat -c %U {_data}) {_folder}");
        await ServeAsync(
            "archive_mode=off", $"restore_command=cp {_folder}/archive/%f %p", "recovery_target_action=pause",
            $"recovery_target_time={at.ToString("uuuu-MM-dd HH:mm:ss.ffffff'+00'", CultureInfo.InvariantCulture)}");
    }

    /// <summary>Ends the recovery: from now on it takes writes.</summary>
    public async Task PromoteAsync()
    {
        await using var server = NpgsqlDataSource.Create(ConnectionString);
        await using var connection = await server.OpenConnectionAsync();
        for (var tries = 0; tries < 300 && !await connection.ExecuteScalarAsync<bool>("select pg_is_wal_replay_paused()"); tries++) await Task.Delay(100);
        await connection.ExecuteAsync("select pg_wal_replay_resume()");
        for (var tries = 0; tries < 300 && await connection.ExecuteScalarAsync<bool>("select pg_is_in_recovery()"); tries++) await Task.Delay(100);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task ServeAsync(params string[] settings) => ProgramAsync(
        "pg_ctl", "start", "-w", "-s", "-D", _data, "-l", Path.Combine(_folder, "server.log"),
        "-o", $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' " + string.Join(' ', settings.Select(setting => $"-c '{setting}'")));

    private Task StopAsync() => ProgramAsync("pg_ctl", "stop", "-s", "-m", "fast", "-D", _data);

    private static Task ProgramAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        return Environment.UserName == "root" ? RunAsync("runuser", ["-u", "postgres", "--", path, .. arguments]) : RunAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // What a server inherits of a pipe stays open as long as it lives: only what ends is listened to.
        var ends = !arguments.Any(argument => argument.EndsWith("pg_ctl", StringComparison.Ordinal)) && !program.EndsWith("pg_ctl", StringComparison.Ordinal);
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = ends, RedirectStandardError = ends })!;
        if (ends) await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
