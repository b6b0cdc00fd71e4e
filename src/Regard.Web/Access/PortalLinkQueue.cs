using System.Threading.Channels;

namespace Regard.Access;

/// <summary>
/// Addresses for which a sign-in link was asked. The page answers before anybody looks the address up, so that neither its words nor its
/// time tell who is a customer. What waits here is lost with the process: the customer asks again.
/// </summary>
internal sealed class PortalLinkQueue
{
    private const int Room = 1000;

    private readonly Channel<string> _asked = System.Threading.Channels.Channel.CreateBounded<string>(
        new BoundedChannelOptions(Room) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Takes an address in. When a thousand wait already it is dropped: somebody is flooding.</summary>
    public void Ask(string email) => _asked.Writer.TryWrite(email);

    public IAsyncEnumerable<string> ReadAllAsync(CancellationToken stop) => _asked.Reader.ReadAllAsync(stop);
}
