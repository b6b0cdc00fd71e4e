using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Customers;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>The preference centre behind the link of a mail, without a sign-in. The link opens wishes and nothing else; GET shows, POST records.</summary>
internal static class WishesLinkEndpoints
{
    /// <summary>How long such a link works.</summary>
    public static readonly Duration LinkLasts = Duration.FromDays(365);

    private const string Path = "/wishes/{token}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], ShowAsync).OpenToAll();
        routes.MapPost(Path, ChangeAsync).OpenToAll();
        routes.MapPost(Path + "/{statementId:guid}", CorrectAsync).OpenToAll().RequireFormToken();
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string token, Database database, IClock clock)
    {
        if (await VisitAsync(http, database, token, clock) is not { } visit) return Faces.LinkEnded();
        await using var work = await database.ReadAsync(http.RequestAborted);
        return Page(await new CentreDesk(work, http, clock.GetCurrentInstant()).ShowAsync(visit), StatusCodes.Status200OK);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, string token, [FromForm] IFormCollection form, Database database, IClock clock)
    {
        if (await VisitAsync(http, database, token, clock) is not { } visit) return Faces.LinkEnded();
        await Gpc.HearAsync(http, database, visit.Customer.CustomerId, clock.GetCurrentInstant());
        await using var work = await database.WriteAsync(http.RequestAborted);
        var answer = await new CentreDesk(work, http, clock.GetCurrentInstant()).TakeAsync(visit, form);
        if (answer.View is { } view) return Page(view, answer.Status);
        await work.CommitAsync();
        if (HouseLanguages.Read(form["language"]) is { } told && told != HouseLanguages.Read(visit.Customer.Language)) LanguageEndpoints.Forget(http);
        Flash.Say(http, http.Say(CentrePhrases.Saved));
        return SeeOther.To(visit.Path);
    }

    private static async Task<IResult> CorrectAsync(HttpContext http, string token, Guid statementId, [FromForm] string? answer, Database database, IClock clock)
    {
        if (await VisitAsync(http, database, token, clock) is not { } visit) return Faces.LinkEnded();
        await Gpc.HearAsync(http, database, visit.Customer.CustomerId, clock.GetCurrentInstant());
        return await CorrectionEndpoints.RecordAsync(http, new CorrectionEndpoints.Told(visit.Customer.CustomerId, statementId, answer, StatementPlace.Link, visit.Path), database, clock);
    }

    private static async Task<CentreVisit?> VisitAsync(HttpContext http, Database database, string token, IClock clock)
    {
        // Nobody's browser or cache on the way keeps what the link opens.
        http.Response.Headers.CacheControl = "no-store";
        var link = PersonalLink.Read(token, LinkUse.Wishes, await LinkKeyStore.ReadAsync(database, clock, http.RequestAborted), clock.GetCurrentInstant());
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (link is null || await new ProfileStore(work).LivingAsync(link.CustomerId) is not { } customer) return null;
        http.Features.Set(new Reader(customer.Language, customer.TimeZone));
        return new CentreVisit(customer, StatementPlace.Link, $"/wishes/{token}") { LinkEnds = link.ExpiresAt };
    }

    private static RazorComponentResult<WishesLinkPage> Page(CentreView view, int status) => new(new { View = view }) { StatusCode = status };
}
