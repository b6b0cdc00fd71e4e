using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Api;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Customers;

/// <summary>A customer's identities, facts and touchpoints in the API.</summary>
internal static class CustomerPartApiEndpoints
{
    public static void Map(IEndpointRouteBuilder one)
    {
        one.MapGet("/identities", IdentitiesAsync).ForApi(Right.CustomersRead);
        one.MapPost("/identities", IdentifyAsync).ForApi(Right.CustomersWrite);
        one.MapDelete("/identities/{identityId:guid}", ForgetIdentityAsync).ForApi(Right.CustomersWrite);
        PostalApiEndpoints.Map(one);
        one.MapGet("/facts", FactsAsync).ForApi(Right.CustomersRead);
        one.MapPost("/facts", TellAsync).ForApi(Right.CustomersWrite);
        one.MapDelete("/facts/{factId:guid}", RetractAsync).ForApi(Right.CustomersWrite);
        one.MapGet("/touchpoints", TouchpointsAsync).ForApi(Right.CustomersRead);
        one.MapPost("/touchpoints", AppendAsync).ForApi(Right.CustomersWrite);
    }

    private static async Task<ApiAnswer<ApiList<Identity>>> IdentitiesAsync(HttpContext http, Database database, Guid id)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return ApiAnswer<ApiList<Identity>>.Ok(new ApiList<Identity>(await new IdentityStore(work).AllAsync(id), null));
    }

    private static Task<ApiAnswer<CustomerAnswer>> IdentifyAsync(HttpContext http, ApiWriter api, IClock clock, Guid id, IdentityToAdd added) => api.WriteAsync(http, async work =>
    {
        var faults = new Faults();
        faults.When(string.IsNullOrWhiteSpace(added.Source), "/source", "is required");
        faults.Refuse();
        var recorded = await new CustomerStore(work).IdentifyAsync(id, new IdentityDraft(added.Kind, added.Value), added.Source, http.Actor(), clock.GetCurrentInstant())
            ?? throw ApiProblem.Absent("customer").Refusal();
        faults.When(recorded.Unreadable.Count > 0, "/value", "is not readable as this kind of identity");
        faults.Refuse();
        var profile = (await new ProfileStore(work).ReadAsync(recorded.Id))!;
        return ApiAnswer<CustomerAnswer>.Ok(new CustomerAnswer(profile, recorded.PossibleDuplicates), profile.Version);
    });

    private static Task<ApiDone> ForgetIdentityAsync(HttpContext http, ApiWriter api, Guid id, Guid identityId) => api.WriteAsync(http, async work =>
    {
        if (await new CustomerStore(work).CurrentAsync(id) is not { } current || !await new IdentityStore(work).RemoveAsync(current, identityId)) throw ApiProblem.Absent("identity").Refusal();
        await new TermStore(work).WriteAsync(current);
        return new ApiDone();
    });

    private static async Task<ApiAnswer<ApiList<CustomerFact>>> FactsAsync(HttpContext http, Database database, Guid id)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return ApiAnswer<ApiList<CustomerFact>>.Ok(new ApiList<CustomerFact>(await new FactStore(work).AllAsync(id), null));
    }

    private static Task<ApiAnswer<CustomerFact>> TellAsync(HttpContext http, ApiWriter api, IClock clock, Guid id, FactToAdd told) => api.WriteAsync(http, async work =>
    {
        var faults = new Faults();
        faults.When(string.IsNullOrWhiteSpace(told.Topic) || told.Topic.Length > 60, "/topic", "has 1 to 60 letters");
        faults.When(string.IsNullOrWhiteSpace(told.Content) || told.Content.Length > 2000, "/content", "has 1 to 2000 letters");
        faults.Refuse();
        var now = clock.GetCurrentInstant();
        var fact = new CustomerFact { Topic = told.Topic.Trim(), Content = told.Content.Trim(), Basis = told.Basis, SaidBy = told.SaidBy ?? "customer", SaidAt = told.SaidAt ?? now };
        var current = await new CustomerStore(work).CurrentAsync(id) ?? throw ApiProblem.Absent("customer").Refusal();
        var factId = await new FactStore(work).AddAsync(current, fact, http.Actor(), now);
        return ApiAnswer<CustomerFact>.Created($"{ApiRoutes.Root}/customers/{current}/facts", fact with { FactId = factId, RecordedBy = http.Actor().Reference, RecordedAt = now });
    });

    private static Task<ApiDone> RetractAsync(HttpContext http, ApiWriter api, IClock clock, Guid id, Guid factId) => api.WriteAsync(http, async work =>
        await new FactStore(work).RetractAsync(id, factId, http.Actor(), clock.GetCurrentInstant()) ? new ApiDone() : throw ApiProblem.Absent("fact").Refusal());

    private static async Task<ApiPage<TouchpointView>> TouchpointsAsync(HttpContext http, Database database, Guid id, [AsParameters] PageQuery page, [AsParameters] TouchpointQuery query)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        var before = page.Cursor(1) is [var word] && Guid.TryParse(word, out var last) ? last : (Guid?)null;
        var rows = await new TimelineStore(work).PageAsync(id, query.Filter(), before, page.Take);
        return ApiPage<TouchpointView>.Of([.. rows.Select(TouchpointView.Of)], page, row => [row.TouchpointId.ToString()]);
    }

    private static Task<ApiAnswer<TouchpointsAdded>> AppendAsync(HttpContext http, ApiWriter api, IClock clock, Guid id, IReadOnlyList<TouchpointToAdd> added) => api.WriteAsync(http, async work =>
    {
        var faults = new Faults();
        faults.When(added.Count is 0 or > 500, "", "has 1 to 500 touchpoints");
        for (var i = 0; i < Math.Min(500, added.Count); i++) added[i].Check($"/{i}", faults);
        faults.Refuse();
        var fresh = await new TimelineStore(work).AppendAsync(id, [.. added.Select(touchpoint => touchpoint.Read())], clock.GetCurrentInstant());
        return ApiAnswer<TouchpointsAdded>.Ok(new TouchpointsAdded(fresh, added.Count - fresh));
    });
}

