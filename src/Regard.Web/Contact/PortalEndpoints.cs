using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Customers;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>The customer's own pages about being contacted.</summary>
internal static class PortalEndpoints
{
    private const string Preferences = "/me/preferences";
    private const int LedgerLines = 50;
    private const int LatestLines = 10;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me", HomeAsync).ForPortal();
        routes.MapGet(Preferences, ShowAsync).ForPortal();
        routes.MapPost(Preferences, ChangeAsync).ForPortal();
        routes.MapGet("/me/contacts", ContactsAsync).ForPortal();
        routes.MapPost("/me/messages/{messageId:guid}/read", ReadAsync).ForPortal();
    }

    private static async Task<IResult> HomeAsync(HttpContext http, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new CustomerStore(work).OpenAsync(http.Actor(), http.Actor().Id!.Value) is not { } customer) return Faces.Missing();
        return new RazorComponentResult<PortalPage>(new
        {
            Name = customer.AddressAs ?? customer.Name,
            Wishes = await new PreferenceStore(work).WishesAsync(customer.CustomerId),
            Now = clock.GetCurrentInstant(),
            Open = (await new CustomerPageStore(work).HeadAsync(customer.CustomerId))?.Open.Where(open => open.IsCase).ToList() ?? [],
            Messages = (IReadOnlyList<OutboxRow>)await new OutboxStore(work).InPortalAsync(customer.CustomerId, LedgerLines),
        });
    }

    // Looking at a page changes nothing: that a message was read is said by whoever read it.
    private static async Task<IResult> ReadAsync(HttpContext http, Guid messageId, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CustomerStore(work).CurrentAsync(http.Actor().Id!.Value) is not { } own || !await new OutboxStore(work).ReadInPortalAsync(own, messageId, clock.GetCurrentInstant())) return Faces.Missing();
        await work.CommitAsync();
        return SeeOther.To("/me#messages-title");
    }

    private static async Task<IResult> ContactsAsync(HttpContext http, Guid? before, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new CustomerStore(work).CurrentAsync(http.Actor().Id!.Value) is not { } own) return Faces.Missing();
        var lines = await new LedgerStore(work).PageAsync(own, before, LedgerLines + 1);
        return new RazorComponentResult<PortalContactsPage>(new
        {
            Lines = (IReadOnlyList<LedgerLine>)[.. lines.Take(LedgerLines)],
            Before = before,
            Next = lines.Count > LedgerLines ? lines[LedgerLines - 1].Entry.DecisionId : (Guid?)null,
        });
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return await VisitAsync(http, work) is { } visit ? Page(await new CentreDesk(work, http, clock.GetCurrentInstant()).ShowAsync(visit), StatusCodes.Status200OK) : Faces.Missing();
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, [FromForm] IFormCollection form, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await VisitAsync(http, work) is not { } visit) return Faces.Missing();
        var answer = await new CentreDesk(work, http, clock.GetCurrentInstant()).TakeAsync(visit, form);
        if (answer.View is { } view) return Page(view, answer.Status);
        await work.CommitAsync();
        if (HouseLanguages.Read(form["language"]) is { } told && told != HouseLanguages.Read(visit.Customer.Language)) LanguageEndpoints.Forget(http);
        Flash.Say(http, http.Say(CentrePhrases.Saved));
        return SeeOther.To(Preferences);
    }

    private static async Task<CentreVisit?> VisitAsync(HttpContext http, UnitOfWork work) =>
        await new CustomerStore(work).OpenAsync(http.Actor(), http.Actor().Id!.Value) is { } customer ? new CentreVisit(customer, StatementPlace.Portal, Preferences) : null;

    private static RazorComponentResult<PortalPreferencesPage> Page(CentreView view, int status) => new(new { View = view }) { StatusCode = status };
}
