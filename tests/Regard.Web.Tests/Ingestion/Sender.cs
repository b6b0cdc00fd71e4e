using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Regard.Access;
using Regard.Kit;

namespace Regard.Ingestion;

/// <summary>A server, and a sender of events with a key that may send them.</summary>
internal sealed class Sender : IAsyncDisposable
{
    private Sender(TestServer server, string key)
    {
        Server = server;
        Key = key;
    }

    public TestServer Server { get; }

    public string Key { get; }

    public static async Task<Sender> StartAsync(string engine, params Right[] scopes)
    {
        var server = await TestServer.StartAsync(engine);
        await using var work = await server.Data.WriteAsync();
        var (_, key) = await new ApiKeyStore(work).MakeAsync("shop", scopes.Length == 0 ? [Right.EventsWrite] : scopes, Actor.System("test"), server.Clock.GetCurrentInstant());
        await work.CommitAsync();
        return new Sender(server, key);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string json, bool isPacked = false) => PostAsync(path, Encoding.UTF8.GetBytes(json), isPacked);

    public Task<HttpResponseMessage> PostAsync(string path, byte[] body, bool isPacked = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(isPacked ? Gzip(body) : body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (isPacked) request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(Key + ":")));
        return Server.Client.SendAsync(request);
    }

    /// <summary>The inbox as lines <c>message state reason</c>, in the order of the ids.</summary>
    public async Task<List<string>> InboxAsync()
    {
        await using var work = await Server.Data.ReadAsync();
        return await work.ListAsync<string>("select message_id || ' ' || state || coalesce(' ' || reason, '') from ingest_event order by message_id");
    }

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    public static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(plain);
        return packed.ToArray();
    }
}
