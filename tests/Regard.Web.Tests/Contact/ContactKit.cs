using Regard.Access;
using Regard.Customers;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Customers who say things, and contacts that are asked for.</summary>
internal static class ContactKit
{
    public static readonly Actor By = Actor.System("test");

    /// <summary>A Monday, noon in Berlin.</summary>
    public static readonly Instant Noon = Instant.FromUtc(2026, 11, 23, 11, 0);

    public static async Task<Guid> CustomerAsync(this TestDatabase data, string name = "anna", string? timeZone = "Europe/Berlin", string? country = null)
    {
        await using var work = await data.WriteAsync();
        var recorded = await new CustomerStore(work).RecordAsync(new CustomerDraft
        {
            Name = name,
            TimeZone = timeZone,
            Country = country,
            Source = "test",
            Identities = [IdentityDraft.Email($"{name}@example.org"), IdentityDraft.External("test", name)],
        }, By, Noon);
        await work.ExecuteAsync(
            """
            insert into identity (customer_id, identity_id, kind, value, source, recorded_at, recorded_by) values (@Id, @phone, 'phone', @number, 'test', @Noon, 'test');
            insert into identity_lookup (value, kind, customer_id) values (@number, 'phone', @Id) on conflict do nothing
            """,
            new { recorded.Id, phone = Ids.New(Noon), number = "+4930" + name.Aggregate(1_000_000, (sum, c) => sum * 7 % 9_000_000 + c).ToString(System.Globalization.CultureInfo.InvariantCulture), Noon });
        await work.CommitAsync();
        return recorded.Id;
    }

    public static async Task<RecordedStatement> SayAsync(this TestDatabase data, Guid customerId, Wish wish, Instant at, string? words = null, StatementBasis basis = StatementBasis.Volunteered)
    {
        await using var work = await data.WriteAsync();
        var recorded = await new PreferenceStore(work).RecordAsync(Statement(customerId, wish, at, words, basis), at);
        await work.CommitAsync();
        return recorded!;
    }

    public static PreferenceStatement Statement(Guid customerId, Wish wish, Instant at, string? words = null, StatementBasis basis = StatementBasis.Volunteered) => new()
    {
        StatementId = Ids.New(at),
        CustomerId = customerId,
        SaidAt = at,
        Place = StatementPlace.Call,
        Words = words,
        Basis = basis,
        Wish = wish,
        RecordedBy = By.Reference,
        RecordedAt = at,
        Source = "test",
        SourceId = Ids.New(at).ToString(),
    };

    public static ContactRequest Request(Guid customerId, string step = "step", Purpose purpose = Purpose.Care, params Channel[] channels) => new()
    {
        CustomerId = customerId,
        Purpose = purpose,
        About = "change:1",
        Step = step,
        Channels = channels,
        LatestUseful = Noon + Duration.FromDays(14),
        LegalGround = purpose == Purpose.Legal ? "recall" : null,
    };

    public static async Task<ContactAnswer> AskAsync(this TestDatabase data, ContactRequest request, Instant? at = null)
    {
        await using var work = await data.WriteAsync();
        var answer = await new ContactDesk(work).RequestAsync(request, new ContactDraft { Subject = "A change", Text = "Dear customer,\n\nthe price changes." }, at ?? Noon);
        await work.CommitAsync();
        return answer!;
    }
}
