using System.Globalization;
using System.Text;

namespace Regard.Mail;

/// <summary>
/// One conversation in which a mail server hands mails over (LMTP, RFC 2033). Each recipient gets an answer of their own, and a yes only
/// when the mail is committed; whatever fails is asked for again.
/// </summary>
internal sealed class LmtpSession(Stream stream, MailIntake intake, ILogger log)
{
    private const int LongestLine = 8192;
    private const int MostRecipients = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<string> _recipients = [];
    private bool _hasSender;
    private int _from;
    private int _to;

    public async Task RunAsync(CancellationToken stop)
    {
        await SayAsync("220 regard LMTP", stop);
        while (await LineAsync(stop) is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
            if (verb == "QUIT")
            {
                await SayAsync("221 2.0.0 Good bye", stop);
                return;
            }
            if (verb == "DATA" && _hasSender && _recipients.Count > 0) await DataAsync(stop);
            else await SayAsync(Answer(verb, line), stop);
        }
    }

    private string Answer(string verb, string line)
    {
        switch (verb)
        {
            case "LHLO":
                Forget();
                return string.Create(CultureInfo.InvariantCulture, $"250-regard\r\n250-SIZE {IncomingMail.Largest}\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES");
            case "HELO" or "EHLO":
                return "500 5.5.1 This is LMTP: say LHLO";
            case "MAIL":
                if (Path(line, "MAIL FROM:") is null) return "501 5.5.4 MAIL FROM:<address>";
                Forget();
                _hasSender = true;
                return "250 2.1.0 Ok";
            case "RCPT":
                if (!_hasSender) return "503 5.5.1 MAIL first";
                if (Path(line, "RCPT TO:") is not { Length: > 0 } to) return "501 5.5.4 RCPT TO:<address>";
                if (_recipients.Count >= MostRecipients) return "452 4.5.3 Too many recipients";
                _recipients.Add(to);
                return "250 2.1.5 Ok";
            case "DATA":
                return "503 5.5.1 MAIL and RCPT first";
            case "RSET":
                Forget();
                return "250 2.0.0 Ok";
            case "NOOP":
                return "250 2.0.0 Ok";
            case "VRFY":
                return "252 2.5.0 Send it and see";
            default:
                return "500 5.5.2 Not known here";
        }
    }

    private async Task DataAsync(CancellationToken stop)
    {
        await SayAsync("354 End with a dot", stop);
        var mail = await ContentAsync(stop);
        foreach (var recipient in _recipients) await SayAsync(await TakeAsync(mail, recipient, stop), stop);
        Forget();
    }

    private async Task<string> TakeAsync(byte[]? mail, string recipient, CancellationToken stop)
    {
        if (mail is null) return "552 5.3.4 The mail is too large";
        try
        {
            await intake.ReceiveAsync(mail, [recipient], stop);
            return "250 2.0.0 Taken";
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError("A mail could not be taken and will be handed over again: {Kind}\n{Stack}", failure.GetType().FullName, failure.StackTrace);
            return "451 4.3.0 Not now: try again";
        }
    }

    // Null = it is too large: read to its end all the same, or the rest would be taken for commands.
    private async Task<byte[]?> ContentAsync(CancellationToken stop)
    {
        using var content = new MemoryStream();
        var (isLineStart, isTooLarge) = (true, false);
        while (true)
        {
            var line = await RawLineAsync(stop) ?? throw new IOException("The mail has no end.");
            if (isLineStart && line.AsSpan().SequenceEqual(".\r\n"u8)) return isTooLarge ? null : content.ToArray();
            var isStuffed = isLineStart && line[0] == (byte)'.';
            if (content.Length + line.Length > IncomingMail.Largest) isTooLarge = true;
            if (!isTooLarge) content.Write(line.AsSpan(isStuffed ? 1 : 0));
            isLineStart = line[^1] == (byte)'\n';
        }
    }

    private async Task<string?> LineAsync(CancellationToken stop) =>
        await RawLineAsync(stop) is { } line ? Encoding.UTF8.GetString(line).TrimEnd('\r', '\n') : null;

    // A piece of at most the longest line, with its end when it has one; null = the other side is gone.
    private async Task<byte[]?> RawLineAsync(CancellationToken stop)
    {
        using var line = new MemoryStream();
        while (line.Length < LongestLine)
        {
            if (_from == _to)
            {
                (_from, _to) = (0, await stream.ReadAsync(_buffer, stop).AsTask().WaitAsync(Patience, stop));
                if (_to == 0) return null;
            }
            var end = _buffer.AsSpan(_from, _to - _from).IndexOf((byte)'\n');
            var length = (int)Math.Min(end < 0 ? _to - _from : end + 1, LongestLine - line.Length);
            line.Write(_buffer, _from, length);
            _from += length;
            if (end >= 0 && _buffer[_from - 1] == (byte)'\n') break;
        }
        return line.ToArray();
    }

    private async Task SayAsync(string answer, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), stop);
        await stream.FlushAsync(stop);
    }

    private void Forget()
    {
        _recipients.Clear();
        _hasSender = false;
    }

    // Null = it is no path; empty = the empty one of reports.
    private static string? Path(string line, string command)
    {
        if (!line.StartsWith(command, StringComparison.OrdinalIgnoreCase)) return null;
        var (open, close) = (line.IndexOf('<', StringComparison.Ordinal), line.LastIndexOf('>'));
        return open >= 0 && close > open && close - open < 1000 ? line[(open + 1)..close] : null;
    }
}
