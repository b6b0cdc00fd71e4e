namespace Regard.Contact;

/// <summary>What is said without who said it means the same to the gate.</summary>
public sealed class WishClassTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 11, 23, 11, 0);

    [Fact]
    [Trait("req", "P5")]
    public void wishes_without_their_sayer_get_the_same_answer()
    {
        foreach (var wishes in Said())
            foreach (var purpose in Purposes.All)
                foreach (var policy in ContactPolicy.All)
                {
                    var request = Request(purpose);
                    var history = new ContactHistory { Reach = new Reach { Email = "a@example.org", Phone = "+4930123", Zones = ZoneSet.Of("Europe/Berlin", null) }, Country = "DE", LastPurchaseAt = Now - Duration.FromDays(20) };
                    var (with, without) = (ContactGate.Ask(wishes, history, policy, request, Now), ContactGate.Ask(WishClass.Of(wishes), history, policy, request, Now));
                    without.Kind.ShouldBe(with.Kind);
                    without.Channel.ShouldBe(with.Channel);
                    without.Until.ShouldBe(with.Until);
                    without.Reasons.Select(reason => reason.Code).ShouldBe(with.Reasons.Select(reason => reason.Code));
                }
    }

    [Fact]
    [Trait("req", "P5")]
    public void fewer_contacts_than_make_a_limit_near_never_matter()
    {
        var (near, far) = (0, 0);
        foreach (var wishes in Said().SelectMany(said => new[] { said, Limited(said, 2, 30), Limited(said, 1, 7) }))
            foreach (var purpose in Purposes.All)
                for (var count = 1; count < 8; count++)
                {
                    var contacts = Enumerable.Range(0, count).Select(n => new PastContact(Now - Duration.FromDays(n * 2 - 1), (Purpose)((n + count) % 4))).ToList();
                    if (ContactGate.NearLimit(wishes, contacts) is not null)
                    {
                        near++;
                        continue;
                    }
                    far++;
                    foreach (var policy in ContactPolicy.All)
                    {
                        var (none, some) = (Ask(wishes, purpose, policy, []), Ask(wishes, purpose, policy, contacts));
                        (some.Kind, some.Channel, some.Until, some.Reasons[0].Code).ShouldBe((none.Kind, none.Channel, none.Until, none.Reasons[0].Code));
                    }
                }
        near.ShouldBeGreaterThan(100);
        far.ShouldBeGreaterThan(100);
    }

    [Fact]
    [Trait("req", "P5")]
    public void what_is_left_of_wishes_for_a_purpose_gets_the_same_answer_while_nothing_has_reached_anybody()
    {
        foreach (var wishes in Said().SelectMany(said => new[] { said, Limited(said, 2, 30) }))
            foreach (var purpose in Purposes.All)
                foreach (var policy in ContactPolicy.All)
                {
                    var (whole, left) = (Ask(wishes, purpose, policy, []), Ask(WishClass.For(wishes, purpose), purpose, policy, []));
                    (left.Kind, left.Channel, left.Until).ShouldBe((whole.Kind, whole.Channel, whole.Until));
                    left.Reasons.Select(reason => reason.Code).ShouldBe(whole.Reasons.Select(reason => reason.Code));
                }
    }

    private static ContactVerdict Ask(Wishes wishes, Purpose purpose, ContactPolicy policy, IReadOnlyList<PastContact> contacts)
    {
        var history = new ContactHistory
        {
            Reach = new Reach { Email = "a@example.org", Phone = "+4930123", Zones = ZoneSet.Of("Europe/Berlin", null) },
            Contacts = contacts,
            Country = "DE",
            LastPurchaseAt = Now - Duration.FromDays(20),
        };
        return ContactGate.Ask(wishes, history, policy, Request(purpose), Now);
    }

    private static Wishes Limited(Wishes wishes, int count, int days) => WishClass.Of(wishes) is var plain && plain.Limits.Count > 0 ? plain : new Wishes
    {
        Purposes = plain.Purposes,
        Hours = plain.Hours,
        Pause = plain.Pause,
        Holidays = plain.Holidays,
        Limits = [new LimitState(new ContactLimit(null, count, days), new Utterance(Guid.Empty, Now, StatementPlace.Call, StatementBasis.Volunteered, null))],
    };

    private static IEnumerable<Wishes> Said()
    {
        var wishes = new Wish[]
        {
            new(), new() { Never = true }, new() { OnlyChannels = [Channel.Email] }, new() { NoChannels = [Channel.Phone, Channel.Email] }, new() { PauseUntil = Now + Duration.FromDays(3) }, new() { OnHolidays = false },
            new() { Purposes = [new PurposeWish(Purpose.Marketing, [Channel.Email]), new PurposeWish(Purpose.Care, [])] }, new() { Limits = [new ContactLimit(Purpose.Care, 0, 30)] },
            new() { Hours = [new HoursWish(null, [new ContactWindow([IsoDayOfWeek.Monday], new LocalTime(18, 0), new LocalTime(23, 0))])] }, new() { Purposes = [new PurposeWish(Purpose.Legal, [])], Person = "Maria" },
        };
        foreach (var place in new[] { StatementPlace.Portal, StatementPlace.Call, StatementPlace.Import })
            foreach (var first in wishes)
                foreach (var second in wishes)
                    yield return Wishes.Of([Statement(first, place, 1), Statement(second, StatementPlace.Call, 2)]);
    }

    private static PreferenceStatement Statement(Wish wish, StatementPlace place, int n) => new()
    {
        StatementId = Ids.Of(Now, "test", $"{n}"),
        CustomerId = Guid.Empty,
        SaidAt = Now - Duration.FromDays(10 - n),
        Place = place,
        Words = "in their words",
        Basis = StatementBasis.Volunteered,
        Wish = wish,
        RecordedBy = "system:test",
        RecordedAt = Now,
        Source = "test",
        SourceId = $"{n}",
    };

    private static ContactRequest Request(Purpose purpose) => new()
    {
        CustomerId = Guid.Empty,
        Purpose = purpose,
        About = "order:1",
        Step = "step",
        LatestUseful = Now + Duration.FromDays(14),
        LegalGround = purpose == Purpose.Legal ? "recall" : null,
    };
}
