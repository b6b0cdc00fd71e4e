using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Customers;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Where a customer confirms a yes to offers: GET shows the words, POST agrees to them.</summary>
internal static class ConsentEndpoints
{
    private static readonly Wish Yes = new() { Purposes = [new PurposeWish(Purpose.Marketing, [Channel.Email])] };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/consent/{token}", [HttpMethods.Get, HttpMethods.Head], ShowAsync).OpenToAll();
        routes.MapPost("/consent/{token}", AgreeAsync).OpenToAll();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string token, Database database, IClock clock)
    {
        if (PersonalLink.Read(token, LinkUse.Consent, await LinkKeyStore.ReadAsync(database, clock, http.RequestAborted), clock.GetCurrentInstant()) is not { } link) return Faces.LinkEnded();
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new ProfileStore(work).LivingAsync(link.CustomerId) is not { } customer) return Faces.LinkEnded();
        http.Features.Set(new Reader(customer.Language, customer.TimeZone));
        return new RazorComponentResult<ConsentPage>(new { Token = token, IsOptedOut = Gpc.IsOn(http) });
    }

    private static async Task<IResult> AgreeAsync(HttpContext http, string token, [FromForm] string? language, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        if (PersonalLink.Read(token, LinkUse.Consent, await LinkKeyStore.ReadAsync(database, clock, http.RequestAborted), now) is not { } link) return Faces.LinkEnded();
        return await database.RepeatAsync(work => RecordAsync(http, work, link, (token, language), now), http.RequestAborted);
    }

    private static async Task<IResult> RecordAsync(HttpContext http, UnitOfWork work, PersonalLink link, (string Token, string? Language) sent, Instant now)
    {
        if (await new ProfileStore(work).LivingAsync(link.CustomerId) is not { } customer) return Faces.LinkEnded();
        http.Features.Set(new Reader(customer.Language, customer.TimeZone));
        await Gpc.HearAsync(http, work, customer.CustomerId, now);
        // The words that were on the page.
        var wording = ConsentWording.Current.For(HouseLanguages.Read(sent.Language)?.Tag() ?? Reader.LanguageOf(http).Tag());
        await new PreferenceStore(work).RecordAsync(
            LinkStatement.Of(customer.CustomerId, Yes, "consent", link.SubjectId, now) with { Words = wording, Wording = ConsentWording.Current.Version }, now);
        return new RazorComponentResult<ConsentPage>(new { sent.Token, IsDone = true });
    }
}
