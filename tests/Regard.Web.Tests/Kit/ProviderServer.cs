using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Regard.Channels;

namespace Regard.Kit;

/// <summary>What a provider of a test does with a request.</summary>
public enum ProviderMood
{
    /// <summary>Answers with <see cref="ProviderServer.Answer"/> when the whole request is there.</summary>
    Answers,
    HangsUpInTheBody,
    HangsUpAfterTheEnd,

    /// <summary>Reads the whole request and says nothing.</summary>
    IsSilent,
}

/// <summary>A message as it came to the provider, whole.</summary>
internal sealed record ProvidedMessage(string Path, IReadOnlyDictionary<string, string> Headers, Dictionary<string, StringValues> Form)
{
    public string this[string name] => Form.GetValueOrDefault(name).ToString();
}

/// <summary>A provider of texts and calls on a free loopback port that keeps what it is sent, and can fail in every way that matters.</summary>
internal sealed class ProviderServer : IAsyncDisposable
{
    public const string Account = "AC0123456789";
    public const string Token = "a-token";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private readonly TaskCompletionSource _almost = new();

    public ProviderServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public ProviderMood Mood { get; set; }

    /// <summary>Status and body of the answer.</summary>
    public (int Status, string Body) Answer { get; set; } = (201, """{"sid":"SM1","status":"queued"}""");

    /// <summary>A header of the answer; null = none more.</summary>
    public string? Header { get; set; }

    /// <summary>Every request whose last byte arrived.</summary>
    public List<ProvidedMessage> Messages { get; } = [];

    /// <summary>How many connections were made.</summary>
    public int Connections { get; private set; }

    /// <summary>Done when all but the last byte of a request is there.</summary>
    public Task Almost => _almost.Task;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public MessageProvider Provider => MessageProvider.Read(string.Create(CultureInfo.InvariantCulture, $"http://{Account}:{Token}@127.0.0.1:{Port}?sms=+43660999&voice=+431999"));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            Connections++;
            _ = TalkAsync(client);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        await using var stream = client.GetStream();
        while (await RequestAsync(stream) is { } request)
        {
            lock (Messages) Messages.Add(request);
            if (Mood == ProviderMood.HangsUpAfterTheEnd) return;
            if (Mood == ProviderMood.IsSilent) await Task.Delay(Timeout.Infinite, _stop.Token);
            var (status, body) = Answer;
            var head = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} x\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{(Header is null ? "" : Header + "\r\n")}\r\n");
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head + body), _stop.Token);
        }
    }

    private async Task<ProvidedMessage?> RequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0) return null;
            head.Append((char)one[0]);
        }
        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers["Content-Length"], CultureInfo.InvariantCulture)];
        for (var at = 0; at < body.Length; at++)
        {
            if (at == body.Length - 1) _almost.TrySetResult();
            if (at == body.Length - 1 && Mood == ProviderMood.HangsUpInTheBody) return null;
            if (await stream.ReadAsync(body.AsMemory(at, 1), _stop.Token) == 0) return null;
        }
        return new ProvidedMessage(lines[0].Split(' ')[1], headers, QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)));
    }
}
