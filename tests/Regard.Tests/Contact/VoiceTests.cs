namespace Regard.Contact;

/// <summary>A call by a machine is never more welcome than a call by a person.</summary>
public sealed class VoiceTests
{
    private static readonly ContactHistory Reachable = new() { Reach = new Reach { Email = "a@example.org", Phone = "+43", Text = "+43", Spoken = "+43", Postal = "x", Zones = ZoneSet.Of("Europe/Vienna", null) } };

    [Fact, Trait("req", "P5")]
    public void who_said_nothing_or_only_that_calls_are_welcome_gets_no_machine()
    {
        foreach (var purpose in Purposes.All)
        {
            IsPermitted(purpose, Channel.Voice).ShouldBeFalse($"{purpose}, nothing said");
            IsPermitted(purpose, Channel.Voice, new Wish { Purposes = [new PurposeWish(purpose, [Channel.Phone])] }).ShouldBeFalse($"{purpose}, calls are welcome");
            IsPermitted(purpose, Channel.Voice, new Wish { OnlyChannels = [Channel.Phone] }).ShouldBeFalse($"{purpose}, only calls");
        }
    }

    [Fact, Trait("req", "P5")]
    public void F17_no_calls_means_none_by_a_machine_either()
    {
        var asked = new Wish { Purposes = [new PurposeWish(Purpose.Care, [Channel.Voice, Channel.Phone])] };
        IsPermitted(Purpose.Care, Channel.Voice, asked).ShouldBeTrue();
        IsPermitted(Purpose.Care, Channel.Voice, asked, new Wish { NoChannels = [Channel.Phone] }).ShouldBeFalse();
        IsPermitted(Purpose.Care, Channel.Voice, new Wish { NoChannels = [Channel.Phone] }, asked).ShouldBeTrue("their own later word for it");
        IsPermitted(Purpose.Care, Channel.Phone, asked, new Wish { NoChannels = [Channel.Voice] }).ShouldBeTrue("a person may call");
    }

    [Fact, Trait("req", "P5")]
    public void F17_a_stored_no_to_each_channel_blocks_that_channel()
    {
        foreach (var channel in Channels.All)
        {
            var asked = new Wish { Purposes = [.. Purposes.All.Select(purpose => new PurposeWish(purpose, Channels.All))] };
            foreach (var purpose in Purposes.All.Where(purpose => purpose != Purpose.Legal || channel != Channel.Portal))
            {
                IsPermitted(purpose, channel, asked).ShouldBeTrue($"{purpose} {channel}");
                IsPermitted(purpose, channel, asked, new Wish { NoChannels = [channel] }).ShouldBeFalse($"{purpose} {channel}");
            }
        }
    }

    [Fact, Trait("req", "P5")]
    public void F17_hours_for_calls_hold_for_machines_and_theirs_hold_as_well()
    {
        var asked = new Wish { Purposes = [new PurposeWish(Purpose.Care, [Channel.Voice])] };
        var calls = new Wish { Hours = [new HoursWish([Channel.Phone], [Between(14, 16)])] };
        var machines = new Wish { Hours = [new HoursWish([Channel.Voice], [Between(8, 15)])] };
        // Noon is 12:00 UTC or so in Vienna; the first welcome hour is the answer.
        First(asked, calls).ShouldBe(14);
        First(asked, machines, calls).ShouldBe(14);
        First(asked, calls, machines, new Wish { Hours = [new HoursWish([Channel.Phone], [])] }).ShouldBe(8);
    }

    private static ContactWindow Between(int from, int to) => new([.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)], new LocalTime(from, 0), new LocalTime(to, 0));

    private static int First(params Wish[] wishes)
    {
        var night = Instant.FromUtc(2026, 11, 24, 1, 0);
        var verdict = ContactGate.Ask(Said(wishes), Reachable, ContactPolicy.Strict, Request(Purpose.Care, Channel.Voice), night);
        return verdict.Until!.Value.InZone(DateTimeZoneProviders.Tzdb["Europe/Vienna"]).Hour;
    }

    private static bool IsPermitted(Purpose purpose, Channel channel, params Wish[] wishes) =>
        ContactGate.Ask(Said(wishes), Reachable, ContactPolicy.Strict, Request(purpose, channel), GateKit.Noon).Kind == VerdictKind.Permitted;

    private static Wishes Said(Wish[] wishes) => Wishes.Of(wishes.Select((wish, n) => GateKit.Said(wish, GateKit.Noon - Duration.FromHours(10 - n)) with { Place = StatementPlace.Portal }));

    private static ContactRequest Request(Purpose purpose, Channel channel) => GateKit.Request(purpose) with { Channels = [channel] };
}
