using System.Diagnostics;

namespace Regard.Bench.Kit;

/// <summary>
/// Asks a server for pages at a fixed rate of arrivals, whether or not earlier answers came: as customers do, who do not wait for each other.
/// Each time is counted from the moment the request was due, not from when it could be sent, so a stall of the server is felt by every
/// request that fell into it (no coordinated omission).
/// </summary>
internal static class HttpLoad
{
    /// <summary>Sends <paramref name="rate"/> requests a second for <paramref name="seconds"/> and waits for all answers.</summary>
    /// <param name="client">With the session or key that the pages need; its handler should allow many connections (<see cref="Client"/>).</param>
    /// <param name="request">Makes the n-th request.</param>
    public static async Task<LoadResult> RunAsync(HttpClient client, int rate, int seconds, Func<int, HttpRequestMessage> request)
    {
        var count = rate * seconds;
        var times = new double[count];
        var failures = 0;
        var asked = new Task[count];
        var start = Stopwatch.GetTimestamp();
        for (var n = 0; n < count; n++)
        {
            var due = (double)n / rate;
            var early = due - Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (early > 0.0005) await Task.Delay(TimeSpan.FromSeconds(early));
            var index = n;
            asked[n] = Task.Run(async () =>
            {
                if (!await AskAsync(client, request(index))) Interlocked.Increment(ref failures);
                times[index] = (Stopwatch.GetElapsedTime(start).TotalSeconds - due) * 1000;
            });
        }
        await Task.WhenAll(asked);
        Array.Sort(times);
        return new LoadResult(count, failures, times[count / 2], times[Math.Min(count - 1, count * 99 / 100)], times[^1]);
    }

    /// <summary>A client that follows no redirects (a redirect to sign-in is a failure here) and opens as many connections as it needs.</summary>
    public static HttpClient Client(Uri address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
    })
    { BaseAddress = address };

    private static async Task<bool> AskAsync(HttpClient client, HttpRequestMessage request)
    {
        try
        {
            using var answer = await client.SendAsync(request);
            await answer.Content.ReadAsByteArrayAsync();
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        finally
        {
            request.Dispose();
        }
    }
}

/// <summary>What the callers felt.</summary>
/// <param name="Requests">How many were sent.</param>
/// <param name="Failures">How many were not answered with success.</param>
/// <param name="Median">Milliseconds from when a request was due to its whole answer.</param>
/// <param name="P99">The same for the slowest hundredth.</param>
/// <param name="Slowest">The same for the slowest of all.</param>
internal sealed record LoadResult(int Requests, int Failures, double Median, double P99, double Slowest);
