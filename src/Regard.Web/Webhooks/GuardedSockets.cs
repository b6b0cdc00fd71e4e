using System.Net;
using System.Net.Sockets;

namespace Regard.Webhooks;

/// <summary>The address of a webhook is one that it may not reach.</summary>
internal sealed class GuardedException() : IOException("The address leads into a private network.");

/// <summary>
/// Connections that only reach the public Internet. The address is looked at when the connection is made, after the name was resolved and
/// by the same act: a name that leads somewhere else a moment later changes nothing.
/// </summary>
internal static class GuardedSockets
{
    /// <summary>A handler that follows nobody's lead: no redirects, no proxies, no cookies, no credentials, nothing decompressed.</summary>
    /// <param name="allowsPrivate">Whether private networks may be reached.</param>
    public static SocketsHttpHandler Handler(bool allowsPrivate) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        Credentials = null,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxConnectionsPerServer = 16,
        MaxResponseHeadersLength = 32,
        MaxResponseDrainSize = 16 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        ConnectCallback = (context, stop) => ConnectAsync(context.DnsEndPoint, allowsPrivate, stop),
    };

    /// <summary>Whether an address may be reached.</summary>
    public static bool IsPublic(IPAddress address) => PublicInternet.IsPublic(address.GetAddressBytes());

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint target, bool allowsPrivate, CancellationToken stop)
    {
        var addresses = IPAddress.TryParse(target.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(target.Host, stop);
        // One private address among public ones is a trap: nothing of such a name is called.
        if (!allowsPrivate && (addresses.Length == 0 || !Array.TrueForAll(addresses, IsPublic))) throw new GuardedException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
