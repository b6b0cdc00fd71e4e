using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Customers;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>"They told me …": staff write down what a customer said about being contacted.</summary>
internal static class PreferenceEndpoints
{
    private static readonly StatementPlace[] Places = [StatementPlace.Call, StatementPlace.Voicemail, StatementPlace.Mail, StatementPlace.Store, StatementPlace.Text];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/customers/{id:guid}/preferences", RecordAsync).ForStaff(Right.PreferencesWrite);
        routes.MapPost("/customers/{id:guid}/preferences/propose", ProposeAsync).ForStaff(Right.PreferencesWrite);
    }

    // Nothing is recorded: the sentence is marked, and a person decides.
    private static async Task<IResult> ProposeAsync(HttpContext http, Guid id, [FromForm] WishForm? sent, Database database)
    {
        await using var work = await database.ReadAsync(http.RequestAborted);
        if (await new CustomerStore(work).OpenAsync(http.Actor(), id) is not { } customer) return Faces.Missing();
        return new RazorComponentResult<ProposalPage>(new { customer.CustomerId, customer.Name, Text = sent?.Words ?? "", Place = Words.Read<StatementPlace>(sent?.Place) ?? StatementPlace.Mail });
    }

    private static async Task<IResult> RecordAsync(HttpContext http, Guid id, [FromForm] WishForm? sent, Database database, IClock clock, RegardSettings settings)
    {
        var form = sent ?? new WishForm();
        var now = clock.GetCurrentInstant();
        await using var read = await database.ReadAsync(http.RequestAborted);
        if (await new CustomerStore(read).OpenAsync(http.Actor(), id) is not { } customer) return Faces.Missing();
        var (wish, fault) = form.Read(customer.TimeZone);
        var place = Words.Read<StatementPlace>(form.Place);
        var back = LocalPath.Or(form.Back, $"/customers/{id}");
        if (wish is null || place is null || !Places.Contains(place.Value))
        {
            Flash.Say(http, "Nothing was recorded. " + (fault?.English ?? "Say where it was said: in a call, on voicemail, in a mail, in a text message or in the shop."), Tone.Danger);
            return SeeOther.To(back);
        }
        var statement = new PreferenceStatement
        {
            StatementId = Ids.New(now),
            CustomerId = id,
            SaidAt = now,
            Place = place.Value,
            Words = form.Words,
            Wish = wish,
            Basis = form.Asked == "true" ? StatementBasis.Asked : StatementBasis.Volunteered,
            RecordedBy = http.Actor().Reference,
            RecordedAt = now,
            Source = "staff",
            SourceId = Ids.New(now).ToString(),
        };
        var (recorded, isAsked) = await database.RepeatAsync(async work =>
        {
            var recorded = await new PreferenceStore(work).RecordAsync(statement, now);
            return (recorded, await new ConsentDesk(work, settings).FollowAsync(statement, recorded!, now));
        }, http.RequestAborted);
        var became = recorded!.Rerouted == 0 ? "" : $" Of the calls that waited, {recorded.Rerouted} became messages.";
        if (isAsked) Flash.Say(http, "Recorded. Offers need the customer's own confirmation: a mail asks them for it." + became);
        else Flash.Say(http, (recorded.HeldBack == 0 ? "Recorded. It binds from now on." : $"Recorded. It binds from now on; {recorded.HeldBack} waiting contacts were stopped.") + became);
        return SeeOther.To(back);
    }
}
