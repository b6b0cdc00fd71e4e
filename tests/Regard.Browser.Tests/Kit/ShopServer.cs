using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using Regard.Access;
using Regard.Storage;

namespace Regard.Kit;

/// <summary>The real program as a process of its own, on a free port, over a data folder (and a database) of its own.</summary>
internal sealed partial class ShopServer : IAsyncDisposable
{
    private readonly StringBuilder _said = new();
    private readonly string? _postgresName;
    private Process? _process;

    private ShopServer(RegardSettings settings, string? postgresName)
    {
        Settings = settings;
        _postgresName = postgresName;
        Database = settings.OpenDatabase();
        Address = new Uri($"http://127.0.0.1:{settings.Port}");
    }

    public RegardSettings Settings { get; }

    /// <summary>The shop's database, for what a test prepares.</summary>
    public Database Database { get; }

    public Uri Address { get; }

    /// <summary>Everything that the program wrote so far.</summary>
    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <summary>The mails that were sent, the oldest first, their texts decoded.</summary>
    public IReadOnlyList<string> Mails => Directory.Exists(MailFolder)
        ? [.. Directory.GetFiles(MailFolder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(file => Readable(File.ReadAllText(file)))]
        : [];

    private string MailFolder => Path.Combine(Settings.DataFolder, "mail");

    /// <param name="engine">sqlite or postgres.</param>
    /// <param name="isDemo">Whether it opens with the demo shop.</param>
    public static async Task<ShopServer> StartAsync(string engine, bool isDemo = false)
    {
        var settings = new RegardSettings { DataFolder = Directory.CreateTempSubdirectory("regard-browser-").FullName, Port = FreePort() };
        string? name = null;
        if (Words.Must<Engine>(engine) == Engine.Postgres)
        {
            var server = Environment.GetEnvironmentVariable("REGARD_TEST_POSTGRES");
            Assert.SkipWhen(server is null && Environment.GetEnvironmentVariable("CI") is null, "PostgreSQL is absent: set REGARD_TEST_POSTGRES.");
            name = Path.GetFileName(settings.DataFolder).Replace('-', '_').ToLowerInvariant();
            await OnServerAsync($"create database {name}");
            settings = settings with { ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ToString() };
        }
        var shop = new ShopServer(settings, name);
        try
        {
            await shop.ServeAsync(isDemo);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>The secret of a session of a new member of staff.</summary>
    public async Task<(Guid Id, string Session)> HireAsync(Role role, string name)
    {
        var now = SystemClock.Instance.GetCurrentInstant();
        var id = Ids.New(now);
        await using var work = await Database.WriteAsync(CancellationToken.None);
        await new StaffStore(work).AddAsync(new StaffMember { StaffId = id, Email = $"{id}@staff.example", Name = name, Role = Words.Of(role), TimeZone = "Europe/London", CreatedAt = now });
        var session = await new StaffSessionStore(work).BeginAsync(id, now);
        await work.CommitAsync();
        return (id, session);
    }

    /// <summary>The secret of a session of a customer in the portal.</summary>
    public async Task<string> GreetAsync(Guid customerId)
    {
        await using var work = await Database.WriteAsync(CancellationToken.None);
        var session = await new PortalSessionStore(work).BeginAsync(customerId, SystemClock.Instance.GetCurrentInstant());
        await work.CommitAsync();
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
        await Database.DisposeAsync();
        if (_postgresName is not null) await OnServerAsync($"drop database {_postgresName} with (force)");
        Directory.Delete(Settings.DataFolder, recursive: true);
    }

    private async Task ServeAsync(bool isDemo)
    {
        _process = isDemo ? Run("serve", "--port", $"{Settings.Port}") : Run("serve", "--empty", "--port", $"{Settings.Port}");
        using var client = new HttpClient { BaseAddress = Address };
        for (var began = Stopwatch.GetTimestamp(); !await AnswersAsync(client);)
        {
            if (_process.HasExited) throw new InvalidOperationException($"The server ended with {_process.ExitCode}:\n{Said}");
            if (Stopwatch.GetElapsedTime(began).TotalMinutes > 5) throw new TimeoutException($"The server did not answer within five minutes:\n{Said}");
            await Task.Delay(20);
        }
    }

    private Process Run(params string[] verb)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. verb, "--data", Settings.DataFolder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Remove("REGARD_DATABASE");
        if (Settings.ConnectionString is { } database) start.Environment["REGARD_DATABASE"] = database;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Hear(string? line)
    {
        lock (_said) _said.AppendLine(line);
    }

    private static string Program
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Regard.slnx"))) folder = folder.Parent;
            return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests lie outside of the repository."), "src", "Regard.Web", "bin", "Debug", "net10.0", "regard.dll");
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task OnServerAsync(string sql)
    {
        await using var server = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("REGARD_TEST_POSTGRES")!);
        await using var connection = await server.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
    }

    private static string Readable(string mail) => Encoded().Replace(mail, part => "\n\n" + Encoding.UTF8.GetString(Convert.FromBase64String(part.Groups["text"].Value)));

    [GeneratedRegex(@"base64\r\n\r\n(?<text>(?:[A-Za-z0-9+/=]+\r\n)+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Encoded();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
