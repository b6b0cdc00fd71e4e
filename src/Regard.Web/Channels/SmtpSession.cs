using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Regard.Channels;

/// <summary>
/// One conversation with a mail server (RFC 5321, STARTTLS RFC 3207, AUTH RFC 4954). It tells apart what was certainly not handed over,
/// what was taken, what was refused, and what nobody can know.
/// </summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Others wait while an end is written. Three bytes find room at once, or the server has not read for long.
    private static readonly TimeSpan EndPatience = TimeSpan.FromMilliseconds(250);

    private static readonly byte[] End = ".\r\n"u8.ToArray();

    private readonly TcpClient _client;
    private Stream _stream;
    private readonly byte[] _buffer = new byte[4096];
    private int _from;
    private int _to;
    private IReadOnlyList<string> _extensions = [];

    private SmtpSession(TcpClient client)
    {
        _client = client;
        _stream = client.GetStream();
    }

    /// <summary>How many mails were handed over in this conversation.</summary>
    public int Sent { get; private set; }

    /// <exception cref="MailFailure">The server does not want to talk, or not safely enough.</exception>
    public static async Task<SmtpSession> OpenAsync(SmtpServer server, CancellationToken stop)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, stop).AsTask().WaitAsync(Patience, stop);
            var session = new SmtpSession(client);
            await session.GreetAsync(server, stop);
            return session;
        }
        catch (Exception failure) when (failure is SocketException or IOException or TimeoutException or System.Security.Authentication.AuthenticationException or System.Security.Cryptography.CryptographicException)
        {
            client.Dispose();
            throw new MailFailure(new SendResult(SendOutcome.NotSent, $"The mail server cannot be reached ({failure.GetType().Name})."));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Names sender and recipient and asks to begin with the mail.</summary>
    /// <exception cref="MailFailure">The server refused; nothing was handed over.</exception>
    public async Task BeginAsync(string from, string to, CancellationToken stop)
    {
        var (sender, recipient) = ($"MAIL FROM:<{Address(from)}>", $"RCPT TO:<{Address(to)}>");
        if (_extensions.Contains("PIPELINING", StringComparer.OrdinalIgnoreCase))
        {
            await BeginAtOnceAsync(sender, recipient, stop);
            return;
        }
        await NeedAsync(sender, "sender", stop);
        await TakesAsync(await AskAsync(recipient, stop), stop);
        await NeedAsync("DATA", "mail", stop);
    }

    // Three commands in one packet (RFC 2920). A server may then ask for a mail that nobody is to get: it gets its end alone, which sends nothing.
    private async Task BeginAtOnceAsync(string sender, string recipient, CancellationToken stop)
    {
        var from = await AskAsync($"{sender}\r\n{recipient}\r\nDATA", stop);
        var (to, data) = (await AnswerAsync(stop), await AnswerAsync(stop));
        if (data.IsPositive && !(from.IsPositive && to.IsPositive)) await AskAsync(".", stop);
        if (!from.IsPositive) throw Failure("sender", from);
        await TakesAsync(to, stop);
        if (!data.IsPositive) throw Failure("mail", data);
    }

    private async Task TakesAsync(SmtpReply reply, CancellationToken stop)
    {
        if (!reply.IsPositive)
        {
            await AskAsync("RSET", stop);
            var isBad = reply.Code is 550 or 551 or 553 && (reply.Status.Length == 0 || reply.Status.StartsWith("5.1.", StringComparison.Ordinal));
            throw Failure("recipient", reply, isBad);
        }
    }

    /// <summary>Writes the mail, but not its end: without the end a server has nothing that it may deliver (RFC 5321, 4.1.1.4).</summary>
    /// <exception cref="MailFailure">The connection broke; nothing was handed over.</exception>
    public async Task WriteAsync(byte[] mail, CancellationToken stop)
    {
        try
        {
            await _stream.WriteAsync(Stuffed(mail), stop).AsTask().WaitAsync(Patience, stop);
            await _stream.FlushAsync(stop);
        }
        catch (Exception failure) when (failure is IOException or TimeoutException)
        {
            throw new MailFailure(new SendResult(SendOutcome.NotSent, "The connection to the mail server broke before the mail was complete."));
        }
    }

    /// <summary>Writes the mail's end: the bytes that make it the server's. From here on nobody here knows; it is not cancelled.</summary>
    /// <exception cref="MailFailure">A half-written end may have arrived whole: <see cref="SendOutcome.Ambiguous"/>.</exception>
    public async Task EndAsync()
    {
        Sent++;
        try
        {
            await _stream.WriteAsync(End, CancellationToken.None).AsTask().WaitAsync(EndPatience, CancellationToken.None);
            await _stream.FlushAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is IOException or TimeoutException)
        {
            // It must not arrive later, when nobody holds the customer's wishes any more.
            _client.Client.Close(0);
            throw new MailFailure(new SendResult(SendOutcome.Ambiguous, "The connection to the mail server broke at the end of the mail."));
        }
    }

    /// <summary>Waits for the server's answer to the mail.</summary>
    public async Task<SendResult> ResultAsync(CancellationToken stop)
    {
        try
        {
            var reply = await ReplyAsync(stop);
            return reply switch
            {
                { IsPositive: true } => new SendResult(SendOutcome.Accepted, $"Taken by the mail server ({reply})."),
                { IsPermanent: true } => new SendResult(SendOutcome.Rejected, $"Refused by the mail server ({reply})."),
                _ => new SendResult(SendOutcome.NotSent, $"The mail server asks to try later ({reply})."),
            };
        }
        catch (Exception failure) when (failure is IOException or TimeoutException or OperationCanceledException or FormatException)
        {
            return new SendResult(SendOutcome.Ambiguous, "The mail was written, and no answer came.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        _client.Dispose();
    }

    private async Task GreetAsync(SmtpServer server, CancellationToken stop)
    {
        if (await ReplyAsync(stop) is { IsPositive: false } refused) throw Failure("conversation", refused);
        await HelloAsync(stop);
        if (_extensions.Contains("STARTTLS", StringComparer.OrdinalIgnoreCase))
        {
            await NeedAsync("STARTTLS", "encryption", stop);
            // What came unencrypted behind the answer was put there by somebody else.
            _from = _to = 0;
            var tls = new SslStream(_stream);
            await tls.AuthenticateAsClientAsync(Trust(server), stop).WaitAsync(Patience, stop);
            _stream = tls;
            await HelloAsync(stop);
        }
        else if (server.NeedsTls || (server.User is not null && !IsThisMachine(server.Host)))
        {
            throw new MailFailure(new SendResult(SendOutcome.NotSent, "The mail server offers no encryption."));
        }
        if (server.User is not null) await SignInAsync(server, stop);
    }

    private static SslClientAuthenticationOptions Trust(SmtpServer server)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = server.Host };
        if (server.AuthorityFile is not { } file) return options;
        options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        options.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        return options;
    }

    private async Task HelloAsync(CancellationToken stop)
    {
        var reply = await AskAsync("EHLO regard.invalid", stop);
        if (!reply.IsPositive) throw Failure("greeting", reply);
        _extensions = [.. reply.Lines.Skip(1)];
    }

    private async Task SignInAsync(SmtpServer server, CancellationToken stop)
    {
        var methods = _extensions.FirstOrDefault(line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase)) ?? "";
        if (methods.Contains("PLAIN", StringComparison.OrdinalIgnoreCase))
        {
            await NeedAsync("AUTH PLAIN " + Base64($"\0{server.User}\0{server.Password}"), "sign-in", stop);
            return;
        }
        await NeedAsync("AUTH LOGIN", "sign-in", stop);
        await NeedAsync(Base64(server.User!), "sign-in", stop);
        await NeedAsync(Base64(server.Password ?? ""), "sign-in", stop);
    }

    private async Task NeedAsync(string command, string what, CancellationToken stop)
    {
        var reply = await AskAsync(command, stop);
        if (!reply.IsPositive) throw Failure(what, reply);
    }

    private async Task<SmtpReply> AskAsync(string command, CancellationToken stop)
    {
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), stop).AsTask().WaitAsync(Patience, stop);
            await _stream.FlushAsync(stop);
        }
        catch (Exception failure) when (failure is IOException or TimeoutException)
        {
            throw new MailFailure(new SendResult(SendOutcome.NotSent, "The connection to the mail server broke before the mail was handed over."));
        }
        return await AnswerAsync(stop);
    }

    private async Task<SmtpReply> AnswerAsync(CancellationToken stop)
    {
        try
        {
            return await ReplyAsync(stop);
        }
        catch (Exception failure) when (failure is IOException or TimeoutException or FormatException)
        {
            throw new MailFailure(new SendResult(SendOutcome.NotSent, "The connection to the mail server broke before the mail was handed over."));
        }
    }

    private async Task<SmtpReply> ReplyAsync(CancellationToken stop)
    {
        var lines = new List<string>();
        while (true)
        {
            var line = await LineAsync(stop).WaitAsync(Patience, stop);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)) throw new FormatException("That is no SMTP reply.");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ') return new SmtpReply(code, lines);
            if (lines.Count > 200) throw new FormatException("The SMTP reply has no end.");
        }
    }

    private async Task<string> LineAsync(CancellationToken stop)
    {
        var line = new StringBuilder();
        while (line.Length < 4096)
        {
            if (_from == _to)
            {
                (_from, _to) = (0, await _stream.ReadAsync(_buffer, stop));
                if (_to == 0) throw new IOException("The server ended the conversation.");
            }
            var next = (char)_buffer[_from++];
            if (next == '\n') return line.ToString().TrimEnd('\r');
            line.Append(next);
        }
        throw new FormatException("The SMTP line has no end.");
    }

    private static byte[] Stuffed(byte[] mail)
    {
        var stuffed = new List<byte>(mail.Length + 16);
        for (var at = 0; at < mail.Length; at++)
        {
            if (mail[at] == '.' && (at == 0 || mail[at - 1] == '\n')) stuffed.Add((byte)'.');
            stuffed.Add(mail[at]);
        }
        return [.. stuffed];
    }

    private static string Address(string address)
    {
        var parsed = new System.Net.Mail.MailAddress(address).Address;
        return parsed.All(c => c is > ' ' and <= '~' and not ('<' or '>')) ? parsed : throw new MailFailure(new SendResult(SendOutcome.Rejected, "The address cannot be used for mail.", true));
    }

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]" or "::1";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static MailFailure Failure(string what, SmtpReply reply, bool isAddressBad = false) => new(new SendResult(
        reply.IsPermanent && what is ("recipient" or "mail") ? SendOutcome.Rejected : SendOutcome.NotSent, $"The mail server refused the {what} ({reply}).", isAddressBad));
}
