using Regard.Access;
using Regard.Api;

namespace Regard.Customers;

/// <summary>Merging two profiles and undoing it, in the API.</summary>
internal static class MergeApiEndpoints
{
    public static void Map(IEndpointRouteBuilder routes, IEndpointRouteBuilder one)
    {
        one.MapPost("/merge", MergeAsync).ForApi(Right.CustomersMerge);
        routes.MapApi("merges").MapPost("/{mergeId:guid}/undo", UndoAsync).ForApi(Right.CustomersMerge);
    }

    private static Task<ApiAnswer<MergeAnswer>> MergeAsync(HttpContext http, ApiWriter api, IClock clock, Guid id, MergeWish wish) => api.WriteAsync(http, async work =>
    {
        var faults = new Faults();
        faults.When(string.IsNullOrWhiteSpace(wish.Reason) || wish.Reason.Length > 500, "/reason", "has 1 to 500 letters");
        faults.Refuse();
        var outcome = await new MergeStore(work).MergeAsync(id, wish.AbsorbedId, wish.Reason.Trim(), http.Actor(), clock.GetCurrentInstant());
        return Answer(outcome, "customer");
    });

    private static Task<ApiAnswer<MergeAnswer>> UndoAsync(HttpContext http, ApiWriter api, IClock clock, Guid mergeId) => api.WriteAsync(http, async work =>
        Answer(await new MergeStore(work).UndoAsync(mergeId, http.Actor(), clock.GetCurrentInstant()), "merge"));

    private static ApiAnswer<MergeAnswer> Answer(MergeOutcome? outcome, string what) => outcome switch
    {
        null => throw ApiProblem.Absent(what).Refusal(),
        { MergeId: { } mergeId } => ApiAnswer<MergeAnswer>.Ok(new MergeAnswer(mergeId)),
        { Refusal: { } refusal } => throw ApiProblem.Conflict(refusal).Refusal(),
        _ => throw new InvalidOperationException("A merge is done or refused."),
    };
}

/// <summary>Which profile is to live on in this one, and why somebody thinks so.</summary>
internal sealed record MergeWish(Guid AbsorbedId, string Reason);

/// <summary>The merge that was made or undone: what undoing needs.</summary>
internal sealed record MergeAnswer(Guid MergeId);
