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
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new ProfileStore(work).LivingAsync(link.CustomerId) is not { } customer) return Faces.LinkEnded();
        http.Features.Set(new Reader(customer.Language, customer.TimeZone));
        await Gpc.HearAsync(http, work, customer.CustomerId, now);
        await new PreferenceStore(work).RecordAsync(
            new PreferenceStatement
            {
                StatementId = Ids.New(now),
                CustomerId = customer.CustomerId,
                SaidAt = now,
                Place = StatementPlace.Link,
                // The words that were on the page.
                Words = ConsentWording.Current.For(HouseLanguages.Read(language)?.Tag() ?? Reader.LanguageOf(http).Tag()),
                Wording = ConsentWording.Current.Version,
                Basis = StatementBasis.Asked,
                Wish = Yes,
                RecordedBy = $"customer:{customer.CustomerId}",
                RecordedAt = now,
                Source = "consent",
                SourceId = $"{link.SubjectId}:{now.ToUnixTimeTicks()}",
            },
            now);
        await work.CommitAsync();
        return new RazorComponentResult<ConsentPage>(new { Token = token, IsDone = true });
    }
}
