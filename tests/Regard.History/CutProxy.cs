using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Regard.History;

/// <summary>The wire between a process and its database: it can be cut, and it can stand still.</summary>
internal sealed class CutProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, Socket> _pairs = new();
    private readonly EndPoint _target;
    private volatile Task _passes = Task.CompletedTask;

    public CutProxy(string host, int port)
    {
        _target = new DnsEndPoint(host, port);
        _listener.Start(200);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Resets every connection that there is.</summary>
    public void Cut()
    {
        foreach (var (near, far) in _pairs)
        {
            Reset(near);
            Reset(far);
        }
    }

    /// <summary>Lets nothing pass for a while.</summary>
    public void Stall(TimeSpan time) => _passes = Task.Delay(time);

    public void Dispose()
    {
        _listener.Stop();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = JoinAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    private async Task JoinAsync(Socket near)
    {
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        try
        {
            await far.ConnectAsync(_target);
            _pairs[near] = far;
            await Task.WhenAny(PassAsync(near, far), PassAsync(far, near));
        }
        catch (SocketException)
        {
            // The database refuses: so does the wire.
        }
        _pairs.TryRemove(near, out _);
        Reset(near);
        Reset(far);
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, SocketFlags.None)) > 0;)
            {
                await _passes;
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), SocketFlags.None);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // It was cut.
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
        socket.Dispose();
    }
}
