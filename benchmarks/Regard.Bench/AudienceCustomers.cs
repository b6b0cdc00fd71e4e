using Regard.Contact;
using Regard.Storage;

namespace Regard.Bench;

/// <summary>Very many customers with mixed wishes: some said nothing, the others anything the form offers and more, each in their own words.</summary>
internal static class AudienceCustomers
{
    private const int Batch = 10_000;

    public static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 11, 0);

    private static readonly (string Zone, string Country, string Language)[] Places =
    [
        ("Europe/London", "GB", "en"), ("Europe/Berlin", "DE", "de"), ("Europe/Vienna", "AT", "de"), ("Europe/Zurich", "CH", "de"), ("Europe/Madrid", "ES", "es"), ("Europe/Paris", "FR", "en"),
        ("Europe/Dublin", "IE", "en"), ("America/New_York", "US", "en"), ("America/Chicago", "US", "en"), ("America/Los_Angeles", "US", "en"), ("America/Mexico_City", "MX", "es"), ("Australia/Sydney", "AU", "en"),
    ];

    private static readonly Bulk<One> Customers = new(
        "customer", "customer_id",
        Column<One>.Id("customer_id", c => c.Id), Column<One>.Text("kind", _ => "person"), Column<One>.Text("name", c => $"Customer {c.N}"), Column<One>.Text("language", c => c.Place.Language),
        Column<One>.Text("time_zone", c => c.N % 10 == 0 ? null : c.Place.Zone), Column<One>.Text("country", c => c.Place.Country),
        Column<One>.Text("source", _ => "bench"), Column<One>.At("created_at", _ => Now), Column<One>.At("updated_at", _ => Now));

    private static readonly Bulk<(One Of, string Kind, string Value)> Identities = new(
        "identity", "customer_id, identity_id",
        Column<(One Of, string Kind, string Value)>.Id("customer_id", i => i.Of.Id), Column<(One Of, string Kind, string Value)>.Id("identity_id", i => Ids.Of(Now, i.Kind, $"{i.Of.N}")),
        Column<(One Of, string Kind, string Value)>.Text("kind", i => i.Kind), Column<(One Of, string Kind, string Value)>.Text("value", i => i.Value),
        Column<(One Of, string Kind, string Value)>.Text("source", _ => "bench"), Column<(One Of, string Kind, string Value)>.At("recorded_at", _ => Now),
        Column<(One Of, string Kind, string Value)>.Text("recorded_by", _ => "system:bench"), Column<(One Of, string Kind, string Value)>.At("undeliverable_since", i => i.Kind == "email" && i.Of.N % 50 == 0 ? Now : null));

    private static readonly Bulk<(One Of, string Kind, string Value)> Lookups = new(
        "identity_lookup", "value, kind",
        Column<(One Of, string Kind, string Value)>.Text("value", i => i.Value), Column<(One Of, string Kind, string Value)>.Text("kind", i => i.Kind), Column<(One Of, string Kind, string Value)>.Id("customer_id", i => i.Of.Id));

    private static readonly Bulk<One> States = new(
        "contact_state", "customer_id",
        Column<One>.Id("customer_id", c => c.Id), Column<One>.Whole("version", _ => 1L), Column<One>.Document("wishes", c => Json.Of(Wishes.Of(Said(c)))), Column<One>.At("updated_at", _ => Now));

    private static readonly Bulk<One> Rollups = new(
        "order_rollup", "customer_id, currency",
        Column<One>.Id("customer_id", c => c.Id), Column<One>.Text("currency", _ => "EUR"), Column<One>.Whole("orders", _ => 3L), Column<One>.Whole("spend_minor", _ => 9000L), Column<One>.Whole("returns", _ => 0L),
        Column<One>.Whole("returned_minor", _ => 0L), Column<One>.Whole("fees_minor", _ => 0L), Column<One>.At("last_order_at", c => Now - Duration.FromDays(Spread(c.N, 17, 1500))));

    private static readonly Bulk<One> Decisions = new(
        "contact_decision", "customer_id, decision_id",
        Column<One>.Id("customer_id", c => c.Id), Column<One>.Id("decision_id", c => c.Id), Column<One>.Id("chain_id", c => c.Id), Column<One>.Whole("seq", _ => 1L), Column<One>.At("decided_at", c => c.SentAt),
        Column<One>.Text("stage", _ => "claim"), Column<One>.Text("purpose", _ => "care"), Column<One>.Text("verdict", _ => "permitted"), Column<One>.Document("request", _ => new Json("{}")), Column<One>.Document("reasons", _ => new Json("[]")),
        Column<One>.Whole("state_version", _ => 1L), Column<One>.Text("policy_version", _ => "strict-1"), Column<One>.Text("previous_hash", _ => ""), Column<One>.Text("hash", _ => ""));

    private static readonly Bulk<One> Sent = new(
        "outbox", "customer_id, outbox_id",
        Column<One>.Id("customer_id", c => c.Id), Column<One>.Id("outbox_id", c => c.Id), Column<One>.Id("decision_id", c => c.Id), Column<One>.Text("step", _ => "earlier"), Column<One>.Text("state", _ => "sent"),
        Column<One>.Text("purpose", _ => "care"), Column<One>.Text("channel", _ => "email"), Column<One>.Text("address", c => c.Way), Column<One>.At("not_before", c => c.SentAt), Column<One>.At("latest_useful", c => c.SentAt),
        Column<One>.Text("subject", _ => "Earlier"), Column<One>.Text("content", _ => "Earlier"), Column<One>.Text("about", _ => "change:1"), Column<One>.Text("message_id", c => $"{c.N}"), Column<One>.At("reserved_at", c => c.SentAt), Column<One>.At("created_at", c => c.SentAt));

    /// <summary>The customer with a number.</summary>
    public static Guid IdOf(int n) => Ids.Of(Instant.FromUtc(2026, 1, 1, 0, 0).Plus(Duration.FromMilliseconds(n)), "bench", $"{n}");

    public static async Task FillAsync(Database database, int count)
    {
        var key = await LinkKeyStore.ReadAsync(database, SystemClock.Instance, CancellationToken.None);
        for (var start = 0; start < count; start += Batch)
        {
            var people = Enumerable.Range(start, Math.Min(Batch, count - start)).Select(n => new One(n)).ToList();
            var identities = people.SelectMany(one => one.Addresses).ToList();
            await using var work = await database.WriteAsync(CancellationToken.None);
            await Customers.AppendAsync(work, people);
            await Identities.AppendAsync(work, identities);
            // One in two hundred has a telephone together with the one before.
            await Lookups.AppendAsync(work, [.. identities.Where(identity => !(identity.Kind == "phone" && identity.Of.N % 200 == 1))]);
            await States.AppendAsync(work, people);
            await Rollups.AppendAsync(work, people);
            // One in ten had a letter of ours lately, and of those who share a telephone as many.
            var reached = people.Where(one => one.N % 10 == 3 || one.N % 2000 == 1).ToList();
            await Decisions.AppendAsync(work, reached);
            await Sent.AppendAsync(work, reached);
            await new AddressStore(work).ReserveAsync([.. reached.SelectMany(one => one.Counted(key))]);
            await AudienceHistoryStore.ShareAsync(work, [.. people.Select(one => one.Id)]);
            await AudienceMemberStore.RefreshAsync(work, [.. people.Select(one => one.Id)]);
            await work.CommitAsync();
        }
        await AudienceFoldJob.OnceAsync(database, CancellationToken.None);
    }

    // Four in ten said nothing, the others one thing or two, few three. What, is drawn for each; common hours, days and limits are common.
    private static IEnumerable<PreferenceStatement> Said(One one)
    {
        var n = one.N;
        if (Spread(n, 1, 10) < 4) yield break;
        var things = Spread(n, 2, 20) switch { < 16 => 1, < 19 => 2, _ => 3 };
        for (var thing = 0; thing < things; thing++) yield return Statement(one, thing, Wish(n, 100 * (thing + 1)));
    }

    private static Wish Wish(int n, int salt) => Spread(n, salt, 8) switch
    {
        0 => new Wish { Purposes = [new PurposeWish(Purpose.Care, Ways[Common(n, salt + 1, Ways.Length)])] },
        1 or 2 => new Wish { Purposes = [new PurposeWish(Purpose.Marketing, Ways[Common(n, salt + 1, Ways.Length)])] },
        3 => new Wish { Hours = [new HoursWish(Spread(n, salt + 2, 2) == 0 ? null : [Channel.Phone], [new ContactWindow([.. Days[Common(n, salt + 3, Days.Length)]], new LocalTime(8 + Common(n, salt + 4, 4), 0), new LocalTime(17 + Common(n, salt + 5, 4), 0))])] },
        4 => new Wish { Limits = [new ContactLimit(Spread(n, salt + 6, 2) == 0 ? null : Purpose.Care, 1 + Common(n, salt + 7, 3), Times[Common(n, salt + 8, 3)])] },
        5 => new Wish { PauseUntil = Now.Plus(Duration.FromDays(Common(n, salt + 9, 60) - 20)) },
        6 => new Wish { OnlyChannels = [Single[Spread(n, salt + 10, 3)]] },
        _ => Spread(n, salt + 11, 3) switch { 0 => new Wish { Never = true }, 1 => new Wish { NoChannels = [Channel.Phone, Channel.Sms] }, _ => new Wish { OnHolidays = false } },
    };

    private static readonly int[] Times = [30, 7, 90];

    private static readonly Channel[] Single = [Channel.Email, Channel.Phone, Channel.Portal];

    private static readonly Channel[][] Ways = [[], [Channel.Email], [Channel.Phone, Channel.Email], [Channel.Email, Channel.Portal], [Channel.Portal], [Channel.Email, Channel.Letter]];

    private static readonly IsoDayOfWeek[][] Days =
    [
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday], [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday], [IsoDayOfWeek.Tuesday, IsoDayOfWeek.Thursday],
    ];

    private static PreferenceStatement Statement(One one, int thing, Wish wish) => new()
    {
        StatementId = Ids.Of(Now, "statement", $"{one.N}.{thing}"),
        CustomerId = one.Id,
        SaidAt = Now - Duration.FromDays(1 + thing + 3 * Spread(one.N, 19, 300)),
        Place = Spread(one.N, 20, 3) == 0 ? StatementPlace.Call : StatementPlace.Portal,
        Words = "Please keep to this, thank you.",
        Basis = StatementBasis.Volunteered,
        RecordedBy = "system:bench",
        RecordedAt = Now,
        Source = "bench",
        SourceId = $"{one.N}",
        Wish = wish,
    };

    // Squares of evenly spread numbers crowd at the small end.
    private static int Common(int n, int salt, int size) => Spread(n, salt, 1000) is var even ? even * even * size / 1_000_000 : 0;

    private static int Spread(int n, int salt, int size)
    {
        var mixed = ((ulong)n + 1) * 0x9E3779B97F4A7C15 ^ (ulong)salt * 0xC2B2AE3D27D4EB4F;
        mixed = (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9;
        return (int)((mixed ^ mixed >> 32) % (ulong)size);
    }

    private sealed record One(int N)
    {
        public Guid Id { get; } = IdOf(N);

        public (string Zone, string Country, string Language) Place => Places[Spread(N, 0, Places.Length)];

        public Instant SentAt => Now - Duration.FromDays(1 + N % 28);

        public string Way => Ways.Select(address => address.Value).FirstOrDefault() ?? "portal";

        public IEnumerable<CountedContact> Counted(byte[] key) => Ways.Take(1).Select(address => new CountedContact
        {
            AddressKey = AddressStore.KeyOf(address.Kind == "email" ? Channel.Email : Channel.Phone, address.Value, key)!,
            ContactId = Id,
            CustomerId = Id,
            Purpose = "care",
            At = SentAt,
        });

        // At the telephone that they share, where they share one.
        private IEnumerable<(One Of, string Kind, string Value)> Ways => N % 200 == 1 ? Addresses.Reverse() : Addresses;

        public IEnumerable<(One Of, string Kind, string Value)> Addresses
        {
            get
            {
                if (N % 12 > 0) yield return (this, "email", $"c{N}@example.org");
                if (N % 3 > 0 || N % 200 < 2) yield return (this, "phone", $"+4930{(N % 200 == 1 ? N - 1 : N):0000000}");
            }
        }
    }
}
