using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Regard.Kit;

/// <summary>What a mail server of a test does with the mails it gets.</summary>
public enum SinkMood
{
    Takes,
    RefusesRecipient,
    RefusesMail,
    AsksLater,
    HangsUpInTheMail,

    /// <summary>Takes the mail's first bytes only, and goes on reading when <see cref="SmtpSink.GoOn"/> is called.</summary>
    StopsReading,
    HangsUpAfterTheEnd,
}

/// <summary>A mail server on a free loopback port that keeps what it is sent, and can fail in every way that matters.</summary>
internal sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public SmtpSink()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    private readonly TaskCompletionSource _stopped = new();
    private readonly TaskCompletionSource _goOn = new();

    /// <summary>Done when the server has stopped reading in the middle of a mail.</summary>
    public Task Stopped => _stopped.Task;

    public void GoOn() => _goOn.TrySetResult();

    public SinkMood Mood { get; set; }

    /// <summary>Every mail whose end arrived, without dot stuffing.</summary>
    public List<string> Mails { get; } = [];

    public string Address => "127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ContinueWith(_ => { }, TaskScheduler.Default);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested) _ = TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 sink");
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            if (line.StartsWith("RCPT", StringComparison.Ordinal) && Mood == SinkMood.RefusesRecipient) await writer.WriteLineAsync("550 5.1.1 nobody here");
            else if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                if (!await ReadMailAsync(reader, writer)) return;
            }
            else await writer.WriteLineAsync(line.StartsWith("EHLO", StringComparison.Ordinal) ? "250-sink\r\n250 8BITMIME" : "250 ok");
        }
    }

    private async Task<bool> ReadMailAsync(StreamReader reader, StreamWriter writer)
    {
        if (Mood == SinkMood.HangsUpInTheMail) return false;
        if (Mood == SinkMood.StopsReading)
        {
            _stopped.TrySetResult();
            await _goOn.Task;
        }
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is var line && line != ".")
        {
            if (line is null) return false;
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }
        if (Mood == SinkMood.RefusesMail) await writer.WriteLineAsync("554 5.7.1 no");
        else if (Mood == SinkMood.AsksLater) await writer.WriteLineAsync("451 4.3.0 later");
        else
        {
            lock (Mails) Mails.Add(mail.ToString());
            if (Mood == SinkMood.HangsUpAfterTheEnd) return false;
            await writer.WriteLineAsync("250 2.0.0 taken");
        }
        return true;
    }
}
