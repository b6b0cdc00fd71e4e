using Microsoft.AspNetCore.Http.HttpResults;
using Regard.Access;
using Regard.Customers;
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

    private static async Task<IResult> ShowAsync(HttpContext http, string token, Database database, IClock clock)
    {
        if (UnsubscribeToken.Read(token, await LinkKeyStore.ReadAsync(database, clock, http.RequestAborted)) is not { } read) return Faces.LinkEnded();
        await GreetAsync(http, database, read);
        return Page(http, token, read, done: null);
    }

    private static async Task<IResult> EndAsync(HttpContext http, string token, Database database, IClock clock)
    {
        if (UnsubscribeToken.Read(token, await LinkKeyStore.ReadAsync(database, clock, http.RequestAborted)) is not { } read) return Faces.LinkEnded();
        // Mail programs send the form in either encoding, some without any: the token alone says enough.
        var asked = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["scope"].ToString() : "";
        var scope = asked is "less" or "only email" or "email" or "all" ? asked : "purpose";
        var now = clock.GetCurrentInstant();
        await database.RepeatAsync(async work =>
        {
            await Gpc.HearAsync(http, work, read.CustomerId, now);
            var said = LinkStatement.Of(read.CustomerId, WishOf(scope, read.Purpose), "unsubscribe", read.OutboxId, now) with { Basis = StatementBasis.Volunteered };
            return await new PreferenceStore(work).RecordAsync(said, now);
        }, http.RequestAborted);
        await GreetAsync(http, database, read);
        return Page(http, token, read, scope);
    }

    private static async Task GreetAsync(HttpContext http, Database database, UnsubscribeToken read)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new ProfileStore(work).LivingAsync(read.CustomerId) is { } customer) http.Features.Set(new Reader(customer.Language, customer.TimeZone));
    }

    private static RazorComponentResult<UnsubscribePage> Page(HttpContext http, string token, UnsubscribeToken read, string? done) =>
        new(new { Token = token, read.Purpose, Done = done, IsOptedOut = Gpc.IsOn(http) });

    private static Wish WishOf(string scope, Purpose purpose) => scope switch
    {
        "less" => new Wish { Limits = [new ContactLimit(purpose, 1, 30)] },
        "only email" => new Wish { OnlyChannels = [Channel.Email] },
        "email" => new Wish { NoChannels = [Channel.Email] },
        "all" => new Wish { Never = true },
        _ => new Wish { Purposes = [new PurposeWish(purpose, [])] },
    };
}
