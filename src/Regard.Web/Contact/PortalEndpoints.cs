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
    }

    private static async Task<IResult> HomeAsync(HttpContext http, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new CustomerStore(work).OpenAsync(http.Actor(), http.Actor().Id!.Value) is not { } customer) return Faces.Missing();
        var messages = await new OutboxStore(work).OfCustomerAsync(customer.CustomerId, LedgerLines);
        return new RazorComponentResult<PortalPage>(new
        {
            Name = customer.AddressAs ?? customer.Name,
            Wishes = await new PreferenceStore(work).WishesAsync(customer.CustomerId),
            Now = clock.GetCurrentInstant(),
            Open = (await new CustomerPageStore(work).HeadAsync(customer.CustomerId))?.Open.Where(open => open.IsCase).ToList() ?? [],
            Messages = (IReadOnlyList<OutboxRow>)[.. messages.Where(message => message is { Channel: "portal", State: "sent" })],
        });
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
        if (await new CustomerStore(work).OpenAsync(http.Actor(), http.Actor().Id!.Value) is not { } customer) return Faces.Missing();
        return await PageAsync(work, customer.CustomerId, new Shown(new WishForm(), null, null), clock.GetCurrentInstant());
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, [FromForm] WishForm? sent, Database database, IClock clock)
    {
        var form = sent ?? new WishForm();
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CustomerStore(work).OpenAsync(http.Actor(), http.Actor().Id!.Value) is not { } customer) return Faces.Missing();
        var (wish, fault) = form.Read(customer.TimeZone);
        if (wish is null) return await PageAsync(work, customer.CustomerId, new Shown(form, null, fault), now);
        var statement = new PreferenceStatement
        {
            StatementId = Ids.New(now),
            CustomerId = customer.CustomerId,
            SaidAt = now,
            Place = StatementPlace.Portal,
            Words = form.Words,
            Wording = wish.Purposes?.Any(named => named.Purpose == Purpose.Marketing && named.Channels.Count > 0) == true ? ConsentWording.Current.Version : null,
            Wish = wish,
            Basis = StatementBasis.Volunteered,
            RecordedBy = http.Actor().Reference,
            RecordedAt = now,
            Source = "portal",
            SourceId = Ids.New(now).ToString(),
        };
        var store = new PreferenceStore(work);
        var recorded = await store.RecordAsync(statement, now);
        // A preview is the same walk without the commit.
        if (form.Preview is not null) return await PageAsync(work, customer.CustomerId, new Shown(form, recorded!.Wishes, null), now);
        await work.CommitAsync();
        Flash.Say(http, "Saved. It binds from now on.");
        return SeeOther.To(Preferences);
    }

    private static async Task<IResult> PageAsync(UnitOfWork work, Guid customerId, Shown shown, Instant now)
    {
        var store = new PreferenceStore(work);
        return new RazorComponentResult<PortalPreferencesPage>(new
        {
            Wishes = await store.WishesAsync(customerId),
            Now = now,
            Lines = await new LedgerStore(work).PageAsync(customerId, null, LatestLines),
            Statements = await store.StatementsAsync(customerId),
            Form = shown.Form,
            Preview = shown.Preview,
            Fault = shown.Fault,
        });
    }

    /// <summary>The form as it was sent, with what it would mean or what is wrong with it.</summary>
    private sealed record Shown(WishForm Form, Wishes? Preview, string? Fault);
}
