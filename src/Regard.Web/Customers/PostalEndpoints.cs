using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Customers;

/// <summary>Where letters reach a customer, on their record.</summary>
internal static class PostalEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var changes = routes.MapGroup(CustomerEndpoints.Path + "/postal").ForStaff(Right.CustomersWrite);
        changes.MapPost("", AddAsync);
        changes.MapPost("/{addressId:guid}/end", (HttpContext http, Guid id, Guid addressId, Database database, IClock clock) =>
            ChangeAsync(http, id, database, (store, current) => store.EndAsync(current, addressId, http.Actor(), clock.GetCurrentInstant()), "It is not used any more."));
        changes.MapPost("/{addressId:guid}/fails", (HttpContext http, Guid id, Guid addressId, Database database, IClock clock) =>
            ChangeAsync(http, id, database, (store, current) => store.MarkAsync(current, addressId, clock.GetCurrentInstant()), "Noted: letters come back from there. This is no wish; their wishes stay as they are."));
        changes.MapPost("/{addressId:guid}/works", (HttpContext http, Guid id, Guid addressId, Database database) =>
            ChangeAsync(http, id, database, (store, current) => store.MarkAsync(current, addressId, null), "Noted: letters arrive there."));
    }

    private static async Task<IResult> AddAsync(HttpContext http, Guid id, [FromForm] PostalForm? form, Database database, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CustomerStore(work).CurrentAsync(id) is not { } current) return Faces.Missing();
        if (form?.Read("staff") is not { } normal)
            return Back(http, current, "Nothing was saved: an address has a street (at most four lines), a city, and a country in two letters, as AT.", Tone.Danger);
        var added = await new PostalStore(work).AddAsync(current, normal, http.Actor(), clock.GetCurrentInstant());
        await work.CommitAsync();
        return added is null ? Back(http, current, "It was theirs already.", Tone.Info) : Back(http, current, "Added: letters go there from now on.", Tone.Good);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, Guid id, Database database, Func<PostalStore, Guid, Task<bool>> change, string words)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await new CustomerStore(work).CurrentAsync(id) is not { } current || !await change(new PostalStore(work), current)) return Faces.Missing();
        await work.CommitAsync();
        return Back(http, current, words, Tone.Good);
    }

    private static IResult Back(HttpContext http, Guid id, string words, Tone tone)
    {
        Flash.Say(http, words, tone);
        return SeeOther.To($"/customers/{id}/record#postal-title");
    }
}
