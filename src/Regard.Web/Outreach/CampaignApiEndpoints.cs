using System.ComponentModel;
using System.Globalization;
using Regard.Access;
using Regard.Api;
using Regard.Contact;
using Regard.Storage;

namespace Regard.Outreach;

/// <summary>Campaigns in the API: write one, see whom it would reach, start it, look at what became of it, stop it.</summary>
internal static class CampaignApiEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var campaigns = routes.MapApi("campaigns");
        campaigns.MapGet("/", ListAsync).WithSummary("Campaigns, the newest first").ForApi(Right.CampaignsRead);
        campaigns.MapPost("/", AddAsync).WithSummary("Write a campaign").WithDescription("A draft: nobody is contacted before it is started. A message that would read the same to everybody is refused, unless the law requires it.").ForApi(Right.CampaignsWrite);
        campaigns.MapGet("/{id:guid}", OpenAsync).WithSummary("One campaign, and how many customers have which outcome").ForApi(Right.CampaignsRead);
        campaigns.MapPost("/{id:guid}/preview", PreviewAsync).WithSummary("Whom it would reach, how, and why not the others").WithDescription("Answers as the gate would now. Nothing is reserved, and nothing is decided: each customer is asked for again when it is started, and again when a message is handed over.").ForApi(Right.CampaignsRead);
        campaigns.MapPost("/{id:guid}/start", StartAsync).WithSummary("Start it").WithDescription("Customers are asked for one after the other beside the request. A campaign is started once.").ForApi(Right.CampaignsWrite);
        campaigns.MapPost("/{id:guid}/stop", StopAsync).WithSummary("Stop it").WithDescription("Nobody else is asked for, and what waits is cancelled. What was sent cannot be called back.").ForApi(Right.CampaignsWrite);
        campaigns.MapGet("/{id:guid}/contacts", ContactsAsync).WithSummary("What became of it for each customer, and why").ForApi(Right.CampaignsRead);
    }

    private static async Task<ApiPage<CampaignHead>> ListAsync([AsParameters] PageQuery page, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        var rows = await new CampaignStore(work).ListAsync(null, page.Cursor(1) is [var word] ? CampaignEndpoints.IdOf(word) : null, page.Take);
        return ApiPage<CampaignHead>.Of([.. rows.Select(CampaignHead.Of)], page, row => [row.CampaignId.ToString()]);
    }

    private static Task<ApiAnswer<CampaignAnswer>> AddAsync(HttpContext http, CampaignInput input, ApiWriter api, IClock clock) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        var (draft, segment, problems) = await input.ReadAsync(work, now);
        var faults = new Faults();
        foreach (var problem in problems) faults.When(true, Pointer(problem.Field), problem.Text);
        faults.Refuse();
        var id = Ids.New(now);
        await new CampaignStore(work).AddAsync(id, draft, segment, http.Actor(), now);
        return ApiAnswer<CampaignAnswer>.Created($"{ApiRoutes.Root}/campaigns/{id}", await AnswerAsync(work, id, now));
    });

    private static async Task<ApiAnswer<CampaignAnswer>> OpenAsync(Guid id, Database database, IClock clock, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return ApiAnswer<CampaignAnswer>.Ok(await AnswerAsync(work, id, clock.GetCurrentInstant()));
    }

    private static async Task<ApiAnswer<CampaignForecast>> PreviewAsync(Guid id, Database database, IClock clock, CancellationToken stop)
    {
        await using var work = await database.SnapshotAsync(stop);
        var row = await new CampaignStore(work).FindAsync(id) ?? throw ApiProblem.Absent("campaign").Refusal();
        var preview = await CampaignPreview.TakeAsync(work, row, clock.GetCurrentInstant());
        return ApiAnswer<CampaignForecast>.Ok(new CampaignForecast(
            preview.Customers, preview.LeftOut, [.. preview.Groups.Select(group => new CampaignForecastGroup(group.Of.Kind, group.Of.Channel, group.Of.Kind == VerdictKind.Permitted ? null : group.Of.Code, group.Customers, group.FirstAt, group.LastAt))]));
    }

    private static Task<ApiAnswer<CampaignAnswer>> StartAsync(HttpContext http, Guid id, ApiWriter api, Database database, IClock clock) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        var row = await new CampaignStore(work).FindAsync(id) ?? throw ApiProblem.Absent("campaign").Refusal();
        long customers;
        await using (var look = await database.SnapshotAsync(http.RequestAborted)) customers = (await CampaignPreview.TakeAsync(look, row, now)).Customers;
        if (await new CampaignDesk(work).StartAsync(row, customers, http.Actor(), now) is { } refusal) throw ApiProblem.Conflict($"Nothing was started. {refusal}").Refusal();
        return ApiAnswer<CampaignAnswer>.Ok(await AnswerAsync(work, id, now));
    });

    private static Task<ApiAnswer<CampaignAnswer>> StopAsync(HttpContext http, Guid id, ApiWriter api, IClock clock) => api.WriteAsync(http, async work =>
    {
        var now = clock.GetCurrentInstant();
        var row = await new CampaignStore(work).FindAsync(id) ?? throw ApiProblem.Absent("campaign").Refusal();
        if (!await new CampaignDesk(work).StopAsync(id, http.Actor(), now)) throw ApiProblem.Conflict($"There is nothing to stop: the campaign is {row.State}.").Refusal();
        return ApiAnswer<CampaignAnswer>.Ok(await AnswerAsync(work, id, now));
    });

    private static async Task<ApiPage<CampaignLine>> ContactsAsync(Guid id, [AsParameters] PageQuery page, [Description("waiting, deferred, sent, held_back, withdrawn, expired, failed, stopped or left_out; all when absent")] string? outcome, Database database, IClock clock, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        if (await new CampaignStore(work).FindAsync(id) is null) throw ApiProblem.Absent("campaign").Refusal();
        var query = new CampaignQuery
        {
            Outcome = Words.Read<CampaignOutcome>(outcome),
            After = page.Cursor(2) is [var name, var word] && Guid.TryParse(word, CultureInfo.InvariantCulture, out var customer) ? (name, default, customer) : null,
            Now = clock.GetCurrentInstant(),
        };
        return ApiPage<CampaignLine>.Of(await new CampaignContactStore(work).PageAsync(id, query, page.Take), page, line => [line.Name, line.CustomerId.ToString()]);
    }

    private static async Task<CampaignAnswer> AnswerAsync(UnitOfWork work, Guid id, Instant now)
    {
        var row = await new CampaignStore(work).FindAsync(id) ?? throw ApiProblem.Absent("campaign").Refusal();
        return new CampaignAnswer(CampaignHead.Of(row), row.LegalGround, row.Whom(), row.Draft().Messages, await new CampaignContactStore(work).CountsAsync(id, now));
    }

    private static string Pointer(string field) => field.Split('_') switch
    {
        ["subject" or "text", var language] => $"/messages/{language}/{field.Split('_')[0]}",
        _ => field is "countries" or "languages" or "product" or "category" or "bought_since" or "silent_since" ? $"/segment/{field}" : $"/{field}",
    };
}

/// <summary>A campaign with its words and what became of it so far.</summary>
internal sealed record CampaignAnswer(CampaignHead Campaign, string? LegalGround, AudienceSegment Segment, IReadOnlyDictionary<string, CampaignMessage> Messages, IReadOnlyList<CampaignCount> Outcomes);

/// <summary>Whom a campaign would reach if it were started now.</summary>
/// <param name="Customers">Everybody it is meant for.</param>
/// <param name="LeftOut">Of them, those of whom nothing is known that the message names.</param>
internal sealed record CampaignForecast(long Customers, long LeftOut, IReadOnlyList<CampaignForecastGroup> Groups);

/// <summary>Customers of whom the gate would answer alike.</summary>
internal sealed record CampaignForecastGroup(VerdictKind Verdict, Channel? Channel, ReasonCode? Reason, long Customers, Instant? FirstAt, Instant? LastAt);
