using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Regard.Layout;

/// <summary>A staff page with one of most components, for the tests of the frame around pages.</summary>
[Layout(typeof(StaffLayout))]
public sealed class SamplePage : ComponentBase
{
    [Parameter] public Instant At { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder tree)
    {
        tree.OpenComponent<PageHeader>(0);
        tree.AddComponentParameter(1, nameof(PageHeader.Title), "Sample <1>");
        tree.CloseComponent();
        tree.OpenComponent<When>(2);
        tree.AddComponentParameter(3, nameof(When.At), At);
        tree.CloseComponent();
        tree.OpenComponent<Field>(4);
        tree.AddComponentParameter(5, nameof(Field.Name), "Email");
        tree.AddComponentParameter(6, nameof(Field.Label), "E-mail");
        tree.AddComponentParameter(7, nameof(Field.Value), "\"><script>");
        tree.AddComponentParameter(8, nameof(Field.Error), "no domain");
        tree.CloseComponent();
        tree.OpenComponent<Chart>(9);
        tree.AddComponentParameter(10, nameof(Chart.Label), "Cost");
        tree.AddComponentParameter(11, nameof(Chart.Categories), (IReadOnlyList<string>)["</script>"]);
        tree.AddComponentParameter(12, nameof(Chart.Series), (IReadOnlyList<ChartSeries>)[new ChartSeries("Extra", [null])]);
        tree.CloseComponent();
    }
}

/// <summary>The frame alone, without a database, on a free loopback port.</summary>
internal sealed class SampleSite : IAsyncDisposable
{
    private static readonly Viewer Viewer = new("Åsa Öberg", "Agent", "auto", DateTimeZoneProviders.Tzdb["Europe/Stockholm"], ["today", "customers"]);
    private readonly WebApplication _app;

    private SampleSite(WebApplication app)
    {
        _app = app;
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public static async Task<SampleSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = "regard",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddFaces();
        var app = builder.Build();
        app.UseFaces();
        app.Use((http, next) =>
        {
            http.Features.Set(Viewer);
            if (http.Request.Path != "/theme") http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, "staff:1")], "Regard"));
            return next(http);
        });
        app.UseAntiforgery();
        app.MapFaces();
        app.MapGet("/today", () => new RazorComponentResult<SamplePage>(new { At = Instant.FromUtc(2026, 7, 1, 22, 30) }));
        app.MapGet("/missing", () => Faces.Missing());
        app.MapGet("/broken", string () => throw new InvalidOperationException("a secret"));
        app.MapPost("/save", ([FromForm] string email, HttpContext http) =>
        {
            Flash.Say(http, $"Saved {email}");
            return Results.Redirect("/today");
        });
        await app.StartAsync();
        return new SampleSite(app);
    }

    /// <summary>Fetches the page and posts a form with its token, as a browser would.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, Dictionary<string, string> form)
    {
        form["__RequestVerificationToken"] = Between(await Client.GetStringAsync("/today"), "__RequestVerificationToken\" value=\"", "\"");
        return await Client.PostAsync(path, new FormUrlEncodedContent(form));
    }

    public static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal);
        start.ShouldBeGreaterThanOrEqualTo(0, $"no {before} in the page");
        start += before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
