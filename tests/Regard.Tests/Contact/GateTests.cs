using System.Reflection;

namespace Regard.Contact;

/// <summary>What the gate answers, case by case.</summary>
public sealed class GateTests
{
    [Fact, Trait("req", "P5")]
    public void F1_nothing_that_asks_the_gate_can_carry_a_way_around_it()
    {
        foreach (var type in new[] { typeof(ContactRequest), typeof(ContactHistory), typeof(Reach) })
            type.GetProperties().Where(p => p.PropertyType == typeof(bool)).ShouldBeEmpty(type.Name);
        typeof(ContactPermit).GetConstructors(BindingFlags.Public | BindingFlags.Instance).ShouldBeEmpty();
        default(ContactVerdict).Kind.ShouldBe(VerdictKind.Refused);
        Should.Throw<InvalidOperationException>(() => default(ContactVerdict).ToPermit(Guid.Empty, GateKit.Noon));
    }

    [Fact, Trait("req", "P5")]
    public void a_yes_to_service_is_not_a_yes_to_marketing()
    {
        var wishes = GateKit.Wishes(GateKit.Said(new Wish { Purposes = [new PurposeWish(Purpose.Service, [Channel.Email])] }, GateKit.Noon));
        GateKit.Ask(wishes, GateKit.Request(Purpose.Service)).Channel.ShouldBe(Channel.Email);
        GateKit.Ask(wishes, GateKit.Request(Purpose.Marketing)).Reasons[0].Code.ShouldBe(ReasonCode.NeedsOwnYes);
    }

    [Theory, InlineData(Purpose.Marketing), InlineData(Purpose.Research)]
    public void F5_no_record_of_a_yes_is_a_no(Purpose purpose)
    {
        GateKit.Ask(Wishes.Unsaid, GateKit.Request(purpose)).Kind.ShouldBe(VerdictKind.Refused);
        var yes = new Wish { Purposes = [new PurposeWish(purpose, [Channel.Email])] };
        GateKit.Ask(GateKit.Wishes(GateKit.Said(yes, GateKit.Noon, StatementBasis.Imported)), GateKit.Request(purpose)).Kind.ShouldBe(VerdictKind.Refused);
        GateKit.Ask(GateKit.Wishes(GateKit.Said(yes, GateKit.Noon)), GateKit.Request(purpose)).Channel.ShouldBe(Channel.Email);
    }

    [Fact]
    public void F5_without_a_zone_a_call_waits_for_an_hour_that_is_civil_everywhere_it_could_be()
    {
        // Eleven in Lisbon and ten on the Azores is civil; eight on the Azores is not.
        GateKit.Ask(Wishes.Unsaid, GateKit.Request(Purpose.Care, Channel.Phone), Instant.FromUtc(2026, 11, 23, 11, 0), GateKit.History(null, "PT")).Kind.ShouldBe(VerdictKind.Permitted);
        var early = GateKit.Ask(Wishes.Unsaid, GateKit.Request(Purpose.Care, Channel.Phone), Instant.FromUtc(2026, 11, 23, 9, 30), GateKit.History(null, "PT"));
        (early.Kind, early.Until).ShouldBe((VerdictKind.Deferred, Instant.FromUtc(2026, 11, 23, 10, 0)));
        GateKit.Ask(Wishes.Unsaid, GateKit.Request(Purpose.Care, Channel.Phone), GateKit.Noon, GateKit.History(null, null)).Reasons[0].Code.ShouldBe(ReasonCode.TimeZoneUnknown);
    }

    [Fact, Trait("req", "P5")]
    public void e_mail_only_turns_a_call_into_a_mail_and_quotes_the_words()
    {
        var wishes = GateKit.Wishes(GateKit.Said(new Wish { OnlyChannels = [Channel.Email] }, GateKit.Noon, words: "please only e-mail"));
        GateKit.Ask(wishes, GateKit.Request(Purpose.Care, Channel.Phone, Channel.Email)).Channel.ShouldBe(Channel.Email);
        var refused = GateKit.Ask(wishes, GateKit.Request(Purpose.Care, Channel.Phone));
        refused.Kind.ShouldBe(VerdictKind.Refused);
        refused.Reasons[0].ToCustomer().ShouldContain("please only e-mail");
        GateKit.Ask(wishes, GateKit.Request(Purpose.Marketing, Channel.Email)).Kind.ShouldBe(VerdictKind.Refused);
    }

    [Fact]
    public void F13_hours_across_midnight_belong_to_the_day_on_which_they_begin()
    {
        var wishes = GateKit.Wishes(GateKit.Said(new Wish { Hours = [new HoursWish([Channel.Phone], [new ContactWindow([IsoDayOfWeek.Friday], new LocalTime(22, 0), new LocalTime(2, 0))])] }, GateKit.Noon));
        bool May(int day, int hour) => GateKit.Ask(wishes, GateKit.Request(Purpose.Care, Channel.Phone), new LocalDateTime(2026, 11, day, hour, 30).InZoneStrictly(DateTimeZoneProviders.Tzdb["Europe/Berlin"]).ToInstant()).Kind == VerdictKind.Permitted;
        (May(27, 21), May(27, 22), May(28, 1), May(28, 2), May(27, 1)).ShouldBe((false, true, true, false, false));
    }

