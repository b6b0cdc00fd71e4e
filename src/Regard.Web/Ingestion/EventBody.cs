using System.Buffers;
using System.IO.Compression;
using System.Text.Unicode;
using Regard.Api;

namespace Regard.Ingestion;

/// <summary>The body of an ingestion request, unpacked, in a borrowed buffer.</summary>
internal sealed class EventBody : IDisposable
{
    /// <summary>The largest batch, unpacked: Segment's limit.</summary>
    public const int BatchLimit = 500 * 1024;

    /// <summary>The largest event: Segment's limit.</summary>
    public const int EventLimit = 32 * 1024;

    private byte[]? _buffer;

    private EventBody(byte[] buffer, int length)
    {
        _buffer = buffer;
        Json = buffer.AsMemory(0, length);
    }

    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Reads and unpacks the body. However far it would unfold, no more than <paramref name="limit"/> bytes and one are ever held.</summary>
    /// <exception cref="ApiRefusal">413 too large, 415 packed in another way than gzip, 400 damaged or not UTF-8.</exception>
    public static async Task<EventBody> ReadAsync(HttpRequest request, int limit)
    {
        var stop = request.HttpContext.RequestAborted;
        await using var packed = Unpacking(request);
        var buffer = ArrayPool<byte>.Shared.Rent(limit + 1);
        try
        {
            var length = 0;
            for (int read; (read = await packed.ReadAsync(buffer.AsMemory(length, limit + 1 - length), stop)) > 0;)
            {
                length += read;
                if (length > limit) throw ApiProblem.TooLarge($"A request has at most {limit / 1024} kB of JSON.").Refusal();
            }
            if (!Utf8.IsValid(buffer.AsSpan(0, length))) throw ApiProblem.Malformed("The body is not UTF-8.").Refusal();
            return new EventBody(buffer, length);
        }
        catch (Exception failure)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (failure is InvalidDataException) throw ApiProblem.Malformed("The body says gzip and is not, or is damaged.").Refusal();
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer) ArrayPool<byte>.Shared.Return(buffer);
    }

    private static Stream Unpacking(HttpRequest request)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return request.Body;
        return encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(request.Body, CompressionMode.Decompress, leaveOpen: true)
            : throw ApiProblem.Of(415, "media_type", "The body is packed in an unknown way", "Send it plain or with Content-Encoding: gzip.").Refusal();
    }
}
