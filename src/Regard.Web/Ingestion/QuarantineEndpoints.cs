using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime.Text;
using Regard.Access;
using Regard.Api;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Ingestion;

/// <summary>Which events are meant: one by its sender and id; else all with a reason; else all.</summary>
internal sealed record QuarantineChoice
{
    public string? Source { get; init; }

    public string? MessageId { get; init; }

    public string? Reason { get; init; }
}

/// <summary>How many events an act touched.</summary>
internal sealed record QuarantineCount(int Events);

/// <summary>Settings: the events that became no facts; and the same for programs.</summary>
internal static class QuarantineEndpoints
{
    private const string Path = "/settings/quarantine";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).ForStaff(Right.QuarantineWork);
        routes.MapGet(Path + ".csv", ExportAsync).ForStaff(Right.QuarantineWork);
        routes.MapGet(Path + "/event", OpenAsync).ForStaff(Right.QuarantineWork);
        routes.MapPost(Path + "/replay", ReplayAsync).ForStaff(Right.QuarantineWork);
        routes.MapPost(Path + "/discard", DiscardAsync).ForStaff(Right.QuarantineWork);
        var api = routes.MapApi("quarantine");
        api.MapGet("/", ListAsync).ForApi(Right.QuarantineWork);
        api.MapPost("/replay", (QuarantineChoice choice, HttpContext http, ApiWriter writer, IClock clock) => writer.WriteAsync(
            http, async work => ApiAnswer<QuarantineCount>.Ok(new(await SendAgainAsync(work, choice, http.Actor(), clock.GetCurrentInstant()))))).ForApi(Right.QuarantineWork);
        api.MapPost("/discard", (QuarantineChoice choice, HttpContext http, ApiWriter writer, IClock clock) => writer.WriteAsync(
            http, async work => ApiAnswer<QuarantineCount>.Ok(new(await GiveUpAsync(work, choice, http.Actor(), clock.GetCurrentInstant()))))).ForApi(Right.QuarantineWork);
    }

    private static async Task<RazorComponentResult<QuarantinePage>> ShowAsync(HttpContext http, [AsParameters] PageQuery page, string? reason, string? dir, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var store = new QuarantineStore(work);
        var chosen = string.IsNullOrEmpty(reason) ? null : reason;
        var rows = await store.PageAsync(chosen, After(page), page.Take, dir == "asc");
        var list = ApiPage<QuarantinedEvent>.Of(rows, page, Cursor).List;
        return new(new { Rows = list.Items, list.Next, Reason = chosen, Reasons = await store.ReasonsAsync(), IsLater = page.After is not null, IsOldestFirst = dir == "asc" });
    }

    private static async Task ExportAsync(HttpContext http, string? reason, string? dir, Database database)
    {
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        await CsvFile.WriteAsync<QuarantinedEvent>(http, "quarantine.csv", (last, size) => new QuarantineStore(work).PageAsync(
            string.IsNullOrEmpty(reason) ? null : reason, last is null ? null : (last.ReceivedAt, last.MessageId, last.Source), size, dir == "asc"));
    }

    private static async Task<IResult> OpenAsync(HttpContext http, string source, string id, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var found = await new QuarantineStore(work).OpenAsync(source, id);
        return found is null ? Faces.Missing() : new RazorComponentResult<QuarantinedEventPage>(new { Event = found });
    }

    private static async Task<IResult> ReplayAsync(HttpContext http, [FromForm] QuarantineChoice? choice, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        var count = await SendAgainAsync(work, choice ?? new(), http.Actor(), clock.GetCurrentInstant());
        await work.CommitAsync();
        Flash.Say(http, count == 1 ? "One event goes through again." : $"{count} events go through again.");
        return SeeOther.To(Path);
    }

    private static async Task<IResult> DiscardAsync(HttpContext http, [FromForm] QuarantineChoice? choice, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        var count = choice is { Source.Length: > 0, MessageId.Length: > 0 } ? await GiveUpAsync(work, choice, http.Actor(), clock.GetCurrentInstant()) : 0;
        await work.CommitAsync();
        Flash.Say(http, count == 1 ? "The event is discarded." : "The event was not in quarantine any more.");
        return SeeOther.To(Path);
    }

    private static async Task<ApiPage<QuarantinedEvent>> ListAsync([AsParameters] PageQuery page, string? reason, Database database, CancellationToken stop)
    {
        await using var work = await database.ReadAsync(stop);
        return ApiPage<QuarantinedEvent>.Of(await new QuarantineStore(work).PageAsync(reason, After(page), page.Take), page, Cursor);
    }

    private static async Task<int> SendAgainAsync(UnitOfWork work, QuarantineChoice choice, Actor by, Instant now)
    {
        var store = new QuarantineStore(work);
        var count = choice is { Source: { Length: > 0 } source, MessageId: { Length: > 0 } id }
            ? await store.ReplayAsync(source, id, now) ? 1 : 0
            : await store.ReplayAllAsync(string.IsNullOrEmpty(choice.Reason) ? null : choice.Reason, now);
        if (count > 0) await new AuditStore(work).AppendAsync(by, "events_replayed", "quarantine", Json.Of(new { count }), now);
        return count;
    }

    private static async Task<int> GiveUpAsync(UnitOfWork work, QuarantineChoice choice, Actor by, Instant now)
    {
        if (choice is not { Source: { Length: > 0 } source, MessageId: { Length: > 0 } id })
            throw ApiProblem.Invalid([ApiFault.At("/message_id", "is required, with source: events are discarded one by one")]).Refusal();
        if (!await new QuarantineStore(work).DiscardAsync(source, id, now)) return 0;
        await new AuditStore(work).AppendAsync(by, "event_discarded", "quarantine", Json.Of(new { source }), now);
        return 1;
    }

    private static (Instant, string, string)? After(PageQuery page) =>
        page.Cursor(3) is { } words && InstantPattern.ExtendedIso.Parse(words[0]).TryGetValue(default, out var at) ? (at, words[1], words[2]) : null;

    private static string[] Cursor(QuarantinedEvent row) => [InstantPattern.ExtendedIso.Format(row.ReceivedAt), row.MessageId, row.Source];
}