internal sealed record IdentityToAdd(IdentityKind Kind, string Value, string Source);

internal sealed record FactToAdd(string Topic, string Content, FactBasis Basis = FactBasis.Told, string? SaidBy = null, Instant? SaidAt = null);

/// <summary>How many touchpoints were new, and how many were there already.</summary>
internal sealed record TouchpointsAdded(int New, int Unchanged);

/// <summary>Which touchpoints are asked for; instants are ISO 8601.</summary>
internal sealed record TouchpointQuery
{
    [FromQuery(Name = "department")]
    public string? Department { get; init; }

    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    [FromQuery(Name = "from")]
    public string? From { get; init; }

    [FromQuery(Name = "until")]
    public string? Until { get; init; }

    public TimelineFilter Filter() => new()
    {
        Department = Department is null ? null : Words.Read<Department>(Department) ?? throw ApiProblem.Malformed("There is no such department.", ApiFault.In("department", "is none of ours")).Refusal(),
        Kind = Kind,
        From = Moment("from", From),
        Until = Moment("until", Until),
    };

    private static Instant? Moment(string name, string? text) => text is null
        ? null
        : NodaTime.Text.InstantPattern.ExtendedIso.Parse(text).TryGetValue(default, out var at) ? at : throw ApiProblem.Malformed("An instant is written in ISO 8601.", ApiFault.In(name, "is no instant")).Refusal();
}

internal sealed record TouchpointToAdd(
    Instant At, Department Department, string Kind, string Summary, string Source, string SourceId, Direction Direction = Direction.None, string? Channel = null, JsonElement? Body = null)
{
    public void Check(string pointer, Faults faults)
    {
        faults.When(string.IsNullOrWhiteSpace(Kind) || Kind.Length > 60, pointer + "/kind", "has 1 to 60 letters");
        faults.When(string.IsNullOrWhiteSpace(Summary) || Summary.Length > 500, pointer + "/summary", "has 1 to 500 letters");
        faults.When(string.IsNullOrWhiteSpace(Source) || Source.Length > 100, pointer + "/source", "has 1 to 100 letters");
        faults.When(string.IsNullOrWhiteSpace(SourceId) || SourceId.Length > 200, pointer + "/source_id", "has 1 to 200 letters");
        faults.When(Body is { ValueKind: not JsonValueKind.Object }, pointer + "/body", "is an object");
    }

    public Touchpoint Read() => new()
    {
        At = At,
        Department = Department,
        Kind = Kind,
        Channel = Channel,
        Direction = Direction,
        Summary = Summary,
        Body = Body?.GetRawText(),
        Source = Source,
        SourceId = SourceId,
    };
}

/// <summary>A touchpoint as the API shows it.</summary>
internal sealed record TouchpointView(
    Guid TouchpointId, Instant At, Department Department, string Kind, string? Channel, Direction Direction, string Summary, JsonElement? Body, string Source, string SourceId, Instant RecordedAt)
{
    public static TouchpointView Of(Touchpoint t) => new(
        t.TouchpointId!.Value, t.At, t.Department, t.Kind, t.Channel, t.Direction, t.Summary, t.Body is null ? null : JsonElement.Parse(t.Body), t.Source, t.SourceId, t.RecordedAt);
}
