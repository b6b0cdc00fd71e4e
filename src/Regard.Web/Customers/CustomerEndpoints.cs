using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Contact;
using Regard.Layout;
using Regard.Storage;
using Regard.Timeline;

namespace Regard.Customers;

/// <summary>The pages about one customer.</summary>
internal static class CustomerEndpoints
{
    private const int LedgerLines = 50;
    private const int Messages = 20;

    public const string Path = "/customers/{id:guid}";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, TimelineAsync).ForStaff(Right.CustomersRead);
        routes.MapGet(Path + "/orders", OrdersAsync).ForStaff(Right.CustomersRead);
        routes.MapGet(Path + "/preferences", PreferencesAsync).ForStaff(Right.CustomersRead);
        routes.MapGet("/me/orders", OwnOrdersAsync).ForPortal();
    }

    private static async Task<IResult> OwnOrdersAsync(HttpContext http, Guid? before, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new CustomerStore(work).CurrentAsync(http.Actor().Id!.Value) is not { } own) return Faces.Missing();
        if (await new CustomerOrdersStore(work).LoadAsync(own, before, clock.GetCurrentInstant()) is not var (_, orders)) return Faces.Missing();
        return new RazorComponentResult<PortalOrdersPage>(new { Orders = orders });
    }

    private static async Task<IResult> TimelineAsync(HttpContext http, Guid id, [AsParameters] TimelineWords words, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new CustomerPageStore(work).TimelineAsync(id, words.Filter, words.Before) is not var (head, timeline)) return Faces.Missing();
        if (head.MergedInto is not null) return await SurvivorAsync(work, id, "");
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<CustomerPage>(new { Head = head, Timeline = timeline, Actor = http.Actor(), Now = clock.GetCurrentInstant() });
    }

    private static async Task<IResult> OrdersAsync(HttpContext http, Guid id, Guid? before, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new CustomerOrdersStore(work).LoadAsync(id, before, clock.GetCurrentInstant()) is not var (head, orders)) return Faces.Missing();
        if (head.MergedInto is not null) return await SurvivorAsync(work, id, "/orders");
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<CustomerOrdersPage>(new { Head = head, Orders = orders, Actor = http.Actor(), Now = clock.GetCurrentInstant() });
    }

    private static async Task<IResult> PreferencesAsync(HttpContext http, Guid id, Database database, IClock clock)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new CustomerPageStore(work).HeadAsync(id) is not { } head) return Faces.Missing();
        if (head.MergedInto is not null) return await SurvivorAsync(work, id, "/preferences");
        http.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<CustomerPreferencesPage>(new
        {
            Head = head,
            Statements = await new PreferenceStore(work).StatementsAsync(id),
            Lines = await new LedgerStore(work).PageAsync(id, null, LedgerLines),
            Messages = (IReadOnlyList<OutboxRow>)await new OutboxStore(work).OfCustomerAsync(id, Messages),
            Recorders = (await new StaffStore(work).ListAsync()).ToDictionary(person => $"staff:{person.StaffId}", person => person.Name),
            Actor = http.Actor(),
            Now = clock.GetCurrentInstant(),
        });
    }

    /// <summary>A merged profile's page is the survivor's; only for a while, because a merge can be undone.</summary>
    public static async Task<IResult> SurvivorAsync(UnitOfWork work, Guid id, string tab) =>
        await new CustomerStore(work).CurrentAsync(id) is { } current ? Results.Redirect($"/customers/{current}{tab}") : Faces.Missing();

    /// <summary>The timeline's filter as it stands in the address. A word that stands for nothing filters nothing.</summary>
    internal sealed record TimelineWords
    {
        [FromQuery(Name = "department")] public string? Department { get; init; }
        [FromQuery(Name = "kind")] public string? Kind { get; init; }
        [FromQuery(Name = "text")] public string? Text { get; init; }
        [FromQuery(Name = "before")] public Guid? Before { get; init; }

        public TimelineFilter Filter => new()
        {
            Department = Words.Read<Department>(Department),
            Kind = string.IsNullOrWhiteSpace(Kind) ? null : Kind.Trim().ToLowerInvariant().Replace(' ', '_'),
            Text = string.IsNullOrWhiteSpace(Text) ? null : Text.Trim(),
        };
    }
}
