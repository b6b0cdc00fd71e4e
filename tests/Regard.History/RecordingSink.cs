using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Regard.Demo;

namespace Regard.History;

/// <summary>A mail server that writes down every mail's end. With a seed it also refuses, delays, hangs up and falls silent, as servers do.</summary>
/// <param name="log">Where it writes; null = it only counts.</param>
/// <param name="seed">Of its faults; null = it has none.</param>
internal sealed class RecordingSink(HistoryLog? log, ulong? seed) : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private long _received;

    /// <summary>How many mails it took.</summary>
    public long Received => Interlocked.Read(ref _received);

    public string Address => "127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

    public RecordingSink Start()
    {
        _listener.Start(200);
        _ = AcceptAsync();
        return this;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }

    public static long Hash(ReadOnlySpan<char> text)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var c in text) hash = (hash ^ c) * 0x100000001b3UL;
        return (long)hash;
    }

    private async Task AcceptAsync()
    {
        try
        {
            for (var number = 0UL; ; number++)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                _ = TalkAsync(socket, seed is { } own ? new Seeded(own).For($"conversation {number}") : null);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    private async Task TalkAsync(Socket socket, Seeded? dice)
    {
        using var conversation = new SinkConversation(socket, _stop.Token);
        try
        {
            conversation.Say("220 sink");
            while (await conversation.LineAsync() is { } line)
            {
                if (line == "DATA")
                {
                    if (!await MailAsync(conversation, dice)) return;
                }
                else if (line.StartsWith("EHLO", StringComparison.Ordinal)) conversation.Say("250-sink\r\n250-PIPELINING\r\n250 8BITMIME");
                else if (line.StartsWith("RCPT", StringComparison.Ordinal) && dice is not null) await RecipientAsync(conversation, dice);
                else conversation.Say("250 2.0.0 ok");
            }
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side was killed, or the run is over.
        }
    }

    private async Task RecipientAsync(SinkConversation conversation, Seeded dice)
    {
        if (dice.Chance(0.15)) await Task.Delay(dice.Between(5, 60), _stop.Token);
        conversation.Say(dice.Chance(0.005) ? "451 4.3.0 later" : "250 2.0.0 ok");
    }

    /// <summary>Answers false when the conversation ends here.</summary>
    private async Task<bool> MailAsync(SinkConversation conversation, Seeded? dice)
    {
        var fate = dice?.Share() ?? 1;
        conversation.Say("354 go on");
        if (fate < 0.01)
        {
            await conversation.FlushAsync();
            return false;
        }
        if (!await conversation.MailAsync()) return false;
        var isTaken = fate is not (>= 0.01 and < 0.02);
        if (isTaken) Interlocked.Increment(ref _received);
        if (log is not null) log.Write(Line(conversation, isTaken));
        if (fate is >= 0.02 and < 0.03) return false;
        if (fate is >= 0.03 and < 0.0302) await Task.Delay(TimeSpan.FromMinutes(1), _stop.Token);
        if (fate is >= 0.0302 and < 0.1) await Task.Delay(dice!.Between(5, 60), _stop.Token);
        conversation.Say(isTaken ? "250 2.0.0 taken" : "451 4.3.0 later");
        return true;
    }

    private static HistoryRecord Line(SinkConversation conversation, bool isTaken)
    {
        var subject = conversation.Header("\r\nSubject: "u8, (byte)'\r');
        return new HistoryRecord
        {
            Act = Act.Received,
            Operation = Utf8Parser.TryParse(subject, out long operation, out _, 'x') ? operation : throw new FormatException("A mail without an attempt."),
            Message = Hash(Encoding.ASCII.GetString(conversation.Header("Message-ID: <"u8, (byte)'@'))),
            Yes = isTaken,
        };
    }
}
