using Microsoft.AspNetCore.Mvc;
using Regard.Access;
using Regard.Customers;
using Regard.Layout;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>What stands recorded is confirmed or called wrong, by the customer in the portal or by staff whom they told.</summary>
internal static class CorrectionEndpoints
{
    private static readonly StatementPlace[] Places = [StatementPlace.Call, StatementPlace.Voicemail, StatementPlace.Mail, StatementPlace.Store];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/me/preferences/{statementId:guid}", FromCustomerAsync).ForPortal();
        routes.MapPost("/customers/{id:guid}/preferences/{statementId:guid}", FromStaffAsync).ForStaff(Right.PreferencesWrite);
    }

    private static Task<IResult> FromCustomerAsync(HttpContext http, Guid statementId, [FromForm] string? answer, Database database, IClock clock) =>
        RecordAsync(http, new Told(http.Actor().Id!.Value, statementId, answer, StatementPlace.Portal, "/me/preferences"), database, clock);

    private static Task<IResult> FromStaffAsync(HttpContext http, [AsParameters] StatementAddress address, [FromForm] CorrectionAnswer? sent, Database database, IClock clock)
    {
        var place = Words.Read<StatementPlace>(sent?.Place);
        return RecordAsync(http, new Told(address.Id, address.StatementId, sent?.Answer, place is { } known && Places.Contains(known) ? known : null, $"/customers/{address.Id}/preferences"), database, clock);
    }

    internal static async Task<IResult> RecordAsync(HttpContext http, Told told, Database database, IClock clock)
    {
        var now = clock.GetCurrentInstant();
        await using var work = await database.WriteAsync(http.RequestAborted);
        if (await OpenAsync(http, work, told) is not { } customer) return Faces.Missing();
        var store = new PreferenceStore(work);
        if ((await store.StatementsAsync(customer.CustomerId)).FirstOrDefault(one => one.StatementId == told.StatementId) is not { } statement) return Faces.Missing();
        var wish = told.Answer switch { "right" when statement.Quote().AwaitsConfirmation => Correction.Right(statement), "wrong" => Correction.Wrong(statement), _ => null };
        if (wish is null || told.Place is null)
        {
            Flash.Say(http, http.Say(WishPhrases.NoAnswer), Tone.Danger);
            return SeeOther.To(told.Back);
        }
        await store.RecordAsync(
            new PreferenceStatement
            {
                StatementId = Ids.New(now),
                CustomerId = customer.CustomerId,
                SaidAt = now,
                Place = told.Place.Value,
                Words = told.Answer == "right" ? statement.Words : null,
                Wording = told.Place is StatementPlace.Portal or StatementPlace.Link && wish.Purposes?.Any(named => named.Purpose == Purpose.Marketing && named.Channels.Count > 0) == true ? ConsentWording.Current.Version : null,
                Basis = StatementBasis.Asked,
                Wish = wish,
                RecordedBy = http.Features.Get<Actor>()?.Reference ?? $"customer:{customer.CustomerId}",
                RecordedAt = now,
                Source = "correction",
                SourceId = $"{statement.StatementId}:{told.Answer}",
            },
            now);
        await work.CommitAsync();
        Flash.Say(http, http.Say(told.Answer == "right" ? WishPhrases.Confirmed : WishPhrases.CountsNoMore));
        return SeeOther.To(told.Back);
    }

    // A link is for one customer, whoever is signed in besides.
    private static Task<CustomerProfile?> OpenAsync(HttpContext http, UnitOfWork work, Told told) =>
        told.Place == StatementPlace.Link ? new ProfileStore(work).LivingAsync(told.CustomerId) : new CustomerStore(work).OpenAsync(http.Actor(), told.CustomerId);

    /// <summary>Which statement of whom.</summary>
    internal sealed record StatementAddress
    {
        public Guid Id { get; init; }
        public Guid StatementId { get; init; }
    }

    /// <summary>What is said of it, where, and the page to go back to.</summary>
    internal sealed record Told(Guid CustomerId, Guid StatementId, string? Answer, StatementPlace? Place, string Back);
}

/// <summary>What staff were told about a recorded statement.</summary>
public sealed record CorrectionAnswer
{
    public string? Answer { get; init; }
    public string? Place { get; init; }
}
