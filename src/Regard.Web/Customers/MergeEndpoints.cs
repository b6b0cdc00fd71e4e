using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>Making two profiles one, and taking them apart again.</summary>
internal static class MergeEndpoints
{
    private const int LongestReason = 300;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(CustomerEndpoints.Path + "/merge", MergeAsync).ForStaff(Right.CustomersMerge);
        routes.MapPost(CustomerEndpoints.Path + "/merge/{mergeId:guid}/undo", UndoAsync).ForStaff(Right.CustomersMerge);
    }

    private static async Task<IResult> MergeAsync(HttpContext http, Guid id, [FromForm] Guid? other, [FromForm] string? reason, Database database, IClock clock)
    {
        if (other is null || string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
            return Back(http, id, $"Nothing was merged: say how you know that they are the same, in at most {LongestReason} letters.", Tone.Danger);
        var outcome = await database.RepeatAsync(
            work => new MergeStore(work).MergeAsync(id, other.Value, reason.Trim(), http.Actor(), clock.GetCurrentInstant()), http.RequestAborted);
        return Answer(http, outcome, id, "The two are one customer now. Every refusal of both holds.");
    }

    private static async Task<IResult> UndoAsync(HttpContext http, Guid id, Guid mergeId, Database database, IClock clock)
    {
        var outcome = await database.RepeatAsync(work => new MergeStore(work).UndoAsync(mergeId, http.Actor(), clock.GetCurrentInstant()), http.RequestAborted);
        return Answer(http, outcome, id, "The two are apart again.");
    }

    private static IResult Answer(HttpContext http, MergeOutcome? outcome, Guid id, string done) => outcome switch
    {
        null => Faces.Missing(),
        { Refusal: { } refusal } => Back(http, id, refusal, Tone.Danger),
        _ => Back(http, id, done),
    };

    private static IResult Back(HttpContext http, Guid id, string words, Tone tone = Tone.Good)
    {
        Flash.Say(http, words, tone);
        return SeeOther.To($"/customers/{id}/record");
    }
}
