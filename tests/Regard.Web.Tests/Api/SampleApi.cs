using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Regard.Access;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Api;

internal sealed record Note
{
    public string Name { get; init; } = "";

    public Instant At { get; init; }

    public long Version { get; init; }
}

internal sealed record NoteDraft(string Name, Instant? At = null);

/// <summary>A small API over the settings table that uses every convention once: what the tests of the conventions talk to.</summary>
internal sealed class SampleApi : IAsyncDisposable
{
    private readonly TestDatabase _data;
    private readonly WebApplication _app;

    private SampleApi(TestDatabase data, WebApplication app)
    {
        _data = data;
        _app = app;
    }

    public HttpClient Client { get; } = new();

    /// <summary>How often the effect of a write began.</summary>
    public int Effects { get; private set; }

    public static async Task<SampleApi> StartAsync(string engine)
    {
        var data = await TestDatabase.MakeAsync(engine);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(data.Database);
        builder.Services.AddSingleton<IClock>(SystemClock.Instance);
        builder.Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        builder.Services.AddApi();
        var app = builder.Build();
        app.UseApi();
        app.Use((http, next) =>
        {
            http.Features.Set(Actor.Key(Ids.Of(Instant.FromUnixTimeSeconds(0), "test", http.Request.Headers["X-Caller"].ToString()), "test", []));
            return next(http);
        });
        ApiDocument.Map(app);
        var sample = new SampleApi(data, app);
        var notes = app.MapApi("notes");
        notes.MapGet("/", ListAsync).ForApi(Right.SettingsRead);
        notes.MapGet("/{name}", OpenAsync).ForApi(Right.SettingsRead);
        notes.MapPost("/", sample.RecordAsync).ForApi(Right.SettingsWrite);
        notes.MapPut("/{name}", ChangeAsync).NeedsVersion().ForApi(Right.SettingsWrite);
        notes.MapGet("/fault", IResult () => throw new InvalidOperationException("ada@example.org is broken")).ForApi(Right.SettingsRead);
        await app.StartAsync();
        sample.Client.BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return sample;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _data.DisposeAsync();
    }

    private static async Task<ApiPage<Note>> ListAsync([AsParameters] PageQuery page, Database database, CancellationToken stop)
    {
        var after = page.Cursor(1)?[0] ?? "";
        await using var work = await database.ReadAsync(stop);
        var rows = await work.ListAsync<Note>(
            "select name, changed_at as at, 1 as version from setting where name > @after order by name limit @take", new { after, take = page.Take });
        return ApiPage<Note>.Of(rows, page, row => [row.Name]);
    }

    private static async Task<ApiAnswer<Note>> OpenAsync(string name, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var note = await work.FirstAsync<Note>("select name, changed_at as at, 7 as version from setting where name = @name", new { name });
        return note is null ? throw ApiProblem.Absent("note").Refusal() : ApiAnswer<Note>.Ok(note, note.Version);
    }

    private Task<ApiAnswer<Note>> RecordAsync(NoteDraft draft, HttpContext http, ApiWriter api)
    {
        var faults = new Faults();
        faults.When(draft.Name is null or "", "/name", "is required");
        faults.When(draft.At is null, "/at", "is required");
        faults.Refuse();
        return api.WriteAsync(http, async work =>
        {
            Effects++;
            await work.ExecuteAsync(
                "insert into setting (name, value, changed_at, changed_by) values (@Name, @value, @At, 'test')",
                new { draft.Name, value = Json.Of(1), draft.At });
            if (draft.Name == "regretted") throw ApiProblem.Conflict("It was regretted.").Refusal();
            return ApiAnswer<Note>.Created($"/api/v1/notes/{draft.Name}", new Note { Name = draft.Name!, At = draft.At!.Value, Version = 1 }, 1);
        });
    }

    private static Task<ApiDone> ChangeAsync(string name, HttpContext http, ApiWriter api) => api.WriteAsync(http, work =>
    {
        http.RequireVersion(7);
        return Task.FromResult(new ApiDone());
    });
}
