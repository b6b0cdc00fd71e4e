using System.ComponentModel;
using System.Globalization;
using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Webhooks;

/// <summary>Webhook endpoints in the API, for systems that set themselves up.</summary>
internal static class WebhookApiEndpoints
{
    private const string Path = ApiRoutes.Root + "/webhooks";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapApi("webhooks");
        webhooks.MapGet("/", ListAsync).WithSummary("Webhook endpoints, the newest first").ForApi(Right.WebhooksManage);
        webhooks.MapPost("/", AddAsync).WithSummary("Add a webhook endpoint").WithDescription("Events are posted to it as Standard Webhooks say (headers webhook-id, webhook-timestamp, webhook-signature). The secret is in this answer only.").ForApi(Right.WebhooksManage);
        webhooks.MapGet("/{id:guid}", ShowAsync).WithSummary("One webhook endpoint").ForApi(Right.WebhooksManage);
        webhooks.MapPut("/{id:guid}", ChangeAsync).WithSummary("Change where events go, and which").NeedsVersion().ForApi(Right.WebhooksManage);
        webhooks.MapDelete("/{id:guid}", RemoveAsync).WithSummary("Remove a webhook endpoint").WithDescription("What waits for it is not sent any more. Doing it twice changes nothing.").ForApi(Right.WebhooksManage);
        webhooks.MapPost("/{id:guid}/rotate", RotateAsync).WithSummary("Give it a new secret").WithDescription("The new secret is in this answer only. For 24 hours the one before signs along: webhook-signature then has two signatures.").ForApi(Right.WebhooksManage);
        webhooks.MapPost("/{id:guid}/pause", PauseAsync).WithSummary("Let events wait").WithDescription("They are kept for 30 days and sent when the endpoint is resumed.").ForApi(Right.WebhooksManage);
        webhooks.MapPost("/{id:guid}/resume", ResumeAsync).WithSummary("Let events go on").WithDescription("Also wakes an endpoint that was disabled because it answered 410, or nothing for too long.").ForApi(Right.WebhooksManage);
        webhooks.MapPost("/{id:guid}/test", TryOutAsync).WithSummary("Send a test event").WithDescription("An event webhook.test goes to this endpoint alone, whatever it chose.").ForApi(Right.WebhooksManage);
        webhooks.MapGet("/{id:guid}/deliveries", DeliveriesAsync).WithSummary("What it was told and is to be told, the latest first").WithDescription("Events are kept for 30 days.").ForApi(Right.WebhooksManage);
        webhooks.MapPost("/{id:guid}/deliveries/{eventId:guid}/again", AgainAsync).WithSummary("Send an event once more").WithDescription("Under the same webhook-id, and tried for three days as a new one is.").ForApi(Right.WebhooksManage);
    }

    private static async Task<ApiPage<WebhookAnswer>> ListAsync([AsParameters] PageQuery page, Database database, IClock clock, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var after = Cursor(page);
        var rows = (await new WebhookEndpointStore(work).ListAsync()).Where(row => after is not { } last || row.EndpointId.CompareTo(last) < 0).Take(page.Take);
        return ApiPage<WebhookAnswer>.Of([.. rows.Select(row => WebhookAnswer.Of(row, clock.GetCurrentInstant()))], page, row => [row.EndpointId.ToString()]);
    }

    private static async Task<ApiAnswer<WebhookAnswer>> AddAsync(HttpContext http, WebhookInput input, ApiWriter api, WebhookDesk desk, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        var draft = Checked(desk, input);
        var (shown, kept) = desk.NewSecret();
        var answer = await api.WriteAsync(http, async work =>
        {
            var row = await WebhookDesk.AddAsync(work, draft, kept, http.Actor(), now);
            return ApiAnswer<WebhookAnswer>.Created($"{Path}/{row.EndpointId}", WebhookAnswer.Of(row, now), row.Version);
        });
        return WithSecret(http, answer, shown);
    }

    private static async Task<ApiAnswer<WebhookAnswer>> ShowAsync(Guid id, Database database, IClock clock, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return Ok(await FindAsync(work, id), clock.GetCurrentInstant());
    }

    private static Task<ApiAnswer<WebhookAnswer>> ChangeAsync(HttpContext http, Guid id, WebhookInput input, ApiWriter api, WebhookDesk desk, IClock clock) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        var row = await FindAsync(work, id);
        http.RequireVersion(row.Version);
        if (!await WebhookDesk.ChangeAsync(work, row, Checked(desk, input), http.Actor(), now)) throw ApiProblem.Stale().Refusal();
        return Ok(await FindAsync(work, id), now);
    });

    private static Task<ApiDone> RemoveAsync(HttpContext http, Guid id, ApiWriter api, IClock clock) => api.WriteAsync(http, async work =>
    {
        await WebhookDesk.RemoveAsync(work, id, http.Actor(), clock.GetCurrentInstant());
        return new ApiDone();
    });

    private static async Task<ApiAnswer<WebhookAnswer>> RotateAsync(HttpContext http, Guid id, ApiWriter api, WebhookDesk desk, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        var (shown, kept) = desk.NewSecret();
        var answer = await api.WriteAsync(http, async work =>
        {
            await FindAsync(work, id);
            await WebhookDesk.RotateAsync(work, id, kept, http.Actor(), now);
            return Ok(await FindAsync(work, id), now);
        });
        return WithSecret(http, answer, shown);
    }

    private static Task<ApiAnswer<WebhookAnswer>> PauseAsync(HttpContext http, Guid id, ApiWriter api, IClock clock) => SetAsync(http, id, false, api, clock);

    private static Task<ApiAnswer<WebhookAnswer>> ResumeAsync(HttpContext http, Guid id, ApiWriter api, IClock clock) => SetAsync(http, id, true, api, clock);

    private static Task<ApiAnswer<WebhookAnswer>> SetAsync(HttpContext http, Guid id, bool isActive, ApiWriter api, IClock clock) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        await FindAsync(work, id);
        await WebhookDesk.SetAsync(work, id, isActive, http.Actor(), now);
        return Ok(await FindAsync(work, id), now);
    });

    private static Task<ApiAnswer<WebhookTried>> TryOutAsync(HttpContext http, Guid id, ApiWriter api, IClock clock) => api.WriteAsync(http, async work =>
    {
        await FindAsync(work, id);
        return ApiAnswer<WebhookTried>.Ok(new WebhookTried(await new WebhookStore(work).TryOutAsync(id, clock.GetCurrentInstant())));
    });

    private static async Task<ApiPage<DeliveryLine>> DeliveriesAsync(
        Guid id, [AsParameters] PageQuery page, [Description("waiting, delivered or failed; all when absent")] string? state, [Description("one kind of event; all when absent")] string? type, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        await FindAsync(work, id);
        var rows = await new DeliveryStore(work).PageAsync(id, new DeliveryFilter(Given(state), Given(type)), Cursor(page), page.Take);
        return ApiPage<DeliveryLine>.Of([.. rows.Select(DeliveryLine.Of)], page, row => [row.EventId.ToString()]);
    }

    private static Task<ApiDone> AgainAsync(HttpContext http, Guid id, Guid eventId, ApiWriter api, IClock clock) => api.WriteAsync(http, async work =>
    {
        if (!await WebhookDesk.AgainAsync(work, id, eventId, http.Actor(), clock.GetCurrentInstant())) throw ApiProblem.Absent("event of this endpoint that is not just on its way").Refusal();
        return new ApiDone();
    });

    private static WebhookDraft Checked(WebhookDesk desk, WebhookInput input)
    {
        var draft = input.Draft();
        var faults = new Faults();
        foreach (var (field, fault) in desk.Faults(draft)) faults.When(true, "/" + field, fault);
        faults.Refuse();
        return draft;
    }

    // Only the answer that goes over the wire has it: an answer that is kept for a repeat must hold no secret.
    private static ApiAnswer<WebhookAnswer> WithSecret(HttpContext http, ApiAnswer<WebhookAnswer> answer, string secret)
    {
        if (http.Response.Headers.ContainsKey(ApiWriter.ReplayedHeader)) return answer;
        var shown = new Json(answer.Written.Body!).Read<WebhookAnswer>() with { Secret = secret };
        answer.Written = answer.Written with { Body = Json.Of(shown).Text };
        return answer;
    }

    private static async Task<WebhookEndpointRow> FindAsync(UnitOfWork work, Guid id) =>
        await new WebhookEndpointStore(work).FindAsync(id) ?? throw ApiProblem.Absent("webhook endpoint").Refusal();

    private static ApiAnswer<WebhookAnswer> Ok(WebhookEndpointRow row, Instant now) => ApiAnswer<WebhookAnswer>.Ok(WebhookAnswer.Of(row, now), row.Version);

    private static string? Given(string? word) => string.IsNullOrWhiteSpace(word) ? null : word;

    private static Guid? Cursor(PageQuery page) => page.Cursor(1) is [var word] && Guid.TryParse(word, CultureInfo.InvariantCulture, out var id) ? id : null;
}
