namespace Regard.Contact;

/// <summary>Statements, and what the gate permits under them.</summary>
internal static class GateKit
{
    public static readonly Guid Customer = Ids.Of(Instant.FromUtc(2026, 1, 1, 0, 0), "test", "customer");

    /// <summary>A Monday, noon in Berlin.</summary>
    public static readonly Instant Noon = Instant.FromUtc(2026, 11, 23, 11, 0);

    public static readonly IReadOnlyList<Instant> Moments = [Noon, Noon + Duration.FromHours(12), Noon + Duration.FromDays(6)];

    public static PreferenceStatement Said(Wish wish, Instant at, StatementBasis basis = StatementBasis.Volunteered, string? words = null, Guid? origin = null) => new()
    {
        StatementId = Ids.Of(at, "statement", $"{at}{basis}{origin}{wish}"),
        CustomerId = Customer,
        OriginId = origin,
        SaidAt = at,
        Place = StatementPlace.Call,
        Words = words,
        Basis = basis,
        Wish = wish,
        RecordedBy = "system:test",
        RecordedAt = at,
        Source = "test",
        SourceId = at.ToString(),
    };

    public static Wishes Wishes(params PreferenceStatement[] statements) => Contact.Wishes.Of(statements);

    public static ContactHistory History(string? timeZone = "Europe/Berlin", string? country = null, params PastContact[] contacts) => new()
    {
        Reach = new Reach { Email = "a@example.org", Phone = "+4930123", Text = "+4930123", Spoken = "+4930123", Postal = "Street 1", Zones = ZoneSet.Of(timeZone, country), Holidays = PublicHolidays.Of([new LocalDate(2026, 11, 29)]) },
        Contacts = contacts,
    };

    public static ContactRequest Request(Purpose purpose, params Channel[] channels) => new()
    {
        CustomerId = Customer,
        Purpose = purpose,
        About = "order:1",
        Step = "step",
        Channels = channels,
        LatestUseful = Noon + Duration.FromDays(60),
        LegalGround = "recall",
    };

    public static ContactVerdict Ask(Wishes wishes, ContactRequest request, Instant? at = null, ContactHistory? history = null) =>
        ContactGate.Ask(wishes, history ?? History(), ContactPolicy.Strict, request, at ?? Noon);

    /// <summary>Every purpose, channel and moment that is permitted.</summary>
    public static HashSet<(Purpose, Channel, Instant)> Permitted(Wishes wishes, ContactHistory? history = null)
    {
        history ??= History();
        return
        [
            .. from purpose in Purposes.All
               from channel in Channels.All
               let request = Request(purpose, channel)
               from at in Moments
               where Ask(wishes, request, at, history).Kind == VerdictKind.Permitted
               select (purpose, channel, at),
        ];
    }
}
