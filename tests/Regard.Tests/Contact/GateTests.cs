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
        GateKit.Ask(GateKit.Wishes(GateKit.Said(yes, GateKit.Noon) with { Place = StatementPlace.Portal }), GateKit.Request(purpose)).Channel.ShouldBe(Channel.Email);
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

    [Fact]
    public void F13_nobody_is_called_on_a_public_holiday_who_did_not_ask_for_it()
    {
        // Monday the 23rd is a holiday here: the call waits until nine on Tuesday, a mail does not wait.
        var history = GateKit.History() with { Reach = GateKit.History().Reach with { Holidays = PublicHolidays.Of([new LocalDate(2026, 11, 23)]) } };
        var call = GateKit.Ask(Wishes.Unsaid, GateKit.Request(Purpose.Care, Channel.Phone), history: history);
        (call.Kind, call.Until, call.Reasons[0].Code).ShouldBe((VerdictKind.Deferred, Instant.FromUtc(2026, 11, 24, 8, 0), ReasonCode.PublicHoliday));
        GateKit.Ask(Wishes.Unsaid, GateKit.Request(Purpose.Care, Channel.Email), history: history).Kind.ShouldBe(VerdictKind.Permitted);
        var hours = GateKit.Said(new Wish { Hours = [new HoursWish([Channel.Phone], [new ContactWindow([IsoDayOfWeek.Monday], new LocalTime(8, 0), new LocalTime(20, 0))])] }, GateKit.Noon);
        GateKit.Ask(GateKit.Wishes(hours), GateKit.Request(Purpose.Care, Channel.Phone), history: history).Until.ShouldBe(Instant.FromUtc(2026, 11, 30, 7, 0));
        var welcome = GateKit.Said(new Wish { OnHolidays = true }, GateKit.Noon);
        GateKit.Ask(GateKit.Wishes(welcome), GateKit.Request(Purpose.Care, Channel.Phone), history: history).Kind.ShouldBe(VerdictKind.Permitted);
        GateKit.Ask(GateKit.Wishes(GateKit.Said(welcome.Wish, GateKit.Noon, StatementBasis.Imported)), GateKit.Request(Purpose.Care, Channel.Phone), history: history).Kind.ShouldBe(VerdictKind.Deferred);
        GateKit.Ask(GateKit.Wishes(GateKit.Said(new Wish { OnHolidays = false }, GateKit.Noon)), GateKit.Request(Purpose.Care, Channel.Email), history: history).Kind.ShouldBe(VerdictKind.Deferred);
    }

    [Fact]
    public void F11_a_limit_counts_what_reached_the_address_for_another_profile()
    {
        var wishes = GateKit.Wishes(GateKit.Said(new Wish { Limits = [new ContactLimit(null, 1, 30)] }, GateKit.Noon));
        var history = GateKit.History() with { AtAddresses = [new AddressContact(Channel.Email, new PastContact(GateKit.Noon - Duration.FromDays(3), Purpose.Care))] };
        GateKit.Ask(wishes, GateKit.Request(Purpose.Care, Channel.Email), history: history).Until.ShouldBe(GateKit.Noon + Duration.FromDays(27));
        GateKit.Ask(wishes, GateKit.Request(Purpose.Care, Channel.Phone), history: history).Kind.ShouldBe(VerdictKind.Permitted);
    }

    [Theory, Trait("req", "P5")]
    [InlineData(StatementPlace.Call, false), InlineData(StatementPlace.Api, false), InlineData(StatementPlace.Page, false), InlineData(StatementPlace.Portal, true), InlineData(StatementPlace.Link, true)]
    public void F5_a_yes_to_marketing_needs_an_act_of_the_customers_own(StatementPlace place, bool isProven)
    {
        var yes = GateKit.Said(new Wish { Purposes = [new PurposeWish(Purpose.Marketing, [Channel.Email])] }, GateKit.Noon - Duration.FromDays(1)) with { Place = place };
        var verdict = GateKit.Ask(GateKit.Wishes(yes), GateKit.Request(Purpose.Marketing));
        (verdict.Kind == VerdictKind.Permitted).ShouldBe(isProven);
        if (!isProven) verdict.Reasons[0].Code.ShouldBe(ReasonCode.NeedsConfirmation);
        var confirmed = GateKit.Said(yes.Wish, GateKit.Noon) with { Place = StatementPlace.Link };
        GateKit.Ask(GateKit.Wishes(yes, confirmed), GateKit.Request(Purpose.Marketing)).Kind.ShouldBe(VerdictKind.Permitted);
        // What another system writes afterwards takes nothing away from the proof, and adds none.
        var again = GateKit.Said(new Wish { Purposes = [new PurposeWish(Purpose.Marketing, [Channel.Phone, Channel.Email])] }, GateKit.Noon + Duration.FromMinutes(1)) with { Place = StatementPlace.Api };
        var after = GateKit.Wishes(yes, confirmed, again);
        GateKit.Ask(after, GateKit.Request(Purpose.Marketing, Channel.Email)).Kind.ShouldBe(VerdictKind.Permitted);
        GateKit.Ask(after, GateKit.Request(Purpose.Marketing, Channel.Phone)).Reasons[0].Code.ShouldBe(ReasonCode.NeedsConfirmation);
    }

    [Fact]
    public void an_existing_relationship_suffices_only_where_the_policy_says_so_and_never_against_a_word()
    {
        ContactVerdict Ask(ContactPolicy policy, string? country, int days, Wishes wishes) => ContactGate.Ask(
            wishes, GateKit.History() with { Country = country, LastPurchaseAt = GateKit.Noon - Duration.FromDays(days) }, policy, GateKit.Request(Purpose.Marketing), GateKit.Noon);
        Ask(ContactPolicy.Strict, "DE", 10, Wishes.Unsaid).Kind.ShouldBe(VerdictKind.Refused);
        Ask(ContactPolicy.ByCountry, "DE", 10, Wishes.Unsaid).Channel.ShouldBe(Channel.Email);
        Ask(ContactPolicy.ByCountry, "de", 800, Wishes.Unsaid).Kind.ShouldBe(VerdictKind.Refused);
        Ask(ContactPolicy.ByCountry, null, 10, Wishes.Unsaid).Kind.ShouldBe(VerdictKind.Refused);
        Ask(ContactPolicy.ByCountry, "BR", 10, Wishes.Unsaid).Kind.ShouldBe(VerdictKind.Refused);
        Ask(ContactPolicy.ByCountry, "DE", 10, GateKit.Wishes(GateKit.Said(new Wish { Purposes = [new PurposeWish(Purpose.Marketing, [])] }, GateKit.Noon, StatementBasis.Imported))).Kind.ShouldBe(VerdictKind.Refused);
        ContactPolicy.All.Select(policy => policy.Version).ShouldBeUnique();
    }

    [Fact]
    public void F13_a_day_that_a_country_left_out_is_no_day_to_wait_for()
    {
        // Apia went from Thursday the 29th to Saturday the 31st of December 2011.
        var zone = DateTimeZoneProviders.Tzdb["Pacific/Apia"];
        var thursday = new LocalDateTime(2011, 12, 29, 12, 0).InZoneStrictly(zone).ToInstant();
        ZoneSet.Of("Pacific/Apia", null).NextDay(thursday).InZone(zone).LocalDateTime.ShouldBe(new LocalDateTime(2011, 12, 31, 0, 0));
        ZoneSet.Of(null, null).NextDay(GateKit.Noon).ShouldBe(Instant.FromUtc(2026, 11, 23, 12, 0));
        ZoneSet.Of(null, null).IsOn(PublicHolidays.Of([new LocalDate(2026, 11, 24)]), GateKit.Noon).ShouldBeTrue();
    }
}
