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
        .WithDescription("Decides for every customer as for a real contact and answers how many may be contacted how, and why not the others. Nothing is reserved. Addresses shared by several profiles are counted when a message is claimed, not here.")
        .WithExample(ApiExamples.AudienceQuestion, ApiExamples.Audience).ForApi(Right.ContactsWrite);

    private static async Task<ApiAnswer<AudienceAnswer>> PreviewAsync(HttpContext http, AudienceQuestion question, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        var request = question.Request(now);
        var audience = await CountAsync(database, request, now, http.RequestAborted);
        return ApiAnswer<AudienceAnswer>.Ok(new AudienceAnswer(audience.Customers, Written(audience.Permitted), Written(audience.Deferred), Written(audience.Refused)));
    }

    /// <summary>Decides for everybody, in one pass over the tables.</summary>
    public static async Task<Audience> CountAsync(Database database, ContactRequest request, Instant now, CancellationToken stop)
    {
        await using var work = await database.SnapshotAsync(stop);
        var policy = await new PolicyStore(work).ReadAsync();
        var store = new AudienceStore(work);
        var common = ContactGate.LookBack(Wishes.Unsaid);
        var contacts = await store.ContactsAsync(now - common);
        var audience = new Audience();
        await using var other = await database.ReadAsync(stop);
        await foreach (var row in store.AllAsync())
        {
            var wishes = row.Wishes is { } said ? said.Read<Wishes>() : Wishes.Unsaid;
            // Few count over a longer time than the house does: their own history is read.
            audience.Add((ContactGate.LookBack(wishes) > common ? await new HistoryStore(other).ReadAsync(row.CustomerId, wishes, now) : Facts(row, wishes, policy, contacts)).Ask(request, now));
        }
        return audience;
    }

    private static DecisionFacts Facts(AudienceRow row, Wishes wishes, ContactPolicy policy, ILookup<Guid, PastContact> contacts) => new()
    {
        Wishes = wishes,
        Policy = policy,
        Contacts = [.. contacts[row.CustomerId]],
        TimeZone = row.TimeZone,
        Country = row.Country,
        LastPurchaseAt = row.LastPurchaseAt,
        HasEmail = row.HasEmail,
        HasPhone = row.HasPhone,
        Undeliverable = [.. Broken(row.HadEmail && !row.HasEmail, Channel.Email), .. Broken(row.HadPhone && !row.HasPhone, Channel.Phone)],
    };

    private static IEnumerable<Channel> Broken(bool isBroken, Channel channel) => isBroken ? [channel] : [];

    private static Dictionary<string, long> Written<T>(IReadOnlyDictionary<T, long> counts) where T : struct, Enum => counts.ToDictionary(count => Words.Of(count.Key), count => count.Value, StringComparer.Ordinal);
}
