using Regard.Access;
using Regard.Api;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>What a contact with everybody would come to.</summary>
internal sealed record AudienceAnswer(long Customers, IReadOnlyDictionary<string, long> Permitted, IReadOnlyDictionary<string, long> Deferred, IReadOnlyDictionary<string, long> Refused);

/// <summary>How many customers may be contacted how, and why not the others. Nothing is reserved and nothing is written.</summary>
internal static class AudienceApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapApi("audiences").MapPost("/preview", PreviewAsync)
        .WithSummary("Preview an audience")
        .WithDescription("Answers for every customer as the gate would for a real contact: how many may be contacted how, and why not the others. Nothing is reserved, and nothing is decided: each real contact is decided again. What reached another profile at the same address counts here as it does for the gate.")
        .WithExample(ApiExamples.AudienceQuestion, ApiExamples.Audience).ForApi(Right.ContactsWrite);

    private static async Task<ApiAnswer<AudienceAnswer>> PreviewAsync(HttpContext http, AudienceQuestion question, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        var request = question.Request(now);
        await using var work = await database.SnapshotAsync(http.RequestAborted);
        var audience = (await AudienceLook.TakeAsync(work, request, AudienceSegment.Everybody, now)).Audience;
        return ApiAnswer<AudienceAnswer>.Ok(new AudienceAnswer(audience.Customers, Written(audience.Permitted), Written(audience.Deferred), Written(audience.Refused)));
    }

    private static Dictionary<string, long> Written<T>(IReadOnlyDictionary<T, long> counts) where T : struct, Enum => counts.ToDictionary(count => Words.Of(count.Key), count => count.Value, StringComparer.Ordinal);
}
