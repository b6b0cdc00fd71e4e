using System.Net;
using System.Net.Sockets;

namespace Regard.Mail;

/// <summary>Takes mails from the mail server of this machine, on the loopback interface. Off unless a port is set.</summary>
internal sealed class LmtpJob(RegardSettings settings, MailIntake intake, ILogger<LmtpJob> log) : BackgroundService
{
    private const int MostConversations = 20;

    private readonly SemaphoreSlim _places = new(MostConversations);
    private readonly TcpListener _listener = new(IPAddress.Loopback, settings.LmtpPort ?? 0);

    /// <summary>The port that it listens on, once it was started.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _listener.Dispose();
        _places.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _places.WaitAsync(stoppingToken);
            var client = await _listener.AcceptTcpClientAsync(stoppingToken);
            _ = TalkAsync(client, stoppingToken);
        }
    }

    private async Task TalkAsync(TcpClient client, CancellationToken stop)
    {
        try
        {
            using (client) await new LmtpSession(client.GetStream(), intake, log).RunAsync(stop);
        }
        catch (Exception failure) when (failure is IOException or SocketException or TimeoutException or OperationCanceledException)
        {
            // The other side went away. What was not answered with a yes it hands over again.
        }
        finally
        {
            if (!stop.IsCancellationRequested) _places.Release();
        }
    }
}
