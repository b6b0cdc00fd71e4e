using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Regard.Webhooks;

/// <summary>How a receiver answers.</summary>
public enum HookMood
{
    Takes,
    Fails,
    Hangs,
    IsGone,
    Redirects,
    NeverStops,
    HangsUp,
}

/// <summary>What a receiver was sent.</summary>
internal sealed record ReceivedHook(string Head, string Body)
{
    public JsonNode Event => JsonNode.Parse(Body)!;

    public string Type => Event["type"]!.GetValue<string>();

    public string Header(string name) => Head.Split("\r\n").Single(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();
}

/// <summary>A receiver of webhooks that behaves as badly as a test wants it to.</summary>
internal sealed class HookSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _connections;
    private long _sent;

    public HookSink()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    public HookMood Mood { get; set; }

    /// <summary>Where it leads when it redirects.</summary>
    public string? Elsewhere { get; set; }

    public ConcurrentQueue<ReceivedHook> Received { get; } = new();

    public int Connections => _connections;

    /// <summary>How many bytes of an answer without end it got rid of.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}/hook";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            Interlocked.Increment(ref _connections);
            _ = Task.Run(() => ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            var stream = client.GetStream();
            while (await ReadAsync(stream) is { } hook)
            {
                Received.Enqueue(hook);
                if (Mood == HookMood.HangsUp) return;
                await AnswerAsync(stream);
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side went away.
        }
    }

    private async Task<ReceivedHook?> ReadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0) return null;
            head.Append((char)one[0]);
        }
        var hook = new ReceivedHook(head.ToString(), "");
        var body = new byte[int.Parse(hook.Header("content-length"), CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, _stop.Token);
        return hook with { Body = Encoding.UTF8.GetString(body) };
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        if (Mood == HookMood.Hangs) await Task.Delay(Timeout.Infinite, _stop.Token);
        var head = Mood switch
        {
            HookMood.Fails => "500 Broken\r\nContent-Length: 0",
            HookMood.IsGone => "410 Gone\r\nContent-Length: 0",
            HookMood.Redirects => $"307 There\r\nLocation: {Elsewhere}\r\nContent-Length: 0",
            HookMood.NeverStops => "200 OK\r\nContent-Length: 1073741824",
            _ => "204 Taken\r\nContent-Length: 0",
        };
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {head}\r\n\r\n"), _stop.Token);
        var part = new byte[64 * 1024];
        for (var left = Mood == HookMood.NeverStops ? 1L << 30 : 0; left > 0; left -= part.Length)
        {
            await stream.WriteAsync(part, _stop.Token);
            Interlocked.Add(ref _sent, part.Length);
        }
    }
}
