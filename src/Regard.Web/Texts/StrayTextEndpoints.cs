using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Customers;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Texts;

/// <summary>The page of texts that nobody knows the sender of.</summary>
internal static class StrayTextEndpoints
{
    private const string Path = "/settings/texts";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).ForStaff(Right.CasesWork);
        routes.MapPost(Path + "/{sourceId}/assign", AssignAsync).ForStaff(Right.CasesWork);
        routes.MapPost(Path + "/{sourceId}/discard", DiscardAsync).ForStaff(Right.CasesWork);
    }

    private static async Task<RazorComponentResult<StrayTextPage>> ShowAsync(HttpContext http, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        return new(new { Rows = await new StrayTextStore(work).WaitingAsync(200) });
    }

    private static async Task<IResult> AssignAsync(HttpContext http, string sourceId, [FromForm] string? customer, Database database, TextIntake intake, IClock clock)
    {
        StrayTextRow? text;
        Guid? customerId;
        await using (var read = await database.ReadAsync(http.RequestAborted))
        {
            text = await new StrayTextStore(read).FindAsync(sourceId);
            customerId = await FoundAsync(read, customer?.Trim() ?? "");
        }
        if (text is null) return Faces.Missing();
        if (customerId is not { } known) return Back(http, "Nobody was found by that: give the address, the number or the id of a customer.", Tone.Danger);
        await intake.AssignAsync(text, known, http.RequestAborted);
        await FinishAsync(http, database, (sourceId, "assigned"), clock);
        Flash.Say(http, "The text is theirs now. If the number is theirs too, add it to their record: then the next one finds them by itself.");
        return SeeOther.To($"/customers/{known}");
    }

    private static async Task<IResult> DiscardAsync(HttpContext http, string sourceId, Database database, IClock clock) =>
        await FinishAsync(http, database, (sourceId, "discarded"), clock) ? Back(http, "Discarded: nothing of it is kept.", Tone.Good) : Faces.Missing();

    private static async Task<Guid?> FoundAsync(UnitOfWork work, string customer)
    {
        var customers = new CustomerStore(work);
        if (Guid.TryParse(customer, null, out var id)) return await customers.CurrentAsync(id);
        var kind = customer.Contains('@', StringComparison.Ordinal) ? IdentityKind.Email : IdentityKind.Phone;
        return IdentityForm.Normal(kind, customer, null) is { } normal ? await customers.ResolveAsync(kind, normal) : null;
    }

    private static async Task<bool> FinishAsync(HttpContext http, Database database, (string SourceId, string State) what, IClock clock)
    {
        await using var work = await database.WriteAsync(http.RequestAborted);
        var isDone = await new StrayTextStore(work).FinishAsync(what.SourceId, what.State, http.Actor().Reference, clock.GetCurrentInstant());
        await work.CommitAsync();
        return isDone;
    }

    private static IResult Back(HttpContext http, string message, Tone tone)
    {
        Flash.Say(http, message, tone);
        return SeeOther.To(Path);
    }
}
