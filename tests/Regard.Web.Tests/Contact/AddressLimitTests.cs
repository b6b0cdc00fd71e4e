using NodaTime.Testing;
using Regard.Channels;
using Regard.Kit;
using Regard.Storage;

namespace Regard.Contact;

/// <summary>Two profiles that nobody merged and one address: limits count what reached the address.</summary>
public sealed class AddressLimitTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines)), Trait("req", "P5")]
    public async Task F6_F11_profiles_with_one_address_keep_a_limit_together_however_many_nodes_claim(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new SmtpSink();
        var profiles = new List<Guid>();
        for (var n = 0; n < 4; n++)
        {
            var profile = await data.CustomerAsync($"anna{n}");
            await ShareAsync(data, profile);
            await data.SayAsync(profile, new Wish { Limits = [new ContactLimit(null, 1, 30)] }, ContactKit.Noon);
            await data.AskAsync(ContactKit.Request(profile, channels: Channel.Email));
            profiles.Add(profile);
        }
        await Task.WhenAll(Enumerable.Range(0, 4).Select(node => Task.Run(() => Dispatch(data, sink, $"node {node}").RunAsync(10, CancellationToken.None))));
        sink.Mails.ShouldHaveSingleItem().ShouldContain("To: shared@example.org");
        await using var work = await data.ReadAsync();
        (await work.ScalarAsync<long>("select count(*) from address_contact")).ShouldBe(1);
        (await work.FirstAsync<string>("select address_key from address_contact"))!.ShouldNotContain("shared");
        (await LedgerStore.FindAsync(work)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task F11_what_was_not_sent_frees_its_place_at_the_address_and_calls_keep_theirs(string engine)
    {
        await using var data = await TestDatabase.MakeAsync(engine);
        await using var sink = new SmtpSink { Mood = SinkMood.AsksLater };
        var (anna, otto) = (await data.CustomerAsync(), await data.CustomerAsync("otto"));
        await ShareAsync(data, anna);
        await ShareAsync(data, otto);
        await data.AskAsync(ContactKit.Request(anna, channels: Channel.Email));
        await Dispatch(data, sink, "one").RunAsync(10, CancellationToken.None);
        (await CountAsync(data)).ShouldBe(0);
        foreach (var profile in new[] { anna, otto }) await data.SayAsync(profile, new Wish { Limits = [new ContactLimit(null, 1, 30)] }, ContactKit.Noon);
        await data.AskAsync(ContactKit.Request(otto, "call", channels: Channel.Phone));
        (await CountAsync(data)).ShouldBe(1);
        var second = await data.AskAsync(ContactKit.Request(anna, "call", channels: Channel.Phone));
        (second.Verdict, second.Reasons[0].Code).ShouldBe((VerdictKind.Refused, ReasonCode.TheirLimitReached));
        await data.SayAsync(otto, new Wish { NoChannels = [Channel.Phone] }, ContactKit.Noon);
        (await CountAsync(data)).ShouldBe(0);
    }

    [Fact]
    public void F13_public_holidays_are_known_and_an_unknown_country_rests_when_many_do()
    {
        HolidayCalendar.Of("DE", null).Contains(new LocalDate(2026, 10, 3)).ShouldBeTrue();
        HolidayCalendar.Of(null, "Europe/Berlin").Contains(new LocalDate(2026, 10, 3)).ShouldBeTrue();
        HolidayCalendar.Of("us", null).Contains(new LocalDate(2027, 7, 5)).ShouldBeTrue();
        HolidayCalendar.Of(null, null).Contains(new LocalDate(2027, 1, 1)).ShouldBeTrue();
        HolidayCalendar.Of("ZZ", null).Contains(new LocalDate(2027, 10, 3)).ShouldBeFalse();
        HolidayCalendar.Of("DE", null).Contains(new LocalDate(HolidayCalendar.LastYear + 1, 10, 3)).ShouldBeTrue();
        HolidayCalendar.LastYear.ShouldBeGreaterThan(SystemClock.Instance.GetCurrentInstant().InUtc().Year, "Write the table anew with web/holidays.mjs.");
    }

    private static Dispatch Dispatch(TestDatabase data, SmtpSink sink, string worker) =>
        new(data.Database, data.Settings, new FakeClock(ContactKit.Noon), new SmtpRoute(SmtpServer.Read(sink.Address)), worker);

    private static async Task ShareAsync(TestDatabase data, Guid customerId)
    {
        await using var work = await data.WriteAsync();
        await work.ExecuteAsync("update identity set value = case kind when 'email' then 'shared@example.org' else '+49301' end where customer_id = @customerId and kind in ('email', 'phone')", new { customerId });
        await work.CommitAsync();
    }

    private static async Task<long> CountAsync(TestDatabase data)
    {
        await using var work = await data.ReadAsync();
        return await work.ScalarAsync<long>("select count(*) from address_contact");
    }
}
