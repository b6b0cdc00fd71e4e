using Regard.Contact;

namespace Regard;

public sealed class LanguageTests
{
    private static readonly Instant Moment = Instant.FromUtc(2026, 11, 22, 17, 58);

    [Theory]
    [InlineData("de-AT,de;q=0.9,en;q=0.5", HouseLanguage.German)]
    [InlineData("fr, es;q=0.4, en;q=0.3", HouseLanguage.Spanish)]
    [InlineData("en;q=0.1, de;q=0.2", HouseLanguage.German)]
    [InlineData("fr,nl", null)]
    [InlineData("de;q=0", null)]
    [InlineData("*", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData(";;;,,,q=1;de;q=x", null)]
    public void the_browsers_best_language_is_taken(string? header, HouseLanguage? language) => HouseLanguages.Accepted(header).ShouldBe(language);

    [Theory]
    [InlineData(HouseLanguage.English, "22 Nov 2026, 18:58")]
    [InlineData(HouseLanguage.German, "22. November 2026, 18:58")]
    [InlineData(HouseLanguage.Spanish, "22 de noviembre de 2026, 18:58")]
    public void a_moment_is_written_as_the_reader_writes_it(HouseLanguage language, string text) =>
        DayText.Of(Moment, DateTimeZoneProviders.Tzdb["Europe/Berlin"], language).ShouldBe(text);

    [Theory]
    [InlineData(HouseLanguage.English, "1 March 2026")]
    [InlineData(HouseLanguage.German, "1. März 2026")]
    [InlineData(HouseLanguage.Spanish, "1 de marzo de 2026")]
    public void a_letter_writes_the_months_whole_name(HouseLanguage language, string text) => DayText.InLetter(new LocalDate(2026, 3, 1), language).ShouldBe(text);

    [Fact]
    public void without_a_zone_a_moment_says_that_it_is_utc() => DayText.Of(Moment, null, HouseLanguage.German).ShouldBe("22. November 2026, 17:58 UTC");

    [Fact]
    public void every_reason_is_a_whole_sentence_in_every_language()
    {
        var said = new Utterance(Guid.Empty, Moment, StatementPlace.Call, StatementBasis.Volunteered, "no calls please");
        foreach (var code in Enum.GetValues<ReasonCode>())
            foreach (var language in HouseLanguages.All)
                foreach (var purpose in Purposes.All)
                    foreach (var channel in Channels.All)
                    {
                        var reason = new Reason { Code = code, Purpose = purpose, Channel = channel, Limit = new ContactLimit(purpose, 2, 30), Until = Moment, Said = said };
                        var text = reason.ToCustomer(language);
                        text.ShouldNotContain("{");
                        text.ShouldContain("no calls please");
                        char.IsUpper(text[0]).ShouldBeTrue(text);
                        if (language != HouseLanguage.English) text.ShouldNotBe(reason.ToCustomer(HouseLanguage.English));
                        reason.ToStaff().ShouldContain("no calls please");
                    }
    }

    [Theory]
    [InlineData(HouseLanguage.English, "You do not want to be reached by telephone for offers and news. You said on 22 Nov 2026 (in a call): “no calls please”")]
    [InlineData(HouseLanguage.German, "Sie möchten für Angebote und Neuigkeiten nicht telefonisch erreicht werden. Das haben Sie am 22. November 2026 gesagt (am Telefon): „no calls please“")]
    [InlineData(HouseLanguage.Spanish, "Usted no desea que le contactemos por teléfono para ofertas y novedades. Usted lo dijo el 22 de noviembre de 2026 (por teléfono): «no calls please»")]
    public void a_reason_reads_as_a_native_would_write_it(HouseLanguage language, string text) => new Reason
    {
        Code = ReasonCode.ChannelUnwelcome,
        Purpose = Purpose.Marketing,
        Channel = Channel.Phone,
        Said = new Utterance(Guid.Empty, Moment, StatementPlace.Call, StatementBasis.Volunteered, "no calls please"),
    }.ToCustomer(language).ShouldBe(text);

    [Theory]
    [InlineData(HouseLanguage.English, "Mon–Fri 22:00–02:00; Sat, Sun all day")]
    [InlineData(HouseLanguage.German, "Mo–Fr 22:00–02:00; Sa, So ganztägig")]
    [InlineData(HouseLanguage.Spanish, "lun.–vie. 22:00–02:00; sáb., dom. todo el día")]
    public void hours_across_midnight_are_said_as_one_stretch(HouseLanguage language, string text)
    {
        IReadOnlyList<ContactWindow> said =
        [
            new([IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday], new LocalTime(22, 0), new LocalTime(2, 0)),
            new([IsoDayOfWeek.Friday], new LocalTime(22, 0), new LocalTime(2, 0)),
            new([IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday], LocalTime.Midnight, LocalTime.Midnight),
        ];
        // Saturday is open as a whole, and Friday's night runs into it: nothing is said of it twice.
        HoursText.Of(said, language).ShouldBe(text.Replace("–Fri", "–Thu", StringComparison.Ordinal).Replace("–Fr ", "–Do ", StringComparison.Ordinal).Replace("–vie.", "–jue.", StringComparison.Ordinal)
            .Replace("; ", $"; {Friday(language)} 22:00–00:00; ", StringComparison.Ordinal));
    }

    [Fact]
    public void spans_are_read_back_to_the_same_minutes()
    {
        var dice = new Insight.Dice(11);
        for (var round = 0; round < 300; round++)
        {
            var hours = WeekHours.Of(Windows(ref dice));
            var again = WeekHours.Of(hours.ToSpans());
            again.OpenMinutes.ShouldBe(hours.OpenMinutes);
            again.And(hours).OpenMinutes.ShouldBe(hours.OpenMinutes);
        }
    }

    [Fact]
    public void every_part_of_a_wish_has_a_meaning_in_words()
    {
        var wish = new Wish
        {
            Purposes = [new PurposeWish(Purpose.Marketing, []), new PurposeWish(Purpose.Care, [Channel.Email, Channel.Phone])],
            OnlyChannels = [Channel.Email],
            NoChannels = [Channel.Phone],
            Hours = [new HoursWish(null, [new ContactWindow([IsoDayOfWeek.Monday], new LocalTime(9, 0), new LocalTime(12, 0))])],
            OnHolidays = false,
            Limits = [new ContactLimit(null, 2, 30)],
            PauseUntil = Moment,
            Never = true,
            Language = "de",
            Person = "Maria",
            Withdraws = Guid.Empty,
        };
        foreach (var language in HouseLanguages.All)
        {
            WishMeaning.Of(wish, language, null).Count.ShouldBe(12);
            WishMeaning.Of(wish, language, null).ShouldAllBe(part => part.Length > 3 && !part.Contains('{'));
        }
        WishMeaning.Of(wish, HouseLanguage.German, null).ShouldContain("Angebote und Neuigkeiten: gar nicht");
    }

    private static List<ContactWindow> Windows(ref Insight.Dice dice)
    {
        var windows = new List<ContactWindow>();
        for (var left = dice.Below(6); left > 0; left--)
        {
            var days = dice.Below(128);
            windows.Add(new ContactWindow(
                [.. Enumerable.Range(1, 7).Where(day => (days >> (day - 1) & 1) == 1).Select(day => (IsoDayOfWeek)day)],
                LocalTime.FromMinutesSinceMidnight(dice.Below(48) * 30), LocalTime.FromMinutesSinceMidnight(dice.Below(48) * 30)));
        }
        return windows;
    }

    private static string Friday(HouseLanguage language) => language switch { HouseLanguage.German => "Fr", HouseLanguage.Spanish => "vie.", _ => "Fri" };
}
