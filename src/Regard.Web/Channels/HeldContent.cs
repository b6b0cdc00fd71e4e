using System.Net;

namespace Regard.Channels;

/// <summary>
/// The body of a request that is written all but its last byte, which waits. A server that was told the length has no whole request
/// until that byte is there, and nothing that it may act on (RFC 9112, 6.3 and 8).
/// </summary>
internal sealed class HeldContent(byte[] body) : HttpContent
{
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _handedOver = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when everything but the last byte is on its way.</summary>
    public Task Written => _written.Task;

    /// <summary>Lets the last byte go. Done when it is on its way.</summary>
    /// <exception cref="IOException">It may be on its way or not.</exception>
    public Task HandOverAsync()
    {
        _goOn.TrySetResult();
        return _handedOver.Task;
    }

    /// <summary>The last byte is not written any more, if it was not yet.</summary>
    public void GiveUp() => _goOn.TrySetException(new IOException("The message was given up."));

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(body.AsMemory(0, body.Length - 1));
        await stream.FlushAsync();
        _written.TrySetResult();
        await _goOn.Task;
        try
        {
            await stream.WriteAsync(body.AsMemory(body.Length - 1));
            await stream.FlushAsync();
            _handedOver.TrySetResult();
        }
        catch (Exception failure)
        {
            _handedOver.TrySetException(new IOException("The connection broke at the end of the message.", failure));
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
