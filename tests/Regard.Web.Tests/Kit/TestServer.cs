using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using NodaTime.Testing;

namespace Regard.Kit;

/// <summary>The whole web program on a free loopback port over a database of its own, with a clock that the test moves.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestServer(TestDatabase data, WebApplication app, FakeClock clock)
    {
        Data = data;
        _app = app;
        Clock = clock;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public TestDatabase Data { get; }

    public FakeClock Clock { get; }

    public Uri Address { get; }

    /// <summary>A client without cookies or keys that follows no redirects.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="more">Adds endpoints to try the program's frame with.</param>
    /// <param name="settings">Starts it with other settings.</param>
    public static async Task<TestServer> StartAsync(string engine, Action<WebApplication>? more = null, Func<RegardSettings, RegardSettings>? settings = null)
    {
        var data = await TestDatabase.MakeAsync(engine);
        var clock = new FakeClock(SystemClock.Instance.GetCurrentInstant());
        var app = RegardApp.Build(settings?.Invoke(data.Settings) ?? data.Settings, data.Database, clock);
        more?.Invoke(app);
        await app.StartAsync();
        return new TestServer(data, app, clock);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await Data.DisposeAsync();
    }
}