    [Theory]
    [InlineData("America/New_York", 2026), InlineData("Europe/Berlin", 2026), InlineData("Australia/Lord_Howe", 2026), InlineData("Africa/Casablanca", 2026), InlineData("Pacific/Apia", 2011)]
    public void F13_around_every_change_of_the_clocks_no_minute_is_open_that_is_closed_on_the_wall(string id, int year)
    {
        var zone = DateTimeZoneProviders.Tzdb[id];
        var zones = ZoneSet.Of(id, null);
        var week = Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None).ToList();
        foreach (var window in new[] { new ContactWindow(week, new LocalTime(1, 0), new LocalTime(2, 30)), new ContactWindow(week, new LocalTime(2, 15), new LocalTime(5, 0)), new ContactWindow(week, new LocalTime(22, 0), new LocalTime(1, 30)) })
        {
            var hours = WeekHours.Of([window]);
            foreach (var interval in zone.GetZoneIntervals(Instant.FromUtc(year, 1, 1, 0, 0), Instant.FromUtc(year + 1, 1, 1, 0, 0)).Where(interval => interval.HasStart))
            {
                var opened = 0;
                for (var at = interval.Start - Duration.FromHours(30); at < interval.Start + Duration.FromHours(30); at += Duration.FromMinutes(1))
                {
                    if (!zones.IsOpen(hours, at)) continue;
                    opened++;
                    var local = at.InZone(zone).LocalDateTime;
                    hours.Contains(((int)local.DayOfWeek - 1) * 1440 + local.Hour * 60 + local.Minute).ShouldBeTrue($"{local} {window}");
                    // The quieter reading: a repeated time of day is open only when the whole repeated hour is.
                    var mapped = zone.MapLocal(local);
                    if (mapped.Count == 2) zones.IsOpen(hours, mapped.First().ToInstant()).ShouldBe(zones.IsOpen(hours, mapped.Last().ToInstant()), local.ToString());
                }
                opened.ShouldBeGreaterThan(0);
            }
        }
    }

    [Fact]
    public void F11_a_limit_is_a_stretch_that_ends_now_and_frees_itself()
    {
        var wishes = GateKit.Wishes(GateKit.Said(new Wish { Limits = [new ContactLimit(null, 1, 30)] }, GateKit.Noon));
        var past = new PastContact(GateKit.Noon - Duration.FromDays(10), Purpose.Care);
        var verdict = GateKit.Ask(wishes, GateKit.Request(Purpose.Care, Channel.Email), history: GateKit.History(contacts: past));
        (verdict.Kind, verdict.Until).ShouldBe((VerdictKind.Deferred, past.At + Duration.FromDays(30)));
        verdict.Reasons[0].Code.ShouldBe(ReasonCode.TheirLimitReached);
        GateKit.Ask(wishes, GateKit.Request(Purpose.Service, Channel.Email), history: GateKit.History(contacts: past)).Kind.ShouldBe(VerdictKind.Permitted);
    }

    [Fact]
    public void F14_what_cannot_happen_in_time_is_refused_with_its_causes()
    {
        var wishes = GateKit.Wishes(GateKit.Said(new Wish { PauseUntil = GateKit.Noon + Duration.FromDays(90) }, GateKit.Noon));
        var verdict = GateKit.Ask(wishes, GateKit.Request(Purpose.Care, Channel.Email));
        verdict.Kind.ShouldBe(VerdictKind.Refused);
        verdict.Reasons.Select(reason => reason.Code).ShouldBe([ReasonCode.Paused, ReasonCode.TooLate]);
    }

    [Fact, Trait("req", "P6")]
    public void a_later_word_of_the_customer_counts_and_a_wrong_record_is_taken_back_by_a_new_one()
    {
        var no = GateKit.Said(new Wish { Purposes = [new PurposeWish(Purpose.Care, [])] }, GateKit.Noon - Duration.FromDays(2));
        var yes = GateKit.Said(new Wish { Purposes = [new PurposeWish(Purpose.Care, [Channel.Phone])] }, GateKit.Noon - Duration.FromDays(1));
        GateKit.Ask(GateKit.Wishes(yes, no), GateKit.Request(Purpose.Care)).Channel.ShouldBe(Channel.Phone);
        GateKit.Ask(GateKit.Wishes(no, GateKit.Said(new Wish { Withdraws = no.StatementId }, GateKit.Noon)), GateKit.Request(Purpose.Care)).Kind.ShouldBe(VerdictKind.Permitted);
        GateKit.Ask(GateKit.Wishes(no, GateKit.Said(new Wish { Withdraws = no.StatementId }, GateKit.Noon, StatementBasis.Imported)), GateKit.Request(Purpose.Care)).Kind.ShouldBe(VerdictKind.Refused);
    }

    [Fact]
    public void what_the_law_requires_waits_in_the_portal_for_who_wants_nothing()
    {
        var never = GateKit.Wishes(GateKit.Said(new Wish { Never = true }, GateKit.Noon));
        GateKit.Ask(never, GateKit.Request(Purpose.Legal)).Channel.ShouldBe(Channel.Portal);
        GateKit.Ask(never, GateKit.Request(Purpose.Legal, Channel.Email, Channel.Portal)).Channel.ShouldBe(Channel.Portal);
        GateKit.Ask(never, GateKit.Request(Purpose.Legal, Channel.Email)).Kind.ShouldBe(VerdictKind.Refused);
        GateKit.Ask(Wishes.Unsaid, GateKit.Request(Purpose.Legal, Channel.Email) with { LegalGround = null }).Reasons[0].Code.ShouldBe(ReasonCode.NoGround);
    }
}
