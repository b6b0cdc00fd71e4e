using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Regard.Webhooks;

/// <summary>What an endpoint answered.</summary>
/// <param name="Status">The code; null = there was no answer.</param>
/// <param name="Explanation">For staff; holds nothing of the answer's text.</param>
/// <param name="RetryAfter">How long it asked to wait; null = it did not.</param>
internal sealed record EndpointAnswer(int? Status, string Explanation, Duration? RetryAfter = null)
{
    public bool IsTaken => Status is >= 200 and < 300;

    public bool IsGone => Status == 410;
}

/// <summary>Makes one attempt: a signed POST, whose answer is read no further than its head.</summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;

    /// <param name="allowsPrivate">Whether plain HTTP and private networks are allowed.</param>
    /// <param name="timeout">How long an endpoint has for its answer.</param>
    public WebhookSender(bool allowsPrivate, TimeSpan timeout)
    {
        _timeout = timeout;
        _client = new HttpClient(GuardedSockets.Handler(allowsPrivate)) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Regard", "1"));
        AllowsPrivate = allowsPrivate;
    }

    private bool AllowsPrivate { get; }

    /// <param name="url">Where to.</param>
    /// <param name="delivery">What.</param>
    /// <param name="secrets">All of them sign, the newest first.</param>
    /// <param name="at">The moment of this attempt.</param>
    /// <param name="stop">Ends it unanswered.</param>
    public async Task<EndpointAnswer> SendAsync(string url, DeliveryRow delivery, IReadOnlyList<WebhookSecret> secrets, Instant at, CancellationToken stop)
    {
        // The operator may have taken their leave back since the endpoint was added.
        if (new WebhookDraft(url, null, null).Faults(AllowsPrivate) is [var (_, fault), ..]) return new EndpointAnswer(null, $"Its address {fault}.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_timeout);
        try
        {
            using var request = Request(url, delivery, secrets, at);
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Read(answer);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new EndpointAnswer(null, $"It did not answer within {_timeout.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException failure)
        {
            return new EndpointAnswer(null, Of(failure));
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Request(string url, DeliveryRow delivery, IReadOnlyList<WebhookSecret> secrets, Instant at)
    {
        var id = delivery.EventId.ToString();
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", string.Join(' ', secrets.Select(secret => secret.Sign(id, at, delivery.Body))));
        return request;
    }

    private static EndpointAnswer Read(HttpResponseMessage answer)
    {
        var status = (int)answer.StatusCode;
        var after = answer.Headers.RetryAfter?.Delta is { } delta && delta > TimeSpan.Zero ? Duration.FromTimeSpan(delta) : (Duration?)null;
        var explanation = status switch
        {
            >= 200 and < 300 => "Taken.",
            >= 300 and < 400 => $"It answered {status}: deliveries follow no redirects. Change the address here instead.",
            410 => "It answered 410: it is gone for good.",
            _ => $"It answered {status}.",
        };
        return new EndpointAnswer(status, explanation, after);
    }

    // An exception's text may hold the address with its query: only its kind is told.
    private static string Of(HttpRequestException failure) => (failure.HttpRequestError, failure.InnerException) switch
    {
        (_, GuardedException) => "Its address leads into a private network, which this server may not call. Whoever runs the server can allow it: --allow-private-webhooks.",
        (HttpRequestError.NameResolutionError, _) or (_, SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }) => "Its name is not known.",
        (HttpRequestError.SecureConnectionError, _) => "No secure connection: its certificate is not valid for its name, or it speaks no TLS.",
        (HttpRequestError.ConnectionError, SocketException { SocketErrorCode: SocketError.ConnectionRefused }) => "Nothing listens there.",
        (HttpRequestError.ConnectionError, _) => "No connection.",
        (HttpRequestError.ResponseEnded, _) => "It ended the connection without an answer.",
        _ => "Its answer is no HTTP.",
    };
}
