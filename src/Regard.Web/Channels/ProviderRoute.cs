using System.Net.Http.Headers;
using System.Text;
using Regard.Contact;

namespace Regard.Channels;

/// <summary>Text messages and calls by a machine, over a provider's HTTP API. No redirect is followed: what a message says goes where the settings say.</summary>
internal sealed class ProviderRoute(MessageProvider provider, RegardSettings settings) : IMailRoute
{
    private const int LargestAnswer = 256 * 1024;

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !provider.Address.IsLoopback,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <summary>How long a provider may be silent before it counts as not answering.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    public async Task<IMailSlot> OpenAsync(ContactPermit permit, MailMessage message, CancellationToken stop)
    {
        var (resource, fields) = ProviderForm.Of(provider, permit, message, settings.PublicAddress is null ? null : settings.Link($"/provider/status?m={message.MessageId}"));
        var content = new HeldContent(Encode(fields));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(provider.Address, $"2010-04-01/Accounts/{Uri.EscapeDataString(provider.Account)}/{resource}")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{provider.User}:{provider.Password}")));
        // The same for every attempt of one message: a provider that knows it makes one message of them.
        request.Headers.TryAddWithoutValidation("I-Twilio-Idempotency-Token", message.MessageId);
        var slot = new Slot(this, request, content);
        try
        {
            await slot.BeginAsync(stop);
            return slot;
        }
        catch
        {
            await slot.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static byte[] Encode(IReadOnlyList<(string Name, string Value)> fields) =>
        Encoding.ASCII.GetBytes(string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Name)}={Uri.EscapeDataString(field.Value)}")));

    private sealed class Slot(ProviderRoute route, HttpRequestMessage request, HeldContent content) : IMailSlot
    {
        private readonly CancellationTokenSource _end = new();
        private Task<(System.Net.HttpStatusCode Status, string Body)> _answer = null!;

        public async Task BeginAsync(CancellationToken stop)
        {
            _answer = AskAsync();
            try
            {
                if (await Task.WhenAny(content.Written, _answer).WaitAsync(route.Patience, stop) == content.Written) return;
            }
            catch (TimeoutException)
            {
            }
            throw new MailFailure(new SendResult(SendOutcome.NotSent, $"The provider cannot be reached ({(_answer.Exception?.InnerException as HttpRequestException)?.HttpRequestError.ToString() ?? "no answer"})."));
        }

        public async Task HandOverAsync(CancellationToken stop)
        {
            if (_answer.IsCompleted) throw new MailFailure(new SendResult(SendOutcome.NotSent, "The connection to the provider broke before the message was handed over."));
            try
            {
                await content.HandOverAsync().WaitAsync(route.Patience, CancellationToken.None);
            }
            catch (Exception failure) when (failure is IOException or TimeoutException)
            {
                throw new MailFailure(new SendResult(SendOutcome.Ambiguous, "The connection to the provider broke at the end of the message."));
            }
        }

        public async Task<SendResult> ResultAsync(CancellationToken stop)
        {
            try
            {
                var (status, body) = await _answer.WaitAsync(route.Patience, stop);
                return ProviderAnswer.Read(status, body);
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or TimeoutException or OperationCanceledException)
            {
                return new SendResult(SendOutcome.Ambiguous, "The message was written, and no answer came.");
            }
        }

        public async ValueTask DisposeAsync()
        {
            content.GiveUp();
            if (!_answer.IsCompleted) await _end.CancelAsync();
            await _answer.ContinueWith(static done => done.Exception, TaskScheduler.Default);
            request.Dispose();
            _end.Dispose();
        }

        private async Task<(System.Net.HttpStatusCode Status, string Body)> AskAsync()
        {
            using var answer = await route._client.SendAsync(request, HttpCompletionOption.ResponseContentRead, _end.Token);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(_end.Token));
        }
    }
}
