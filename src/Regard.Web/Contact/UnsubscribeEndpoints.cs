using Microsoft.AspNetCore.Http.HttpResults;
using Regard.Access;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>The link in every mail that we begin (RFC 8058): one POST ends what the token says, without cookies; GET and HEAD change nothing.</summary>
internal static class UnsubscribeEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/u/{token}", [HttpMethods.Get, HttpMethods.Head], ShowAsync).OpenToAll();
        routes.MapPost("/u/{token}", EndAsync).OpenToAll().DisableAntiforgery();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string token, Database database, IClock clock) =>
        UnsubscribeToken.Read(token, await LinkKeyStore.ReadAsync(database, clock, http.RequestAborted)) is { } read
            ? new RazorComponentResult<UnsubscribePage>(new { Token = token, read.Purpose })
            : Faces.Missing();

    private static async Task<IResult> EndAsync(HttpContext http, string token, Database database, IClock clock)
    {
        if (UnsubscribeToken.Read(token, await LinkKeyStore.ReadAsync(database, clock, http.RequestAborted)) is not { } read) return Faces.Missing();
        // Mail programs send the form in either encoding, some without any: the token alone says enough.
        var scope = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["scope"].ToString() : "";
        var now = clock.GetCurrentInstant();
        await database.RepeatAsync(work => new PreferenceStore(work).RecordAsync(
            LinkStatement.Of(read.CustomerId, WishOf(scope, read.Purpose), "unsubscribe", read.OutboxId, now) with { Basis = StatementBasis.Volunteered },
            now), http.RequestAborted);
        return new RazorComponentResult<UnsubscribePage>(new { Token = token, read.Purpose, IsDone = true });
    }

    private static Wish WishOf(string scope, Purpose purpose) => scope switch
    {
        "less" => new Wish { Limits = [new ContactLimit(purpose, 1, 30)] },
        "email" => new Wish { NoChannels = [Channel.Email] },
        "all" => new Wish { Never = true },
        _ => new Wish { Purposes = [new PurposeWish(purpose, [])] },
    };
}
