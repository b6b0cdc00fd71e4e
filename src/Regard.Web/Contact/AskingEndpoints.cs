using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Customers;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Where a customer answers how they want to be treated, in a minute and without signing in: GET shows, POST records.</summary>
internal static class AskingEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/how/{token}", [HttpMethods.Get, HttpMethods.Head], ShowAsync).OpenToAll();
        routes.MapPost("/how/{token}", AnswerAsync).OpenToAll();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string token, Database database, IClock clock)
    {
        if (PersonalLink.Read(token, LinkUse.Asking, await LinkKeyStore.ReadAsync(database, clock, http.RequestAborted), clock.GetCurrentInstant()) is not { } link) return Faces.LinkEnded();
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new ProfileStore(work).LivingAsync(link.CustomerId) is not { } customer) return Faces.LinkEnded();
        http.Features.Set(new Reader(customer.Language, customer.TimeZone));
        return new RazorComponentResult<AskingPage>(new { Token = token, IsOptedOut = Gpc.IsOn(http) });
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, string token, [FromForm] WishForm? sent, Database database, IClock clock)
    {
        var (form, now) = (sent ?? new WishForm(), clock.GetCurrentInstant());
        if (PersonalLink.Read(token, LinkUse.Asking, await LinkKeyStore.ReadAsync(database, clock, http.RequestAborted), now) is not { } link) return Faces.LinkEnded();
        return await database.RepeatAsync(work => RecordAsync(http, work, link, (token, form), now), http.RequestAborted);
    }

    private static async Task<IResult> RecordAsync(HttpContext http, UnitOfWork work, PersonalLink link, (string Token, WishForm Form) sent, Instant now)
    {
        var (token, form) = sent;
        if (await new ProfileStore(work).LivingAsync(link.CustomerId) is not { } customer) return Faces.LinkEnded();
        http.Features.Set(new Reader(customer.Language, customer.TimeZone));
        var (wish, fault) = form.Read(customer.TimeZone);
        if (wish is null) return new RazorComponentResult<AskingPage>(new { Token = token, Form = form, Fault = http.Say(fault!), IsOptedOut = Gpc.IsOn(http) }) { StatusCode = StatusCodes.Status422UnprocessableEntity };
        await Gpc.HearAsync(http, work, customer.CustomerId, now);
        var isYesToOffers = wish.Purposes?.Any(named => named.Purpose == Purpose.Marketing && named.Channels.Count > 0) == true;
        var said = LinkStatement.Of(customer.CustomerId, wish, "asking", link.SubjectId, now) with { Words = form.Words, Wording = isYesToOffers ? ConsentWording.Current.Version : null };
        var recorded = await new PreferenceStore(work).RecordAsync(said, now);
        await new AskingStore(work).AnswerAsync(customer.CustomerId, link.SubjectId, now);
        return new RazorComponentResult<AskingPage>(new { Token = token, Now = now, Said = recorded!.Wishes });
    }
}
